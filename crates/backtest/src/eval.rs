//! Evaluation of a program, a block of bars at a time: a number is a value a bar, a condition a bit a bar.

use std::sync::Arc;

use strategy::{Arg, CmpOp, CrossKind, NumOp, Params, Price, Session};

use crate::kernel::Setting;
use crate::longer::{LongerKey, LongerValues};
use crate::market::{IndicatorKey, Market};
use crate::program::{Column, CondNode, NumNode, Program};
use crate::words::{self, BLOCK, Block, Words};
use crate::{Error, Plan};

/// Values of a program at one block of bars; the memory is kept from block to block and run to run.
#[derive(Debug, Default)]
pub(crate) struct Evaluation {
    /// Values of the numbers, where they are not read from their column.
    registers: Vec<Block>,
    words: Vec<Words>,
    /// For each pair of numbers the bars at which the first is above the second, below, and at which both are known.
    orders: Vec<[Words; 3]>,
}

/// The columns that a program reads, for one set of parameters.
#[derive(Debug, Default)]
pub(crate) struct Columns(Vec<Fetched>);

/// Where a column of the program is.
#[derive(Debug)]
enum Fetched {
    Price(Price),
    /// All outputs of an indicator, and the number of the one that is meant.
    Indicator(Arc<[f64]>, usize),
    Longer(Arc<[f64]>),
}

/// What the numbers of one block are read from.
#[derive(Clone, Copy)]
struct Sources<'a> {
    nums: &'a [NumNode],
    columns: &'a Columns,
    market: &'a Market<'a>,
    base: usize,
}

/// The value of `arg`.
pub(crate) fn resolve(arg: Arg, params: &Params) -> f64 {
    match arg {
        Arg::Const(value) => value,
        Arg::Input(id) => params.values()[usize::from(id.0)],
    }
}

impl Columns {
    /// Fetches the columns for `params`.
    pub(crate) fn fetch(&mut self, plan: &Plan, params: &Params, market: &Market<'_>) -> Result<(), Error> {
        self.0.clear();
        for column in &plan.program.columns {
            let fetched = match key(column, plan, params) {
                Key::Price(price) => Fetched::Price(price),
                Key::Indicator(key, output) => Fetched::Indicator(market.indicator(&key)?, output),
                Key::Constant(_) => unreachable!("only longer bars have columns of constants"),
                Key::Longer(key) => Fetched::Longer(market.longer(&key)?),
            };
            self.0.push(fetched);
        }
        Ok(())
    }

    /// The values of column number `index`, one for each bar of the market.
    pub(crate) fn values<'a>(&'a self, market: &'a Market<'_>, index: usize) -> &'a [f64] {
        self.0[index].values(market)
    }
}

/// What a column is looked up by.
enum Key {
    Price(Price),
    Constant(f64),
    Indicator(IndicatorKey, usize),
    Longer(LongerKey),
}

fn key(column: &Column, plan: &Plan, params: &Params) -> Key {
    match column {
        Column::Price(price) => Key::Price(*price),
        Column::Constant(arg) => Key::Constant(resolve(*arg, params)),
        Column::Indicator { kind, args, source, output } => {
            let args = args.iter().map(|&arg| resolve(arg, params));
            Key::Indicator(IndicatorKey::new(*kind, plan.profile, *source, args), *output)
        }
        Column::Longer { minutes, back, column } => {
            let values = match key(column, plan, params) {
                Key::Price(price) => LongerValues::Price(price),
                Key::Constant(value) => LongerValues::Constant(value.to_bits()),
                Key::Indicator(key, output) => LongerValues::Indicator(key, output),
                Key::Longer(_) => unreachable!("a valid strategy has no longer bars inside of longer bars"),
            };
            Key::Longer(LongerKey { minutes: *minutes, back: *back, values })
        }
    }
}

impl Evaluation {
    /// Makes room for a program.
    pub(crate) fn prepare(&mut self, program: &Program) {
        // `resize` would make the new block even where there is room.
        self.registers.resize_with(program.nums.len(), || [f64::NAN; BLOCK]);
        self.words.resize(program.conds.len(), [0; _]);
        self.orders.resize(program.pairs.len(), [[0; _]; 3]);
    }

