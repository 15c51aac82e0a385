use super::{Constraint, Parameter, Parent, Predicate, Space};
use crate::Error;

impl Space {
    /// A space of these parameters, in any order.
    ///
    /// # Errors
    /// [`Error::EmptySpace`], [`Error::DuplicateName`], an error of a range ([`Error::BadRange`],
    /// [`Error::LogOfNonPositive`], [`Error::BadStep`], [`Error::BadChoices`]) or of a condition
    /// ([`Error::BadParent`], [`Error::ImpossibleCondition`], [`Error::Cycle`]).
    pub fn new(parameters: impl IntoIterator<Item = Parameter>) -> Result<Self, Error> {
        let parameters: Vec<Parameter> = parameters.into_iter().collect();
        if parameters.is_empty() {
            return Err(Error::EmptySpace);
        }
        for (i, parameter) in parameters.iter().enumerate() {
            parameter.domain.validate(&parameter.name)?;
            if parameters[..i].iter().any(|other| other.name == parameter.name) {
                return Err(Error::DuplicateName { name: parameter.name.clone() });
            }
        }
        let parents = parameters.iter().map(|p| parent_of(p, &parameters)).collect::<Result<Vec<_>, _>>()?;
        let order = dependence_order(&parameters, &parents)?;
        let mut children = vec![Vec::new(); parameters.len()];
        for (position, parent) in parents.iter().enumerate() {
            if let Some(parent) = parent {
                children[parent.position].push(position);
            }
        }
        let (constraints, predicates, linear) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { parameters, constraints, predicates, parents, children, order, linear })
    }

    /// The same space with more constraints.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`], and [`Error::BadConstraint`] for parameters that are not numbers and for
    /// coefficients that are not finite.
    pub fn constrained(mut self, constraints: impl IntoIterator<Item = Constraint>) -> Result<Self, Error> {
        for constraint in constraints {
            self.linear.push(constraint.resolve(&self)?);
            self.constraints.push(constraint);
        }
        Ok(self)
    }

    /// The same space with one more predicate.
    #[must_use]
    pub fn with_predicate(mut self, predicate: Predicate) -> Self {
        self.predicates.push(predicate);
        self
    }

    /// Gives a predicate that was read back its function again.
    ///
    /// # Errors
    /// [`Error::UnknownParameter`] if the space has no predicate of this name.
    pub fn bind_predicate(mut self, predicate: Predicate) -> Result<Self, Error> {
        let name = predicate.name().to_owned();
        let unbound = self.predicates.iter_mut().find(|other| other.name() == name);
        *unbound.ok_or(Error::UnknownParameter { name })? = predicate;
        Ok(self)
    }
}

fn parent_of(parameter: &Parameter, parameters: &[Parameter]) -> Result<Option<Parent>, Error> {
    let Some(condition) = &parameter.condition else { return Ok(None) };
    let (name, parent) = (|| parameter.name.clone(), || condition.parent.clone());
    let position = parameters.iter().position(|other| other.name == condition.parent);
    let position = position.ok_or_else(|| Error::BadParent { name: name(), parent: parent() })?;
    let domain = &parameters[position].domain;
    if domain.n_values().is_none() {
        return Err(Error::BadParent { name: name(), parent: parent() });
    }
    let known = |&value| domain.grid_position(value).filter(|&at| domain.at_grid(at) == value);
    let values: Option<Vec<u64>> = condition.values.iter().map(known).collect();
    let mut values = values.filter(|values| !values.is_empty());
    if let Some(values) = &mut values {
        values.sort_unstable();
        values.dedup();
    }
    let values = values.ok_or_else(|| Error::ImpossibleCondition { name: name(), parent: parent() })?;
    Ok(Some(Parent { position, values }))
}

/// Positions with every parent before its children, otherwise as declared.
fn dependence_order(parameters: &[Parameter], parents: &[Option<Parent>]) -> Result<Vec<usize>, Error> {
    let mut order = Vec::with_capacity(parameters.len());
    let mut placed = vec![false; parameters.len()];
    while order.len() < parameters.len() {
        let before = order.len();
        for position in 0..parameters.len() {
            if !placed[position] && parents[position].as_ref().is_none_or(|parent| placed[parent.position]) {
                placed[position] = true;
                order.push(position);
            }
        }
        if order.len() == before {
            let stuck = placed.iter().position(|placed| !placed).expect("not all are placed");
            return Err(Error::Cycle { name: parameters[stuck].name.clone() });
        }
    }
    Ok(order)
}
