use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Domain, Point, Space, Value};
use crate::Error;

/// A value as a person writes it: in JSON a number, a text or a truth value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum NamedValue {
    /// Of a boolean parameter.
    Bool(bool),
    /// Of an integer parameter, or a float one without fraction.
    Int(i64),
    /// Of a float parameter.
    Float(f64),
    /// Of a categorical parameter: the name of the choice.
    Text(String),
}

/// A point by the names of its active parameters: `{"fast": 12, "average": "ema"}`.
pub type NamedPoint = BTreeMap<String, NamedValue>;

/// A point together with its space, to read values by name.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    space: &'a Space,
    point: &'a Point,
}

impl<'a> View<'a> {
    /// The value of a parameter; `None` where it is not active or does not exist.
    pub fn value(&self, name: &str) -> Option<Value> {
        *self.point.values().get(self.space.position(name)?)?
    }

    /// The value of a float or integer parameter.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.value(name)?.number()
    }

    /// The value of an integer parameter.
    pub fn int(&self, name: &str) -> Option<i64> {
        if let Some(Value::Int(value)) = self.value(name) { Some(value) } else { None }
    }

    /// The value of a boolean parameter.
    pub fn bool(&self, name: &str) -> Option<bool> {
        if let Some(Value::Bool(value)) = self.value(name) { Some(value) } else { None }
    }

    /// The name of the choice of a categorical parameter.
    pub fn choice(&self, name: &str) -> Option<&'a str> {
        let Domain::Categorical { choices } = &self.space.parameters[self.space.position(name)?].domain else {
            return None;
        };
        if let Some(Value::Choice(at)) = self.value(name) { choices.get(at).map(String::as_str) } else { None }
    }
}

impl Space {
    /// Reads values of a point by name.
    ///
    /// ```
    /// use param_search::{Domain, Parameter, Point, Space, Value};
    ///
    /// let space = Space::new([Parameter::new("length", Domain::int(2, 50))])?;
    /// let point = Point::new(vec![Some(Value::Int(14))]);
    /// assert_eq!(space.view(&point).int("length"), Some(14));
    /// # Ok::<(), param_search::Error>(())
    /// ```
    pub fn view<'a>(&'a self, point: &'a Point) -> View<'a> {
        View { space: self, point }
    }

    /// The active parameters of a point by name.
    pub fn to_named(&self, point: &Point) -> NamedPoint {
        let of = |(parameter, value): (&super::Parameter, &Option<Value>)| {
            let value = match ((*value)?, &parameter.domain) {
                (Value::Float(x), _) => NamedValue::Float(x),
                (Value::Int(x), _) => NamedValue::Int(x),
                (Value::Bool(x), _) => NamedValue::Bool(x),
                (Value::Choice(x), Domain::Categorical { choices }) => NamedValue::Text(choices.get(x)?.clone()),
                (Value::Choice(_), _) => return None,
            };
            Some((parameter.name.clone(), value))
        };
        self.parameters.iter().zip(point.values()).filter_map(of).collect()
    }

    /// The point with these values, as a person or a language model proposes it.
    ///
    /// Every active parameter must be there, and no other. Floats with a step are moved to the nearest value.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`], [`Error::BadValue`], [`Error::Inactive`] or [`Error::Constraint`].
    pub fn from_named(&self, named: &NamedPoint) -> Result<Point, Error> {
        let mut values = vec![None; self.n_parameters()];
        for (name, value) in named {
            let position = self.position(name).ok_or_else(|| Error::UnknownParameter { name: name.clone() })?;
            values[position] = Some(read(&self.parameters[position].domain, name, value)?);
        }
        let point = Point::new(values);
        self.check(&point)?;
        Ok(point)
    }
}

fn read(domain: &Domain, name: &str, value: &NamedValue) -> Result<Value, Error> {
    let read = match (domain, value) {
        (Domain::Float { .. }, &NamedValue::Float(x)) => Some(Value::Float(x)),
        (Domain::Float { .. }, &NamedValue::Int(x)) => Some(Value::Float(x as f64)),
        (Domain::Int { .. }, &NamedValue::Int(x)) => Some(Value::Int(x)),
        (Domain::Boolean, &NamedValue::Bool(x)) => Some(Value::Bool(x)),
        (Domain::Categorical { choices }, NamedValue::Text(text)) => {
            choices.iter().position(|choice| choice == text).map(Value::Choice)
        }
        _ => None,
    };
    let snapped = |value| match (domain, value) {
        (Domain::Float { step: Some(_), .. }, Value::Float(_)) => {
            domain.grid_position(value).map(|at| domain.at_grid(at))
        }
        _ => Some(value),
    };
    let wrong = || Error::BadValue { name: format!("{name} = {value:?}"), value: read };
    read.and_then(snapped).filter(|&value| domain.contains(value)).ok_or_else(wrong)
}
