use std::collections::BTreeMap;

use strategy::{Params, Strategy};
use trade_report::{Axis, HeatMap, Unit};

/// Fewest and most cells along a side; with more values neighbours share one.
const SIDE: (usize, usize) = (5, 24);
/// Parameter sets that a cell of a square map has on average, as far as the limits of a side allow it.
const SETS_PER_CELL: usize = 3;

/// Which of the results with the same two values a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The largest over all values of the other parameters that were tried: what a search finds.
    Best,
    /// The median over them: what to expect of one that was not searched for.
    Median,
}

impl Over {
    const fn words(self) -> &'static str {
        match self {
            Self::Best => "best over the other parameters",
            Self::Median => "median over the other parameters",
        }
    }
}

/// Results over two inputs of a strategy.
///
/// - `tried`: parameters with their result; those without one do not count.
/// - `pair`: positions of the inputs along the width and along the height.
/// - `chosen`: the parameters whose cell is framed.
/// - `metric`: name of the result, such as `Sharpe ratio p.a., in-sample`.
///
/// `None` if a parameter has fewer than two values among what was tried. Where one has more than 24, or than leave three
/// sets for a cell, neighbours share a cell that is named by the smallest of them, and the metric's name says so.
pub fn heat_map(
    strategy: &Strategy,
    tried: &[(&Params, Option<f64>)],
    pair: (usize, usize),
    chosen: &Params,
    over: Over,
    metric: &str,
) -> Option<HeatMap> {
    let (x, y) = (Cells::of(tried, pair.0), Cells::of(tried, pair.1));
    if x.starts.len() < 2 || y.starts.len() < 2 {
        return None;
    }
    let mut cells: Vec<Vec<f64>> = vec![Vec::new(); x.starts.len() * y.starts.len()];
    let place = |params: &Params| y.position(params) * x.starts.len() + x.position(params);
    for (params, value) in tried {
        cells[place(params)].extend(value.filter(|value| value.is_finite()));
    }
    let name = |at: usize| strategy.inputs[at].name.clone();
    Some(HeatMap {
        title: format!("{}: {} and {}", strategy.name, name(pair.0), name(pair.1)),
        metric: format!("{metric}, {}{}", over.words(), shared_cells([(&x, name(pair.0)), (&y, name(pair.1))])),
        unit: Unit::Ratio,
        chosen: Some((x.position(chosen), y.position(chosen))),
        x: x.axis(name(pair.0)),
        y: y.axis(name(pair.1)),
        values: cells.iter_mut().map(|cell| summary(cell, over)).collect(),
    })
}

/// The two inputs of a strategy that move its result most: those whose values explain the largest shares of its variance,
/// each alone (ε², the share between groups less what chance gives as many groups). `None` with fewer than two inputs that
/// were varied, or results that do not vary.
///
/// Source: T. L. Kelley, *An Unbiased Correlation Ratio Measure* (1935).
pub fn strongest_pair(strategy: &Strategy, tried: &[(&Params, Option<f64>)]) -> Option<(usize, usize)> {
    let mut shares: Vec<(usize, f64)> =
        (0..strategy.inputs.len()).filter_map(|input| Some((input, explained(tried, input)?))).collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let [(first, _), (second, _), ..] = shares[..] else { return None };
    Some((first.min(second), first.max(second)))
}

fn explained(tried: &[(&Params, Option<f64>)], input: usize) -> Option<f64> {
    let cells = Cells::of(tried, input);
    let n_groups = cells.starts.len();
    let mut groups = vec![(0.0, 0.0); n_groups];
    let (mut n, mut sum) = (0.0, 0.0);
    let results =
        || tried.iter().filter_map(|(params, value)| Some((params, value.filter(|value| value.is_finite())?)));
    for (params, value) in results() {
        let (count, total) = &mut groups[cells.position(params)];
        (*count, *total) = (*count + 1.0, *total + value);
        (n, sum) = (n + 1.0, sum + value);
    }
    if n_groups < 2 || n <= n_groups as f64 {
        return None;
    }
    let mean = sum / n;
    let total: f64 = results().map(|(_, value)| (value - mean) * (value - mean)).sum();
    let of_group = |&(count, sum): &(f64, f64)| if count > 0.0 { sum * sum / count } else { 0.0 };
    let between = groups.iter().map(of_group).sum::<f64>() - sum * sum / n;
    let within = (total - between) / (n - n_groups as f64);
    (total > 0.0).then(|| (between - (n_groups as f64 - 1.0) * within) / total)
}

fn summary(values: &mut [f64], over: Over) -> Option<f64> {
    match over {
        Over::Best => values.iter().copied().reduce(f64::max),
        Over::Median => trade_stats::median(values),
    }
}

/// Says which sides have several values in a cell.
fn shared_cells(sides: [(&Cells, String); 2]) -> String {
    let shared = sides.into_iter().filter(|(cells, _)| cells.width > 1);
    let words: Vec<String> = shared.map(|(cells, name)| format!("{} values of {name}", cells.width)).collect();
    if words.is_empty() {
        String::new()
    } else {
        format!("; a cell holds {}, named by the smallest", words.join(" and "))
    }
}

