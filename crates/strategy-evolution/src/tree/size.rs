use strategy::{Cond, Num, Strategy};

use super::roots;
use super::walk::terms;

/// How large a strategy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Conditions, numbers, stops and targets.
    pub(crate) nodes: usize,
    /// Deepest nesting of conditions and numbers; 0 without any.
    pub(crate) depth: usize,
}

/// The size of the whole strategy.
pub(crate) fn extent(strategy: &Strategy) -> Extent {
    let mut found = Extent { nodes: 0, depth: 0 };
    roots(strategy).for_each(|root| in_cond(root, 1, &mut found));
    found.nodes += usize::from(strategy.risk.stop_loss.is_some()) + usize::from(strategy.risk.take_profit.is_some());
    found
}

impl Extent {
    fn node(&mut self, depth: usize) {
        self.nodes += 1;
        self.depth = self.depth.max(depth);
    }
}

fn in_cond(cond: &Cond, depth: usize, found: &mut Extent) {
    found.node(depth);
    match cond {
        Cond::Compare(_, left, right) | Cond::Cross(_, left, right) => {
            in_num(left, depth + 1, found);
            in_num(right, depth + 1, found);
        }
        Cond::Session(_) => {}
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| in_cond(part, depth + 1, found)),
        Cond::Not(inner) => in_cond(inner, depth + 1, found),
    }
}

fn in_num(num: &Num, depth: usize, found: &mut Extent) {
    found.node(depth);
    terms(num).into_iter().flatten().for_each(|term| in_num(term, depth + 1, found));
}
