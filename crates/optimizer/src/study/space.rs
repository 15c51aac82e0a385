use std::collections::BTreeMap;

use backtest::Plan;
use param_search::{Constraint, Domain, NamedPoint, NamedValue, Parameter, Point, Predicate, Value};
use strategy::{Input, InputKind, Params, Strategy};

use crate::space::Axis;
use crate::{Candidate, Error};

/// Name of the parameter that chooses a strategy.
const CHOICE: &str = "strategy";

/// The inputs of strategies as a space that the samplers of `param_search` search.
///
/// Of one strategy the parameters are its inputs, by their names. Of several there is a parameter `strategy` before them,
/// whose choices are the strategies' names (a name that is there again gets its place behind it, as in `RSI #3`), and the
/// inputs are called `NAME.INPUT` and active only where their strategy is chosen; so one study searches them all and
/// spends its trials where they are worth most. A strategy without inputs is one choice.
///
/// Each point is a point of the strategy's grid ([`Space`](crate::Space)), bit for bit, and meets the strategy's
/// constraints.
///
/// ```
/// use backtest::Plan;
/// use optimizer::StrategySpace;
/// use strategy::{Params, Strategy};
///
/// # let text = r#"{
/// #   "name": "Average cross",
/// #   "inputs": [
/// #     { "name": "fast", "kind": { "integer": { "default": 5, "min": 5, "max": 20, "step": 5 } } },
/// #     { "name": "slow", "kind": { "integer": { "default": 20, "min": 10, "max": 50, "step": 10 } } }],
/// #   "constraints": [{ "less": 0, "than": 1 }],
/// #   "long": {
/// #     "entry": { "cross": ["over",
/// #       { "indicator": { "kind": "sma", "args": [{ "input": 0 }], "source": "close", "output": "value" } },
/// #       { "indicator": { "kind": "sma", "args": [{ "input": 1 }], "source": "close", "output": "value" } }] },
/// #     "exit": null },
/// #   "short": null,
/// #   "risk": { "stop_loss": { "ticks": { "const": 200.0 } }, "take_profit": null },
/// #   "sizing": { "rule": { "units": 10000.0 } } }"#;
/// let plans = [Plan::compile(&Strategy::from_json(text)?)?]; // `fast` 5 to 20 by 5, `slow` 10 to 50 by 10
/// let space = StrategySpace::of(&plans)?;
/// assert_eq!(space.space().n_points(), Some(4 * 5));
/// let point = space.point(0, &Params::new(vec![15.0, 40.0]))?;
/// assert_eq!(space.candidate(&point).params.values(), [15.0, 40.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct StrategySpace {
    space: param_search::Space,
    chooses: bool,
    parts: Vec<Part>,
}

/// The inputs of one strategy.
#[derive(Clone, Debug)]
struct Part {
    /// Name of the choice.
    name: String,
    /// Position of the first input among the parameters.
    first: usize,
    axes: Vec<Axis>,
    /// Names of the parameters.
    names: Vec<String>,
}

impl StrategySpace {
    /// The space of the strategies' inputs.
    ///
    /// # Errors
    /// [`Error::NoCandidates`] without a strategy, [`Error::EmptyRange`] for an input without values, and
    /// [`Error::Study`] for a range or step beyond what `param_search` takes.
    pub fn of(plans: &[Plan]) -> Result<Self, Error> {
        let strategies: Vec<&Strategy> = plans.iter().map(Plan::strategy).collect();
        let first = strategies.first().ok_or(Error::NoCandidates)?;
        let chooses = strategies.len() > 1 || first.inputs.is_empty();
        let names = choices(&strategies);
        let mut parameters = Vec::new();
        if chooses {
            parameters.push(Parameter::new(CHOICE, Domain::categorical(names.iter().cloned())));
        }
        let (mut parts, mut constraints, mut predicates) = (Vec::<Part>::new(), Vec::new(), Vec::new());
        for (position, (strategy, name)) in strategies.iter().zip(names).enumerate() {
            let part = Part::of(strategy, name, parameters.len(), chooses)?;
            for (input, (axis, name)) in strategy.inputs.iter().zip(part.axes.iter().zip(&part.names)) {
                let parameter = Parameter::new(name, domain(input, axis)?);
                parameters.push(if chooses { parameter.when(CHOICE, [Value::Choice(position)]) } else { parameter });
            }
            for constraint in &strategy.constraints {
                let sides = [constraint.less, constraint.than].map(|input| usize::from(input.0));
                constraints.push(Constraint::less(&part.names[sides[0]], &part.names[sides[1]]));
                predicates.extend(part.on_the_grid(strategy, sides));
            }
            parts.push(part);
        }
        let space = param_search::Space::new(parameters).and_then(|space| space.constrained(constraints));
        let space = predicates.into_iter().fold(space.map_err(Error::study)?, param_search::Space::with_predicate);
        Ok(Self { space, chooses, parts })
    }