    /// Evaluates everything at the bars from `base` on, of which some may lie behind the last bar.
    pub(crate) fn block(&mut self, setting: Setting<'_>, columns: &Columns, base: usize) {
        let Setting { plan, params, market, .. } = setting;
        let Program { nums, pairs, conds, .. } = &plan.program;
        let sources = Sources { nums, columns, market, base };
        for (index, node) in nums.iter().enumerate() {
            sources.fill(*node, params, index, &mut self.registers);
        }
        for (order, [left, right]) in self.orders.iter_mut().zip(pairs) {
            let (left, right) = (sources.operand(*left, &self.registers), sources.operand(*right, &self.registers));
            *order = words::order(left, right);
        }
        for (index, node) in conds.iter().enumerate() {
            self.words[index] = match node {
                CondNode::Compare { op, left, right } => {
                    let left = sources.operand(*left, &self.registers);
                    compare(*op, left, sources.operand(*right, &self.registers))
                }
                CondNode::Cross { kind, now, before } => {
                    sources.crossing(*kind, &self.orders[*now], *before, &self.registers)
                }
                CondNode::Session(session) => in_session(*session, market.minutes(), base),
                CondNode::All(parts) => self.fold(parts, u64::MAX, |all, part| all & part),
                CondNode::Any(parts) => self.fold(parts, 0, |any, part| any | part),
                CondNode::Not(inner) => self.words[*inner].map(|word| !word),
            };
        }
    }

    fn fold(&self, parts: &[usize], first: u64, of: impl Fn(u64, u64) -> u64) -> Words {
        parts.iter().fold([first; _], |words, &part| words::join(&words, &self.words[part], &of))
    }

    /// Condition number `index` at each bar of the current block.
    pub(crate) fn words(&self, index: usize) -> &Words {
        &self.words[index]
    }

    /// Number `index` at bar `base + offset` of the block at `base`, which must be the current one.
    pub(crate) fn value(
        &self,
        setting: Setting<'_>,
        columns: &Columns,
        index: usize,
        [base, offset]: [usize; 2],
    ) -> f64 {
        let nums = &setting.plan.program.nums;
        let sources = Sources { nums, columns, market: setting.market, base };
        sources.operand(index, &self.registers)[offset]
    }
}

impl Fetched {
    fn values<'a>(&'a self, market: &'a Market<'_>) -> &'a [f64] {
        match self {
            Self::Price(price) => market.price(*price),
            Self::Indicator(outputs, output) => {
                let n_bars = market.bars().len();
                &outputs[output * n_bars..(output + 1) * n_bars]
            }
            Self::Longer(values) => values,
        }
    }
}

impl<'a> Sources<'a> {
    /// Computes number `index` into its register, if it needs one.
    fn fill(self, node: NumNode, params: &Params, index: usize, registers: &mut [Block]) {
        match node {
            NumNode::Constant { value, lag } => {
                let (value, register) = (resolve(value, params), &mut registers[index]);
                if self.base < lag {
                    for (offset, out) in register.iter_mut().enumerate() {
                        *out = if self.base + offset < lag { f64::NAN } else { value };
                    }
                } else if register[0].to_bits() != value.to_bits() || register[BLOCK - 1].to_bits() != value.to_bits() {
                    register.fill(value);
                }
            }
            NumNode::Column { column, lag } => {
                let values = self.columns.values(self.market, column);
                if whole_block(values, self.base, lag).is_none() {
                    copy_block(values, self.base, lag, &mut registers[index]);
                }
            }
            NumNode::Binary { op, left, right } => {
                // Operands stand before their operation.
                let (before, rest) = registers.split_at_mut(index);
                combine(op, self.operand(left, before), self.operand(right, before), &mut rest[0]);
            }
        }
    }

