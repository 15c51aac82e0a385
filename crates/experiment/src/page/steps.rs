/// Returns of an account by steps of time such as hours or days: the last value of a step over the last one before it,
/// less 1, with its index. Steps without a value are left out; from an account that is used up nothing is earned.
///
/// - `time`: of each value, in the unit of `length`, rising.
/// - `initial`: value before the first.
pub(crate) fn step_returns(
    time: impl Fn(usize) -> i64,
    equity: &[f64],
    initial: f64,
    length: i64,
) -> Vec<(usize, f64)> {
    let step = |at: usize| time(at).div_euclid(length);
    let mut before = initial;
    let change = |at: usize| {
        let change = if before > 0.0 { equity[at] / before - 1.0 } else { 0.0 };
        before = equity[at];
        (at, change)
    };
    let n = equity.len();
    (0..n).filter(|&at| at + 1 == n || step(at + 1) != step(at)).map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::step_returns;

    #[test]
    fn a_step_ends_with_its_last_value() {
        let times = [-1, 0, 5, 9, 30, 40];
        let found = step_returns(|at| times[at], &[50.0, 60.0, 70.0, 75.0, 0.0, 10.0], 100.0, 10);
        assert_eq!(found, [(0, -0.5), (3, 0.5), (4, -1.0), (5, 0.0)]);
        assert!(step_returns(|at| times[at], &[], 100.0, 10).is_empty());
    }
}
