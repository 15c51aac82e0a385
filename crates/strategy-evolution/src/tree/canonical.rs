use strategy::{CmpOp, Cond, CrossKind, Longer, Num, NumOp, Session, Strategy};

use super::fingerprint;

/// Longest lag of a strategy.
const MAX_LAG: u16 = 5_000;

/// Brings a strategy into its simplest form, which trades the very same. What can never open is absent afterwards.
///
/// Comparisons without a value do not hold, and neither do their opposites; so `not (a < b)` stays what it is.
pub(crate) fn simplify(strategy: Strategy) -> Strategy {
    let rule = |rule: strategy::Rule| {
        let entry = simplify_cond(rule.entry);
        let exit = rule.exit.map(simplify_cond).filter(|exit| *exit != never());
        (entry != never()).then_some(strategy::Rule { entry, exit })
    };
    Strategy { long: strategy.long.and_then(rule), short: strategy.short.and_then(rule), ..strategy }
}

fn always() -> Cond {
    Cond::All(Vec::new())
}

fn never() -> Cond {
    Cond::Any(Vec::new())
}

fn truth(holds: bool) -> Cond {
    if holds { always() } else { never() }
}

/// A condition in its simplest form.
pub(crate) fn simplify_cond(node: Cond) -> Cond {
    match node {
        Cond::Compare(op, left, right) => compare(op, num(left), num(right)),
        Cond::Cross(kind, left, right) => cross(kind, num(left), num(right)),
        Cond::Session(_) => node,
        Cond::All(parts) => join(parts, true),
        Cond::Any(parts) => join(parts, false),
        Cond::Not(inner) => match simplify_cond(*inner) {
            Cond::Not(twice) => *twice,
            Cond::Session(Session { from_minute, to_minute }) => {
                Cond::Session(Session { from_minute: to_minute, to_minute: from_minute })
            }
            Cond::All(parts) if parts.is_empty() => never(),
            Cond::Any(parts) if parts.is_empty() => always(),
            other => Cond::Not(Box::new(other)),
        },
    }
}

/// Constants stand on the right, other numbers in their order.
fn swapped(left: &Num, right: &Num) -> bool {
    match (left, right) {
        (_, Num::Const(_)) => false,
        (Num::Const(_), _) => true,
        _ => fingerprint::compare(left, right).is_gt(),
    }
}

fn compare(op: CmpOp, left: Num, right: Num) -> Cond {
    if let (Num::Const(a), Num::Const(b)) = (&left, &right) {
        return truth(match op {
            CmpOp::Lt => b - a > CmpOp::TOLERANCE,
            CmpOp::Le => a - b <= CmpOp::TOLERANCE,
            CmpOp::Gt => a - b > CmpOp::TOLERANCE,
            CmpOp::Ge => b - a <= CmpOp::TOLERANCE,
        });
    }
    if left == right && matches!(op, CmpOp::Lt | CmpOp::Gt) {
        return never();
    }
    if swapped(&left, &right) {
        return Cond::Compare(turned(op), right, left);
    }
    Cond::Compare(op, left, right)
}

/// The operator that says the same with both sides changed.
pub(crate) fn turned(op: CmpOp) -> CmpOp {
    match op {
        CmpOp::Lt => CmpOp::Gt,
        CmpOp::Le => CmpOp::Ge,
        CmpOp::Gt => CmpOp::Lt,
        CmpOp::Ge => CmpOp::Le,
    }
}

/// The crossing that says the same with both sides changed.
pub(crate) fn turned_cross(kind: CrossKind) -> CrossKind {
    match kind {
        CrossKind::Over => CrossKind::Under,
        CrossKind::Under => CrossKind::Over,
    }
}

fn cross(kind: CrossKind, left: Num, right: Num) -> Cond {
    if left == right || matches!((&left, &right), (Num::Const(_), Num::Const(_))) {
        return never();
    }
    if swapped(&left, &right) {
        return Cond::Cross(turned_cross(kind), right, left);
    }
    Cond::Cross(kind, left, right)
}

/// The simplest form of "all hold" or "at least one holds".
fn join(parts: Vec<Cond>, all: bool) -> Cond {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match (simplify_cond(part), all) {
            (Cond::All(inner), true) | (Cond::Any(inner), false) => flat.extend(inner),
            (Cond::Any(inner), true) | (Cond::All(inner), false) if inner.is_empty() => return truth(!all),
            (other, _) => flat.push(other),
        }
    }
    fingerprint::sort(&mut flat);
    if flat.iter().any(|part| matches!(part, Cond::Not(inner) if flat.contains(inner))) {
        return truth(!all);
    }
    absorb(&mut flat, all);
    match (flat.len(), all) {
        (1, _) => flat.swap_remove(0),
        (_, true) => Cond::All(flat),
        (_, false) => Cond::Any(flat),
    }
}

/// a ∧ (a ∨ b) = a and a ∨ (a ∧ b) = a.
fn absorb(parts: &mut Vec<Cond>, all: bool) {
    let absorbed = |part: &Cond, others: &[Cond]| match (part, all) {
        (Cond::Any(inner), true) | (Cond::All(inner), false) => inner.iter().any(|one| others.contains(one)),
        _ => false,
    };
    let kept: Vec<bool> = parts.iter().map(|part| !absorbed(part, parts)).collect();
    let mut kept = kept.into_iter();
    parts.retain(|_| kept.next().unwrap_or(true));
}

