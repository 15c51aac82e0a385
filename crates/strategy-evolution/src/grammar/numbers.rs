use strategy::{Arg, Cond, Distance, Num, NumOp, Strategy};

use super::Grammar;
use crate::tree::roots_mut;
use crate::vocabulary::{DistanceGrid, Grid};

/// A number of a strategy that may have other values.
#[derive(Debug)]
pub(crate) enum Number<'t> {
    /// A parameter of an indicator or of a distance.
    Arg(&'t mut Arg),
    /// A level or a factor.
    Const(&'t mut Num),
    /// Bars back.
    Lag(&'t mut u16),
}

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Parameter of an indicator, by its name.
    Parameter(&'static str, &'static str),
    /// A constant that an indicator is compared with.
    Level(&'static str),
    /// A factor before a size; its sign is not part of the grid.
    Factor,
    /// Bars back.
    Lag,
    /// A number of the stop or of the target.
    Distance(&'static str, &'static str),
}

impl Number<'_> {
    /// Its value; `None` if it is an input.
    pub(crate) fn value(&self) -> Option<f64> {
        match self {
            Self::Arg(Arg::Const(value)) | Self::Const(Num::Const(value)) => Some(*value),
            Self::Lag(bars) => Some(f64::from(**bars)),
            Self::Arg(Arg::Input(_)) | Self::Const(_) => None,
        }
    }
}

impl Grammar {
    /// Calls `visit` with every number of the strategy in the order of the tree, and the grid it is on; lags come with an
    /// empty list, because their values are those of the vocabulary.
    pub(crate) fn for_each_number<'g>(
        &'g self,
        strategy: &mut Strategy,
        visit: &mut dyn FnMut(Number<'_>, Option<&'g Grid>, Role),
    ) {
        roots_mut(strategy).for_each(|root| self.in_cond(root, visit));
        let risk = &self.words.risk;
        let distances = [
            ("stop", &mut strategy.risk.stop_loss, &risk.stops),
            ("target", &mut strategy.risk.take_profit, &risk.targets),
        ];
        for (name, distance, words) in distances {
            if let Some(distance) = distance {
                in_distance(name, distance, words, visit);
            }
        }
    }

    fn in_cond<'g>(&'g self, cond: &mut Cond, visit: &mut dyn FnMut(Number<'_>, Option<&'g Grid>, Role)) {
        match cond {
            Cond::Compare(_, left, right) | Cond::Cross(_, left, right) => {
                self.in_side(left, right, visit);
                self.in_side(right, left, visit);
            }
            Cond::Session(_) => {}
            Cond::All(parts) | Cond::Any(parts) => parts.iter_mut().for_each(|part| self.in_cond(part, visit)),
            Cond::Not(inner) => self.in_cond(inner, visit),
        }
    }

    /// The numbers of one side of a comparison with `other`.
    fn in_side<'g>(&'g self, num: &mut Num, other: &Num, visit: &mut dyn FnMut(Number<'_>, Option<&'g Grid>, Role)) {
        if matches!(num, Num::Const(_)) {
            visit(Number::Const(num), self.levels(other), Role::Level(Self::name_of(other)));
        } else {
            self.in_num(num, visit);
        }
    }

    fn in_num<'g>(&'g self, num: &mut Num, visit: &mut dyn FnMut(Number<'_>, Option<&'g Grid>, Role)) {
        match num {
            Num::Const(_) | Num::Input(_) | Num::Price(_) => {}
            Num::Indicator(call) => {
                let Some(term) = self.term_of(call).map(|index| &self.words.terms[index]) else { return };
                let info = call.kind.info();
                for ((arg, grid), parameter) in call.args.iter_mut().zip(&term.args).zip(info.parameters) {
                    visit(Number::Arg(arg), Some(grid), Role::Parameter(info.name, parameter.name));
                }
            }
            Num::Longer(longer) => self.in_num(&mut longer.num, visit),
            Num::Lag(inner, bars) => {
                visit(Number::Lag(bars), None, Role::Lag);
                self.in_num(inner, visit);
            }
            Num::Binary(op, left, right) => {
                for num in [left.as_mut(), right.as_mut()] {
                    if matches!(num, Num::Const(_)) && matches!(op, NumOp::Mul | NumOp::Div) {
                        visit(Number::Const(num), self.words.factors.as_ref(), Role::Factor);
                    } else {
                        self.in_num(num, visit);
                    }
                }
            }
        }
    }

    /// The name of the first indicator in `num`; empty if there is none.
    fn name_of(num: &Num) -> &'static str {
        match num {
            Num::Indicator(call) => call.kind.name(),
            Num::Lag(inner, _) => Self::name_of(inner),
            Num::Longer(longer) => Self::name_of(&longer.num),
            Num::Binary(_, left, _) => Self::name_of(left),
            Num::Const(_) | Num::Input(_) | Num::Price(_) => "",
        }
    }
}

fn in_distance<'g>(
    name: &'static str,
    distance: &mut Distance,
    words: &'g [DistanceGrid],
    visit: &mut dyn FnMut(Number<'_>, Option<&'g Grid>, Role),
) {
    for kind in words {
        if let Some(numbers) = kind.numbers(distance) {
            for (arg, grid, part) in numbers {
                visit(Number::Arg(arg), Some(grid), Role::Distance(name, part));
            }
            return;
        }
    }
}
