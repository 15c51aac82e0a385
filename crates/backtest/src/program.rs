//! Conditions and numbers as flat lists, so that one pass over the lists evaluates a block of bars.

use indicators::IndicatorKind;
use strategy::{Arg, CmpOp, Cond, CrossKind, IndicatorCall, Longer, Num, NumOp, Price, Session};

/// A column of one value a bar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Column {
    Price(Price),
    /// A number that is the same at every longer bar that there is.
    Constant(Arg),
    Indicator {
        kind: IndicatorKind,
        args: Vec<Arg>,
        source: Option<Price>,
        output: usize,
    },
    /// The column of longer bars, `back` of them before the last that has ended.
    Longer {
        minutes: u16,
        back: usize,
        column: Box<Column>,
    },
}

/// A number, by its place in [`Program::nums`].
pub(crate) type NumId = usize;
/// Two numbers that are compared, by their place in [`Program::pairs`].
pub(crate) type PairId = usize;
/// A condition, by its place in [`Program::conds`].
pub(crate) type CondId = usize;

/// A number; its operands stand before it. Lags are pushed down to where values come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NumNode {
    Constant { value: Arg, lag: usize },
    Column { column: usize, lag: usize },
    Binary { op: NumOp, left: NumId, right: NumId },
}

/// A condition; its operands stand before it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CondNode {
    Compare { op: CmpOp, left: NumId, right: NumId },
    Cross { kind: CrossKind, now: PairId, before: [NumId; 2] },
    Session(Session),
    All(Vec<CondId>),
    Any(Vec<CondId>),
    Not(CondId),
}

/// Everything a strategy computes; equal parts are there once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    pub(crate) columns: Vec<Column>,
    pub(crate) nums: Vec<NumNode>,
    pub(crate) pairs: Vec<[NumId; 2]>,
    pub(crate) conds: Vec<CondNode>,
}

impl Program {
    pub(crate) fn cond(&mut self, cond: &Cond) -> CondId {
        let node = match cond {
            Cond::Compare(op, left, right) => {
                CondNode::Compare { op: *op, left: self.num(left, 0), right: self.num(right, 0) }
            }
            Cond::Cross(kind, left, right) => {
                let now = [self.num(left, 0), self.num(right, 0)];
                let before = [self.num(left, 1), self.num(right, 1)];
                CondNode::Cross { kind: *kind, now: place_of(&mut self.pairs, now), before }
            }
            Cond::Session(session) => CondNode::Session(*session),
            Cond::All(parts) => CondNode::All(parts.iter().map(|part| self.cond(part)).collect()),
            Cond::Any(parts) => CondNode::Any(parts.iter().map(|part| self.cond(part)).collect()),
            Cond::Not(inner) => CondNode::Not(self.cond(inner)),
        };
        place_of(&mut self.conds, node)
    }

    /// The number `lag` bars earlier.
    pub(crate) fn num(&mut self, num: &Num, lag: usize) -> NumId {
        let node = match num {
            Num::Const(value) => NumNode::Constant { value: Arg::Const(*value), lag },
            Num::Input(id) => NumNode::Constant { value: Arg::Input(*id), lag },
            Num::Price(price) => NumNode::Column { column: place_of(&mut self.columns, Column::Price(*price)), lag },
            Num::Indicator(call) => NumNode::Column { column: self.indicator(call), lag },
            Num::Lag(inner, bars) => return self.num(inner, lag + usize::from(*bars)),
            Num::Binary(op, left, right) => {
                NumNode::Binary { op: *op, left: self.num(left, lag), right: self.num(right, lag) }
            }
            Num::Longer(Longer { minutes, num }) => return self.longer(num, *minutes, 0, lag),
        };
        place_of(&mut self.nums, node)
    }

    /// A number of longer bars, `back` of them before the last that had ended `lag` bars earlier. Arithmetic of such
    /// numbers is that of their columns.
    fn longer(&mut self, num: &Num, minutes: u16, back: usize, lag: usize) -> NumId {
        let column = match num {
            Num::Price(price) => Column::Price(*price),
            Num::Indicator(call) => indicator(call),
            Num::Const(value) => Column::Constant(Arg::Const(*value)),
            Num::Input(id) => Column::Constant(Arg::Input(*id)),
            Num::Longer(_) => unreachable!("a valid strategy has no longer bars inside of longer bars"),
            Num::Lag(inner, bars) => return self.longer(inner, minutes, back + usize::from(*bars), lag),
            Num::Binary(op, left, right) => {
                let (left, right) = (self.longer(left, minutes, back, lag), self.longer(right, minutes, back, lag));
                return place_of(&mut self.nums, NumNode::Binary { op: *op, left, right });
            }
        };
        let column = place_of(&mut self.columns, Column::Longer { minutes, back, column: Box::new(column) });
        place_of(&mut self.nums, NumNode::Column { column, lag })
    }

    pub(crate) fn indicator(&mut self, call: &IndicatorCall) -> usize {
        place_of(&mut self.columns, indicator(call))
    }
}

fn indicator(call: &IndicatorCall) -> Column {
    let IndicatorCall { kind, args, source, output } = call;
    let outputs = kind.info().outputs;
    let output = outputs.iter().position(|known| known.name == *output).expect("a valid strategy names an output");
    Column::Indicator { kind: *kind, args: args.clone(), source: *source, output }
}

fn place_of<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    list.iter().position(|known| *known == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
}
