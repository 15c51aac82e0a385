use strategy::{CmpOp, Cond, CrossKind, Num, NumOp, Rule, Strategy};

use super::crossover::CONDITION;
use crate::grammar::{Grammar, Number, Role, Shape};
use crate::random::Stream;
use crate::tree::{cond_at, conds, conds_of, num_at, operands, turned, turned_cross};

impl Grammar {
    pub(super) fn subtree(&self, child: &mut Strategy, random: &mut Stream) -> Option<()> {
        if random.chance(CONDITION) {
            let index = random.below(conds(child).len());
            let depth = 1 + random.below(2);
            *cond_at(child, index)? = self.tree(Shape { depth, full: false }, random);
            return Some(());
        }
        self.replace_operand(child, random)
    }

    fn replace_operand(&self, child: &mut Strategy, random: &mut Stream) -> Option<()> {
        let places = operands(child);
        if places.is_empty() {
            return None;
        }
        let index = random.below(places.len());
        let (class, nested) = (self.class(places[index].num)?, places[index].nested);
        let new = self.operand(class, nested, random)?;
        *num_at(child, index)? = new;
        Some(())
    }

    pub(super) fn point(&self, child: &mut Strategy, random: &mut Stream) -> Option<()> {
        if random.chance(0.5) {
            return self.replace_operand(child, random);
        }
        let index = random.below(conds(child).len());
        let cond = cond_at(child, index)?;
        let old = std::mem::replace(cond, Cond::Any(Vec::new()));
        *cond = match old {
            Cond::Compare(op, left, right) if random.chance(0.5) => Cond::Compare(turned(op), left, right),
            Cond::Compare(CmpOp::Lt | CmpOp::Le, left, right) => Cond::Cross(CrossKind::Under, left, right),
            Cond::Compare(CmpOp::Gt | CmpOp::Ge, left, right) => Cond::Cross(CrossKind::Over, left, right),
            Cond::Cross(kind, left, right) if random.chance(0.5) => Cond::Cross(turned_cross(kind), left, right),
            Cond::Cross(CrossKind::Over, left, right) => Cond::Compare(CmpOp::Gt, left, right),
            Cond::Cross(CrossKind::Under, left, right) => Cond::Compare(CmpOp::Lt, left, right),
            Cond::Session(_) => match self.vocabulary().sessions.as_slice() {
                [] => self.comparison(random),
                sessions => Cond::Session(*random.pick(sessions)),
            },
            Cond::All(parts) => Cond::Any(parts),
            Cond::Any(parts) => Cond::All(parts),
            Cond::Not(inner) => *inner,
        };
        Some(())
    }

    pub(super) fn number(&self, child: &mut Strategy, random: &mut Stream) -> Option<()> {
        let mut count = 0_usize;
        self.for_each_number(child, &mut |_, _, _| count += 1);
        if count == 0 {
            return None;
        }
        let (chosen, mut index) = (random.below(count), 0);
        let mut changed = None;
        self.for_each_number(child, &mut |number, grid, role| {
            if index == chosen {
                changed = self.move_number(number, grid, role, random);
            }
            index += 1;
        });
        changed
    }

    fn move_number(
        &self,
        number: Number<'_>,
        grid: Option<&crate::Grid>,
        role: Role,
        random: &mut Stream,
    ) -> Option<()> {
        let value = number.value()?;
        match number {
            Number::Lag(bars) => {
                let lags = &self.vocabulary().lags;
                *bars = *random.pick(if lags.is_empty() { return None } else { lags });
            }
            Number::Arg(arg) => *arg = strategy::Arg::Const(grid?.near(value, random)),
            Number::Const(num) => {
                let negative = role == Role::Factor && value < 0.0;
                let near = grid?.near(if negative { -value } else { value }, random);
                *num = Num::Const(if negative { -near } else { near });
            }
        }
        Some(())
    }

    pub(super) fn hoist(&self, child: &mut Strategy, random: &mut Stream) -> Option<()> {
        if random.chance(CONDITION) {
            let index = random.below(conds(child).len());
            let cond = cond_at(child, index)?;
            let parts = conds_of(cond);
            let inner = parts.get(1..).filter(|inner| !inner.is_empty())?;
            *cond = (*random.pick(inner)).clone();
            return Some(());
        }
        let places = operands(child);
        let calculated =
            |num: &Num| matches!(num, Num::Lag(..) | Num::Binary(NumOp::Add | NumOp::Sub | NumOp::Mul, ..));
        let inner: Vec<usize> = (0..places.len()).filter(|&index| calculated(places[index].num)).collect();
        let index = *random.pick(if inner.is_empty() { return None } else { &inner });
        let class = self.class(places[index].num)?;
        let term = match places[index].num {
            Num::Lag(inner, _) => Some(inner),
            Num::Binary(_, left, right) => [left, right].into_iter().find(|term| self.class(term) == Some(class)),
            Num::Const(_) | Num::Input(_) | Num::Price(_) | Num::Indicator(_) | Num::Longer(_) => None,
        };
        let term = term?.as_ref().clone();
        *num_at(child, index)? = term;
        Some(())
    }

    pub(super) fn insert(&self, child: &mut Strategy, random: &mut Stream) -> Option<()> {
        let index = random.below(conds(child).len());
        let new = self.leaf(random);
        let cond = cond_at(child, index)?;
        let old = std::mem::replace(cond, Cond::Any(Vec::new()));
        *cond = if random.chance(0.5) { Cond::All(vec![old, new]) } else { Cond::Any(vec![old, new]) };
        Some(())
    }

    pub(super) fn vary_exit(&self, child: &mut Strategy, random: &mut Stream) {
        let mut rules: Vec<&mut Rule> = [&mut child.long, &mut child.short].into_iter().flatten().collect();
        let index = random.below(rules.len());
        let exit = &mut rules[index].exit;
        *exit = if exit.is_some() && random.chance(0.5) { None } else { Some(self.exit(random)) };
    }

    pub(super) fn vary_risk(&self, child: &mut Strategy, random: &mut Stream) {
        let sizes = &self.vocabulary().sizes;
        let size = if sizes.len() > 1 && random.chance(0.2) { random.pick(sizes) } else { &child.sizing.rule };
        let size = size.clone();
        let drawn = self.risk(&size, random);
        if random.chance(0.5) {
            child.risk.take_profit = drawn.take_profit;
            if self.needs_stop(&size) && child.risk.stop_loss.is_none() {
                child.risk.stop_loss = drawn.stop_loss;
            }
        } else {
            child.risk.stop_loss = drawn.stop_loss;
        }
        child.sizing.rule = size;
    }
}