/// The values of an input that were tried, put together where there are too many for a picture.
struct Cells {
    input: usize,
    /// Smallest value of each cell, rising.
    starts: Vec<f64>,
    /// Values in a cell.
    width: usize,
}

impl Cells {
    fn of(tried: &[(&Params, Option<f64>)], input: usize) -> Self {
        // Adding 0 makes one value of the two zeros. The bits of a float in this form have the order of the numbers.
        let ordered = |value: f64| {
            let bits = (value + 0.0).to_bits().cast_signed();
            bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
        };
        let values: BTreeMap<i64, f64> = tried
            .iter()
            .filter_map(|(params, _)| params.values().get(input))
            .map(|&value| (ordered(value), value))
            .collect();
        let side = (tried.len() / SETS_PER_CELL).isqrt().clamp(SIDE.0, SIDE.1);
        let width = values.len().div_ceil(side).max(1);
        Self { input, starts: values.into_values().step_by(width).collect(), width }
    }

    fn position(&self, params: &Params) -> usize {
        let value = params.values()[self.input];
        self.starts.partition_point(|&start| start <= value).saturating_sub(1)
    }

    fn axis(self, name: String) -> Axis {
        Axis { name, values: self.starts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strategy() -> Strategy {
        crate::builtin_strategies().into_iter().find(|strategy| strategy.inputs.len() >= 3).unwrap()
    }

    fn params(values: [f64; 3]) -> Params {
        let mut all = strategy().defaults().values().to_vec();
        all[..3].copy_from_slice(&values);
        Params::new(all)
    }

    fn tried(sets: &[(Params, Option<f64>)]) -> Vec<(&Params, Option<f64>)> {
        sets.iter().map(|(params, value)| (params, *value)).collect()
    }

    #[test]
    fn a_cell_has_the_best_or_the_median_of_the_others() {
        let sets = [
            (params([1.0, 10.0, 1.0]), Some(1.0)),
            (params([1.0, 10.0, 2.0]), Some(5.0)),
            (params([1.0, 10.0, 3.0]), Some(2.0)),
            (params([2.0, 10.0, 1.0]), None),
            (params([2.0, 20.0, 1.0]), Some(-1.0)),
        ];
        let map = |over| heat_map(&strategy(), &tried(&sets), (0, 1), &sets[4].0, over, "Sharpe").unwrap();
        assert_eq!((map(Over::Best).x.values, map(Over::Best).y.values), (vec![1.0, 2.0], vec![10.0, 20.0]));
        assert_eq!(map(Over::Best).values, [Some(5.0), None, None, Some(-1.0)]);
        assert_eq!(map(Over::Median).values, [Some(2.0), None, None, Some(-1.0)]);
        assert_eq!(map(Over::Best).chosen, Some((1, 1)));
        assert!(map(Over::Median).metric.ends_with("median over the other parameters"));
        assert!(heat_map(&strategy(), &tried(&sets[..1]), (0, 1), &sets[0].0, Over::Best, "").is_none());
    }

    #[test]
    fn many_values_share_cells() {
        let sets: Vec<_> =
            (0..300).map(|i| (params([f64::from(i / 3), f64::from(i % 2), 0.0]), Some(f64::from(i)))).collect();
        let map = heat_map(&strategy(), &tried(&sets), (0, 1), &sets[299].0, Over::Best, "Sharpe").unwrap();
        assert_eq!((map.x.values.len(), map.x.values[1], map.chosen), (10, 10.0, Some((9, 1))));
        let shared = format!("; a cell holds 10 values of {}, named by the smallest", map.x.name);
        assert!(map.metric.ends_with(&shared), "{}", map.metric);
        assert_eq!(map.values[9], Some(298.0));
    }

    #[test]
    fn values_below_zero_stand_before_those_above() {
        let sets: Vec<_> = [0.5, -2.0, 0.0, -0.5].map(|x| (params([x, x, 0.0]), Some(x))).to_vec();
        let map = heat_map(&strategy(), &tried(&sets), (0, 1), &sets[1].0, Over::Best, "Sharpe").unwrap();
        assert_eq!((map.x.values, map.chosen), (vec![-2.0, -0.5, 0.0, 0.5], Some((0, 0))));
    }

    #[test]
    fn the_inputs_that_move_the_result_are_found() {
        let mut sets = Vec::new();
        for (a, b, c) in (0..6).flat_map(|a| (0..6).flat_map(move |b| (0..6).map(move |c| (a, b, c)))) {
            let value = f64::from(b) + 3.0 * f64::from(c) + 0.01 * f64::from(a * b % 3);
            sets.push((params([f64::from(a), f64::from(b), f64::from(c)]), Some(value)));
        }
        assert_eq!(strongest_pair(&strategy(), &tried(&sets)), Some((1, 2)));
        for (_, value) in &mut sets {
            *value = Some(1.0);
        }
        assert_eq!(strongest_pair(&strategy(), &tried(&sets)), None);
    }
}
