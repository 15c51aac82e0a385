use strategy::{Arg, Input, InputId, InputKind, Num, Strategy};

use super::{Grammar, Number, Role};
use crate::tree::simplify;
use crate::vocabulary::Grid;

/// Which values a number may take once it is an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Span {
    /// All that the vocabulary gives it.
    Vocabulary,
    /// So many neighbours on the vocabulary's grid to each side: a search around what was found.
    Near(usize),
}

/// Longest part of an input's name before its number.
const MAX_NAME: usize = 34;

impl Grammar {
    /// Turns the numbers of a strategy (periods, levels, factors, distances; not lags, which are part of the tree) into
    /// inputs whose default is the value they have, so that a parameter search can tune them. Equal numbers in the same
    /// place of the same indicator become one input, so that both sides stay each other's image where they were.
    ///
    /// A grid that is a list becomes the range from its smallest to its largest value, in steps of its smallest distance.
    /// At their defaults the inputs give the strategy's own trades.
    ///
    /// ```
    /// use strategy::SizeRule;
    /// use strategy_evolution::{Grammar, Sides, Span, Vocabulary};
    ///
    /// let grammar = Grammar::new(Vocabulary::standard(Sides::Long, [SizeRule::Units(1.0)]))?;
    /// let lifted = grammar.lift(&grammar.random(5), Span::Near(2));
    /// assert!(lifted.validate().is_ok() && !lifted.inputs.is_empty());
    /// # Ok::<(), strategy_evolution::Error>(())
    /// ```
    pub fn lift(&self, strategy: &Strategy, span: Span) -> Strategy {
        let mut lifted = simplify(strategy.clone());
        let mut known: Vec<(Role, u64, InputId)> = Vec::new();
        let mut inputs = std::mem::take(&mut lifted.inputs);
        self.for_each_number(&mut lifted, &mut |number, grid, role| {
            let (Some(value), Some(grid)) = (number.value(), grid) else { return };
            let same = |&&(other, bits, _): &&(Role, u64, InputId)| (other, bits) == (role, value.to_bits());
            let id = known.iter().find(same).map(|&(_, _, id)| id);
            let Some(id) = id.or_else(|| add(&mut inputs, value, grid, role, span)) else { return };
            known.push((role, value.to_bits(), id));
            match number {
                Number::Arg(arg) => *arg = Arg::Input(id),
                Number::Const(num) => *num = Num::Input(id),
                Number::Lag(_) => {}
            }
        });
        lifted.inputs = inputs;
        lifted
    }
}

/// Adds the input of a number; `None` if it has no other value.
fn add(inputs: &mut Vec<Input>, value: f64, grid: &Grid, role: Role, span: Span) -> Option<InputId> {
    let negative = role == Role::Factor && value < 0.0;
    let size = if negative { -value } else { value };
    let (first, last) = around(grid, size, span);
    let step = (first..last)
        .map(|index| grid.value(index + 1) - grid.value(index))
        .reduce(|a, b| if b < a { b } else { a })?;
    let (mut min, mut max) = (grid.value(first), grid.value(last));
    // A proposed number may lie between two values of its grid.
    (min, max) = (if size < min { size } else { min }, if size > max { size } else { max });
    let (min, max) = if negative { (-max, -min) } else { (min, max) };
    let whole = whole(role);
    #[expect(clippy::cast_possible_truncation, reason = "periods are whole and at most 100,000")]
    let kind = if whole {
        InputKind::Integer { default: value as i64, min: min as i64, max: max as i64, step: step as i64 }
    } else {
        InputKind::Float { default: value, min, max, step }
    };
    let id = u16::try_from(inputs.len()).ok()?;
    inputs.push(Input { name: name(role, inputs.len()), kind });
    Some(InputId(id))
}

fn around(grid: &Grid, value: f64, span: Span) -> (usize, usize) {
    let last = grid.len() - 1;
    match span {
        Span::Vocabulary => (0, last),
        Span::Near(steps) => {
            let index = grid.nearest(value);
            (index.saturating_sub(steps), index.saturating_add(steps).min(last))
        }
    }
}

/// Whether the number must be whole.
fn whole(role: Role) -> bool {
    match role {
        Role::Parameter(indicator, parameter) => {
            let info = indicators::IndicatorKind::named(indicator).map(indicators::IndicatorKind::info);
            let known = info.and_then(|info| info.parameters.iter().find(|known| known.name == parameter));
            known.is_some_and(|known| known.kind != indicators::ParameterKind::Number)
        }
        Role::Distance(_, part) => part == "atr_period",
        Role::Level(_) | Role::Factor | Role::Lag => false,
    }
}

/// A name that is an identifier and, by its number, the only one.
fn name(role: Role, index: usize) -> String {
    let words = match role {
        Role::Parameter(indicator, parameter) => format!("{indicator}_{parameter}"),
        Role::Level(indicator) => format!("{indicator}_level"),
        Role::Factor => String::from("factor"),
        Role::Lag => String::from("lag"),
        Role::Distance(distance, part) => format!("{distance}_{part}"),
    };
    let clean = words.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let start = clean.find(|c: char| c.is_ascii_lowercase()).unwrap_or(clean.len());
    let end = clean.len().min(start + MAX_NAME);
    let stem = &clean[start..end];
    format!("{}_{}", if stem.is_empty() { "number" } else { stem }, index + 1)
}