/// A number in its simplest form, with the same bits at every bar.
fn num(node: Num) -> Num {
    match node {
        Num::Const(_) | Num::Input(_) | Num::Price(_) | Num::Indicator(_) => node,
        Num::Lag(inner, bars) => match num(*inner) {
            Num::Lag(deeper, more) if more.checked_add(bars).is_some_and(|sum| sum <= MAX_LAG) => {
                Num::Lag(deeper, more + bars)
            }
            inner => Num::Lag(Box::new(inner), bars),
        },
        Num::Binary(op, left, right) => binary(op, num(*left), num(*right)),
        Num::Longer(longer) => Num::Longer(Longer { num: Box::new(num(*longer.num)), ..longer }),
    }
}

fn binary(op: NumOp, left: Num, right: Num) -> Num {
    if let (Num::Const(a), Num::Const(b)) = (&left, &right)
        && let Some(value) = folded(op, *a, *b)
    {
        return Num::Const(value);
    }
    match (op, &left, &right) {
        (NumOp::Mul | NumOp::Div, _, Num::Const(one)) if *one == 1.0 => return left,
        (NumOp::Mul, Num::Const(one), _) if *one == 1.0 => return right,
        (NumOp::Min | NumOp::Max, a, b) if a == b => return left,
        _ => {}
    }
    let commutes = matches!(op, NumOp::Add | NumOp::Mul | NumOp::Min | NumOp::Max);
    let (left, right) =
        if commutes && fingerprint::compare(&left, &right).is_gt() { (right, left) } else { (left, right) };
    Num::Binary(op, Box::new(left), Box::new(right))
}

/// The result of constants; `None` where there is none.
fn folded(op: NumOp, a: f64, b: f64) -> Option<f64> {
    let value = match op {
        NumOp::Add => a + b,
        NumOp::Sub => a - b,
        NumOp::Mul => a * b,
        NumOp::Div if b == 0.0 => return None,
        NumOp::Div => a / b,
        NumOp::Min => {
            if a < b {
                a
            } else {
                b
            }
        }
        NumOp::Max => {
            if a > b {
                a
            } else {
                b
            }
        }
    };
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use strategy::Price;

    use super::*;

    fn price(price: Price) -> Num {
        Num::Price(price)
    }

    fn above(left: Price, right: Price) -> Cond {
        Cond::Compare(CmpOp::Gt, price(left), price(right))
    }

    fn not(inner: Cond) -> Cond {
        Cond::Not(Box::new(inner))
    }

    #[test]
    fn the_same_said_differently_is_the_same() {
        let (a, b) = (above(Price::Close, Price::Open), above(Price::High, Price::Close));
        let one = Cond::All(vec![a.clone(), Cond::All(vec![b.clone(), a.clone()])]);
        let other = Cond::All(vec![not(not(b)), Cond::Compare(CmpOp::Lt, price(Price::Open), price(Price::Close))]);
        assert_eq!(simplify_cond(one), simplify_cond(other));
        let crossing = |kind, left, right| simplify_cond(Cond::Cross(kind, price(left), price(right)));
        assert_eq!(
            crossing(CrossKind::Over, Price::Close, Price::Open),
            crossing(CrossKind::Under, Price::Open, Price::Close)
        );
    }

    #[test]
    fn constants_decide_what_they_can() {
        let smaller = |a: f64, b: f64| simplify_cond(Cond::Compare(CmpOp::Lt, Num::Const(a), Num::Const(b)));
        assert_eq!((smaller(1.0, 2.0), smaller(2.0, 1.0), smaller(1.0, 1.0 + 1e-12)), (always(), never(), never()));
        let a = above(Price::Close, Price::Open);
        assert_eq!(simplify_cond(Cond::All(vec![a.clone(), smaller(1.0, 2.0)])), simplify_cond(a.clone()));
        assert_eq!(simplify_cond(Cond::All(vec![a.clone(), smaller(2.0, 1.0)])), never());
        assert_eq!(simplify_cond(Cond::Any(vec![a.clone(), not(a.clone())])), always());
        assert_eq!(simplify_cond(above(Price::Close, Price::Close)), never());
        let undefined = Num::Binary(NumOp::Div, Num::Const(1.0).into(), Num::Const(0.0).into());
        assert_eq!(num(undefined.clone()), undefined);
    }

    #[test]
    fn what_adds_nothing_is_absorbed() {
        let (a, b) = (above(Price::Close, Price::Open), above(Price::High, Price::Close));
        assert_eq!(
            simplify_cond(Cond::Any(vec![a.clone(), Cond::All(vec![a.clone(), b.clone()])])),
            simplify_cond(a.clone())
        );
        assert_eq!(simplify_cond(Cond::All(vec![Cond::Any(vec![b, a.clone()]), a.clone()])), simplify_cond(a));
    }

    #[test]
    fn a_comparison_without_a_value_does_not_become_its_opposite() {
        let a = Cond::Compare(CmpOp::Le, price(Price::Close), price(Price::Close));
        assert_eq!(simplify_cond(a.clone()), a);
        assert!(matches!(simplify_cond(not(a)), Cond::Not(_)));
    }
}