    /// Number `num` at each bar of the block.
    fn operand<'b>(self, num: usize, registers: &'b [Block]) -> &'b Block
    where
        'a: 'b,
    {
        if let NumNode::Column { column, lag } = self.nums[num]
            && let Some(block) = whole_block(self.columns.values(self.market, column), self.base, lag)
        {
            return block;
        }
        &registers[num]
    }

    /// Where the first of two numbers crosses the second, on the very bits, as `ta.crossover` makes it. `now` is their
    /// order, `before` are the two a bar earlier.
    fn crossing(
        self,
        kind: CrossKind,
        [above, below, known]: &[Words; 3],
        before: [usize; 2],
        registers: &[Block],
    ) -> Words {
        let across = match kind {
            CrossKind::Over => above,
            CrossKind::Under => below,
        };
        let was_not_across = if let [Some(left), Some(right)] = before.map(|num| self.first(num, registers)) {
            let first = match kind {
                CrossKind::Over => left <= right,
                CrossKind::Under => left >= right,
            };
            // The other bars before are those of this block.
            words::later(&words::join(known, across, |known, across| known & !across), first)
        } else {
            let (left, right) = (self.operand(before[0], registers), self.operand(before[1], registers));
            let was_across = match kind {
                CrossKind::Over => words::greater(left, right, 0.0),
                CrossKind::Under => words::greater(right, left, 0.0),
            };
            words::join(&words::known(left, right), &was_across, |known, across| known & !across)
        };
        words::join(across, &was_not_across, |is, was| is & was)
    }

    /// The first of a number's values in the block, unless it is computed of others.
    fn first(self, num: usize, registers: &[Block]) -> Option<f64> {
        match self.nums[num] {
            NumNode::Column { column, lag } => {
                let values = self.columns.values(self.market, column);
                Some(self.base.checked_sub(lag).and_then(|bar| values.get(bar)).copied().unwrap_or(f64::NAN))
            }
            NumNode::Constant { .. } => Some(registers[num][0]),
            NumNode::Binary { .. } => None,
        }
    }
}

/// The block of `values` that begins `lag` bars before `base`, if all of it exists.
fn whole_block(values: &[f64], base: usize, lag: usize) -> Option<&Block> {
    let start = base.checked_sub(lag)?;
    values.get(start..start + BLOCK)?.try_into().ok()
}

/// The same, with NaN where there is no value.
fn copy_block(values: &[f64], base: usize, lag: usize, out: &mut Block) {
    for (offset, out) in out.iter_mut().enumerate() {
        *out = (base + offset).checked_sub(lag).and_then(|bar| values.get(bar)).copied().unwrap_or(f64::NAN);
    }
}

fn combine(op: NumOp, left: &Block, right: &Block, out: &mut Block) {
    match op {
        NumOp::Add => map(left, right, out, |l, r| l + r),
        NumOp::Sub => map(left, right, out, |l, r| l - r),
        NumOp::Mul => map(left, right, out, |l, r| l * r),
        NumOp::Div => map(left, right, out, |l, r| if r == 0.0 { f64::NAN } else { l / r }),
        // Written with `if`, because `f64::min` and `f64::max` would drop a NaN.
        NumOp::Min => map(left, right, out, |l, r| if l.is_nan() || l < r { l } else { r }),
        NumOp::Max => map(left, right, out, |l, r| if l.is_nan() || l > r { l } else { r }),
    }
}

fn map(left: &Block, right: &Block, out: &mut Block, of: impl Fn(f64, f64) -> f64) {
    for ((out, &l), &r) in out.iter_mut().zip(left).zip(right) {
        *out = of(l, r);
    }
}

/// Comparison as Pine Script makes it: numbers no further apart than [`CmpOp::TOLERANCE`] are equal.
fn compare(op: CmpOp, left: &Block, right: &Block) -> Words {
    const EQUAL: f64 = CmpOp::TOLERANCE;
    let known_but = |words: &Words| words::join(&words::known(left, right), words, |known, other| known & !other);
    match op {
        CmpOp::Lt => words::greater(right, left, EQUAL),
        CmpOp::Le => known_but(&words::greater(left, right, EQUAL)),
        CmpOp::Gt => words::greater(left, right, EQUAL),
        CmpOp::Ge => known_but(&words::greater(right, left, EQUAL)),
    }
}

