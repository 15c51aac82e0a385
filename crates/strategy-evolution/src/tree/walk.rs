use strategy::{Cond, Num, Strategy};

/// The conditions of a strategy's rules: long entry, long exit, short entry, short exit, as far as they are there.
pub(crate) fn roots(strategy: &Strategy) -> impl Iterator<Item = &Cond> {
    let rules = [&strategy.long, &strategy.short].into_iter().flatten();
    rules.flat_map(|rule| std::iter::once(&rule.entry).chain(&rule.exit))
}

/// [`roots`], to be changed.
pub(crate) fn roots_mut(strategy: &mut Strategy) -> impl Iterator<Item = &mut Cond> {
    let rules = [&mut strategy.long, &mut strategy.short].into_iter().flatten();
    rules.flat_map(|rule| std::iter::once(&mut rule.entry).chain(&mut rule.exit))
}

fn parts(cond: &Cond) -> &[Cond] {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts,
        Cond::Not(inner) => std::slice::from_ref(inner),
        Cond::Compare(..) | Cond::Cross(..) | Cond::Session(_) => &[],
    }
}

fn parts_mut(cond: &mut Cond) -> &mut [Cond] {
    match cond {
        Cond::All(parts) | Cond::Any(parts) => parts,
        Cond::Not(inner) => std::slice::from_mut(inner),
        Cond::Compare(..) | Cond::Cross(..) | Cond::Session(_) => &mut [],
    }
}

/// The numbers that a condition compares.
fn pair(cond: &Cond) -> Option<[&Num; 2]> {
    match cond {
        Cond::Compare(_, left, right) | Cond::Cross(_, left, right) => Some([left, right]),
        Cond::Session(_) | Cond::All(_) | Cond::Any(_) | Cond::Not(_) => None,
    }
}

fn pair_mut(cond: &mut Cond) -> Option<[&mut Num; 2]> {
    match cond {
        Cond::Compare(_, left, right) | Cond::Cross(_, left, right) => Some([left, right]),
        Cond::Session(_) | Cond::All(_) | Cond::Any(_) | Cond::Not(_) => None,
    }
}

/// The numbers that a number is made of.
pub(super) fn terms(num: &Num) -> [Option<&Num>; 2] {
    match num {
        Num::Const(_) | Num::Input(_) | Num::Price(_) | Num::Indicator(_) => [None, None],
        Num::Lag(inner, _) => [Some(inner), None],
        Num::Longer(longer) => [Some(&longer.num), None],
        Num::Binary(_, left, right) => [Some(left), Some(right)],
    }
}

fn terms_mut(num: &mut Num) -> [Option<&mut Num>; 2] {
    match num {
        Num::Const(_) | Num::Input(_) | Num::Price(_) | Num::Indicator(_) => [None, None],
        Num::Lag(inner, _) => [Some(inner), None],
        Num::Longer(longer) => [Some(&mut longer.num), None],
        Num::Binary(_, left, right) => [Some(left), Some(right)],
    }
}

/// Every condition of `strategy` in the order of the tree, parents first.
pub(crate) fn conds(strategy: &Strategy) -> Vec<&Cond> {
    let mut found = Vec::with_capacity(16);
    roots(strategy).for_each(|root| collect(root, &mut found));
    found
}

/// `cond` and every condition in it, parents first.
pub(crate) fn conds_of(cond: &Cond) -> Vec<&Cond> {
    let mut found = Vec::with_capacity(8);
    collect(cond, &mut found);
    found
}

fn collect<'t>(cond: &'t Cond, found: &mut Vec<&'t Cond>) {
    found.push(cond);
    for part in parts(cond) {
        collect(part, found);
    }
}

/// The condition at a position of [`conds`].
pub(crate) fn cond_at(strategy: &mut Strategy, index: usize) -> Option<&mut Cond> {
    let mut left = index;
    roots_mut(strategy).find_map(|root| nth(root, &mut left))
}

fn nth<'t>(cond: &'t mut Cond, left: &mut usize) -> Option<&'t mut Cond> {
    if *left == 0 {
        return Some(cond);
    }
    *left -= 1;
    parts_mut(cond).iter_mut().find_map(|part| nth(part, left))
}

/// A number that could be another one: all but constants.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operand<'t> {
    /// The number.
    pub(crate) num: &'t Num,
    /// Whether it is a part of another number.
    pub(crate) nested: bool,
}

/// Every operand of `strategy`, in the order of the tree, parents first.
pub(crate) fn operands(strategy: &Strategy) -> Vec<Operand<'_>> {
    let mut found = Vec::with_capacity(16);
    for num in conds(strategy).into_iter().filter_map(pair).flatten() {
        collect_operands(num, false, &mut found);
    }
    found
}

fn collect_operands<'t>(num: &'t Num, nested: bool, found: &mut Vec<Operand<'t>>) {
    if matches!(num, Num::Const(_) | Num::Input(_)) {
        return;
    }
    found.push(Operand { num, nested });
    terms(num).into_iter().flatten().for_each(|term| collect_operands(term, true, found));
}

/// The number at a position of [`operands`].
pub(crate) fn num_at(strategy: &mut Strategy, index: usize) -> Option<&mut Num> {
    let mut left = index;
    roots_mut(strategy).find_map(|root| num_in(root, &mut left))
}

fn num_in<'t>(cond: &'t mut Cond, left: &mut usize) -> Option<&'t mut Num> {
    if matches!(cond, Cond::Compare(..) | Cond::Cross(..)) {
        return pair_mut(cond).into_iter().flatten().find_map(|num| nth_num(num, left));
    }
    parts_mut(cond).iter_mut().find_map(|part| num_in(part, left))
}

fn nth_num<'t>(num: &'t mut Num, left: &mut usize) -> Option<&'t mut Num> {
    if matches!(num, Num::Const(_) | Num::Input(_)) {
        return None;
    }
    if *left == 0 {
        return Some(num);
    }
    *left -= 1;
    terms_mut(num).into_iter().flatten().find_map(|term| nth_num(term, left))
}

/// Calls `visit` with every number of the rules and of the sizing, parents first.
pub(crate) fn for_each_num(strategy: &mut Strategy, visit: &mut dyn FnMut(&mut Num)) {
    roots_mut(strategy).for_each(|root| nums_in(root, visit));
    if let Some(confidence) = &mut strategy.sizing.confidence {
        visit_num(confidence, visit);
    }
}

fn nums_in(cond: &mut Cond, visit: &mut dyn FnMut(&mut Num)) {
    pair_mut(cond).into_iter().flatten().for_each(|num| visit_num(num, visit));
    for part in parts_mut(cond) {
        nums_in(part, visit);
    }
}

fn visit_num(num: &mut Num, visit: &mut dyn FnMut(&mut Num)) {
    visit(num);
    terms_mut(num).into_iter().flatten().for_each(|term| visit_num(term, visit));
}

#[cfg(test)]
mod tests {
    use crate::test_support::{grammar, strategies};

    use super::*;

    #[test]
    fn positions_name_the_same_nodes_when_read_and_when_changed() {
        for strategy in strategies(&grammar(), 300) {
            let mut copy = strategy.clone();
            for (index, cond) in conds(&strategy).into_iter().enumerate() {
                assert_eq!(cond_at(&mut copy, index).as_deref(), Some(cond));
            }
            for (index, operand) in operands(&strategy).into_iter().enumerate() {
                assert_eq!(num_at(&mut copy, index).as_deref(), Some(operand.num));
            }
            assert!(cond_at(&mut copy, conds(&strategy).len()).is_none());
            assert!(num_at(&mut copy, operands(&strategy).len()).is_none());
        }
    }
}