    /// What a sampler searches.
    pub fn space(&self) -> &param_search::Space {
        &self.space
    }

    /// The strategy and the values of its inputs at a point.
    ///
    /// # Panics
    /// If the point is not one of this space.
    pub fn candidate(&self, point: &Point) -> Candidate {
        let strategy = match (self.chooses, point.values().first()) {
            (true, Some(&Some(Value::Choice(strategy)))) => strategy,
            (false, _) => 0,
            _ => panic!("candidate: the point chooses no strategy"),
        };
        let part = &self.parts[strategy];
        let values = &point.values()[part.first..part.first + part.axes.len()];
        let on_grid = |(axis, value): (&Axis, &Option<Value>)| {
            let number = value.and_then(Value::number).expect("the inputs of the chosen strategy are active numbers");
            axis.value(axis.nearest(number).expect("a point has finite numbers"))
        };
        Candidate { strategy, params: Params::new(part.axes.iter().zip(values).map(on_grid).collect()) }
    }

    /// The point of a strategy with these values of its inputs; decimal ones are moved to the nearest step.
    ///
    /// # Errors
    /// [`Error::UnknownStrategy`], and [`Error::Study`] for a wrong number of values, one outside of its range, a whole
    /// number between two steps, or values that break a constraint.
    pub fn point(&self, strategy: usize, params: &Params) -> Result<Point, Error> {
        let n_strategies = self.parts.len();
        let part = self.parts.get(strategy).ok_or(Error::UnknownStrategy { candidate: 0, strategy, n_strategies })?;
        if params.values().len() != part.axes.len() {
            let name = format!("{} values for the {} inputs of {}", params.values().len(), part.axes.len(), part.name);
            return Err(Error::study(param_search::Error::BadValue { name, value: None }));
        }
        let values = part.names.iter().zip(params.values());
        let mut named: NamedPoint = BTreeMap::new();
        for (position, (name, &value)) in values.enumerate() {
            let is_integer = matches!(
                self.space.parameters()[part.first + position].domain,
                Domain::Int { .. } if value.fract() == 0.0 && value.abs() < 9e15
            );
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
            let value = if is_integer { NamedValue::Int(value as i64) } else { NamedValue::Float(value) };
            named.insert(name.clone(), value);
        }
        if self.chooses {
            named.insert(CHOICE.to_owned(), NamedValue::Text(part.name.clone()));
        }
        self.space.from_named(&named).map_err(Error::study)
    }
}

/// The strategies' names, all different.
fn choices(strategies: &[&Strategy]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(strategies.len());
    for (position, strategy) in strategies.iter().enumerate() {
        let mut name = strategy.name.clone();
        while names.contains(&name) {
            name = format!("{name} #{}", position + 1);
        }
        names.push(name);
    }
    names
}

impl Part {
    fn of(strategy: &Strategy, name: String, first: usize, prefixed: bool) -> Result<Self, Error> {
        let axis = |input: &Input| {
            Axis::of(input)
                .ok_or_else(|| Error::EmptyRange { strategy: strategy.name.clone(), input: input.name.clone() })
        };
        let axes = strategy.inputs.iter().map(axis).collect::<Result<Vec<_>, _>>()?;
        let named = |input: &Input| if prefixed { format!("{name}.{}", input.name) } else { input.name.clone() };
        let names = strategy.inputs.iter().map(named).collect();
        Ok(Self { name, first, axes, names })
    }

    /// A constraint between the very values of the grid, where the numbers of a decimal parameter may be a rounding away
    /// from them; `None` between whole numbers.
    fn on_the_grid(&self, strategy: &Strategy, [less, than]: [usize; 2]) -> Option<Predicate> {
        if strategy.inputs[less].is_integer() && strategy.inputs[than].is_integer() {
            return None;
        }
        let sides = [less, than].map(|input| (self.names[input].clone(), self.axes[input].clone()));
        let name = format!("{} < {} on the grid", self.names[less], self.names[than]);
        Some(Predicate::new(name, move |view| {
            let value = |(name, axis): &(String, Axis)| Some(axis.value(axis.nearest(view.number(name)?)?));
            value(&sides[0]).zip(value(&sides[1])).is_none_or(|(less, than)| less < than)
        }))
    }
}

/// The values of an input.
fn domain(input: &Input, axis: &Axis) -> Result<Domain, Error> {
    let last = axis.value(axis.count - 1);
    match input.kind {
        InputKind::Integer { min, max, .. } if axis.count == 1 => Ok(Domain::int(min, min.min(max))),
        InputKind::Integer { min, max, step, .. } => match u32::try_from(step) {
            Ok(step) => Ok(Domain::int_step(min, max, step)),
            Err(_) => Err(Error::study(param_search::Error::BadStep { name: input.name.clone(), step: step as f64 })),
        },
        InputKind::Float { min, step, .. } => Ok(Domain::float_step(min, last, step)),
    }
}