fn in_session(session: Session, minutes: &[u16], base: usize) -> Words {
    let Session { from_minute: from, to_minute: to } = session;
    let bars = &minutes[base.min(minutes.len())..(base + BLOCK).min(minutes.len())];
    let inside = |minute: u16| {
        if from < to { (from..to).contains(&minute) } else { minute >= from || minute < to }
    };
    let mut words = [0; _];
    for (bar, &minute) in bars.iter().enumerate() {
        let words: &mut Words = &mut words;
        words[bar / 64] |= u64::from(inside(minute)) << (bar % 64);
    }
    words
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers are exact")]
mod tests {
    use strategy::{CmpOp, NumOp, Session};

    use super::{BLOCK, combine, compare, copy_block, in_session, whole_block};

    #[test]
    fn a_comparison_with_a_missing_value_does_not_hold() {
        let (missing, one) = ([f64::NAN; BLOCK], [1.0; BLOCK]);
        for op in [CmpOp::Lt, CmpOp::Le, CmpOp::Gt, CmpOp::Ge] {
            assert_eq!(compare(op, &missing, &one), [0; _]);
            assert_eq!(compare(op, &one, &missing), [0; _]);
        }
        assert_eq!(compare(CmpOp::Ge, &one, &one), [u64::MAX; _]);
        assert_eq!(compare(CmpOp::Gt, &one, &one), [0; _]);
    }

    #[test]
    fn numbers_within_the_tolerance_compare_as_equal() {
        let (low, near, far) = ([1.0; BLOCK], [1.0 + 0.9e-10; BLOCK], [1.0 + 1.1e-10; BLOCK]);
        let infinite = [f64::INFINITY; BLOCK];
        for (op, with_near, with_far) in [(CmpOp::Lt, [0; _], [u64::MAX; _]), (CmpOp::Ge, [u64::MAX; _], [0; _])] {
            assert_eq!(compare(op, &low, &near), with_near);
            assert_eq!(compare(op, &low, &far), with_far);
        }
        assert_eq!(compare(CmpOp::Gt, &near, &low), [0; _]);
        assert_eq!(compare(CmpOp::Le, &near, &low), [u64::MAX; _]);
        assert_eq!(compare(CmpOp::Le, &infinite, &infinite), [u64::MAX; _]);
        assert_eq!(compare(CmpOp::Le, &[f64::NAN; BLOCK], &low), [0; _]);
    }

    #[test]
    fn missing_values_and_division_by_zero_stay_missing() {
        let mut out = [0.0; BLOCK];
        let (missing, zero, two) = ([f64::NAN; BLOCK], [0.0; BLOCK], [2.0; BLOCK]);
        for op in [NumOp::Add, NumOp::Sub, NumOp::Mul, NumOp::Div, NumOp::Min, NumOp::Max] {
            combine(op, &missing, &two, &mut out);
            assert!(out[0].is_nan(), "{op:?}");
            combine(op, &two, &missing, &mut out);
            assert!(out[0].is_nan(), "{op:?}");
        }
        combine(NumOp::Div, &two, &zero, &mut out);
        assert!(out[0].is_nan());
        combine(NumOp::Min, &two, &zero, &mut out);
        assert_eq!(out[0], 0.0);
        combine(NumOp::Max, &two, &zero, &mut out);
        assert_eq!(out[0], 2.0);
    }

    #[test]
    fn a_session_may_pass_midnight() {
        let minutes = [1_379, 1_380, 1_439, 0, 59, 60];
        assert_eq!(in_session(Session { from_minute: 1_380, to_minute: 60 }, &minutes, 0)[0], 0b01_1110);
        assert_eq!(in_session(Session { from_minute: 0, to_minute: 60 }, &minutes, 0)[0], 0b01_1000);
        assert_eq!(in_session(Session { from_minute: 0, to_minute: 60 }, &minutes, BLOCK)[0], 0);
    }

    #[test]
    fn lags_reach_back_and_are_missing_before_the_first_bar() {
        let values: Vec<f64> = (0..BLOCK + 36).map(|bar| bar as f64).collect();
        assert_eq!(whole_block(&values, 10, 3).map(|block| block[0]), Some(7.0));
        assert!(whole_block(&values, 10, 11).is_none() && whole_block(&values, BLOCK, 0).is_none());
        let mut out = [0.0; BLOCK];
        copy_block(&values, 1, 3, &mut out);
        assert!(out[0].is_nan() && out[1].is_nan() && out[2] == 0.0);
        copy_block(&values, BLOCK, 1, &mut out);
        assert!(out[36] == (BLOCK + 35) as f64 && out[37].is_nan());
    }
}
