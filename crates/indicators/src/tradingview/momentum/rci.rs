use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// Values closer than this to the smallest of a group share its rank.
const SAME_RANK: f64 = 1e-10;

/// TradingView's rank correlation index: Spearman's correlation of the window's values with their order in time, in
/// percent.
///
/// Equal values share the mean of their ranks; equal are those within 10⁻¹⁰ of the smallest one. A window in which all
/// are equal and one that holds an na have none. The first value comes a bar later than the window is full.
#[derive(Clone, Debug)]
pub struct Rci {
    window: Ring,
    /// The values with their ages in ascending order, and the rank of each age: filled anew on each bar.
    order: Box<[(f64, usize)]>,
    ranks: Box<[f64]>,
}

constructor!(Rci(period: usize));
memory!(Rci { window });

impl Indicator<1, 1> for Rci {
    const NAME: &'static str = "rci";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { window: Ring::new(period), order: vec![(0.0, 0); period].into(), ranks: vec![0.0; period].into() }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let was_full = self.window.is_full();
        self.window.push(value);
        if !was_full || self.window.iter().any(f64::is_nan) {
            return [f64::NAN];
        }
        self.rank();
        [correlation_with_time(&self.ranks)]
    }
}

impl Rci {
    /// Ranks from 0, the largest value, to n − 1.
    fn rank(&mut self) {
        let Self { window, order, ranks } = self;
        for (age, (place, value)) in order.iter_mut().zip(window.iter().rev()).enumerate() {
            *place = (value, age);
        }
        order.sort_unstable_by(|(a, _), (b, _)| a.total_cmp(b));
        let last = ranks.len() as f64 - 1.0;
        let mut start = 0;
        while let Some(&(smallest, _)) = order.get(start) {
            let same = order[start..].iter().take_while(|(value, _)| value - smallest < SAME_RANK).count().max(1);
            let mean = (start + start + same - 1) as f64 / 2.0;
            for &(_, age) in &order[start..start + same] {
                ranks[age] = last - mean;
            }
            start += same;
        }
    }
}

/// 100 times the correlation of each rank with its index.
fn correlation_with_time(ranks: &[f64]) -> f64 {
    let n = ranks.len() as f64;
    let ages = || (0..ranks.len()).map(|age| age as f64);
    let mean_age = total(ages()) / n;
    let mean_rank = total(ranks.iter().copied()) / n;
    let variance_age = total(ages().map(|age| age * age)) / n - mean_age * mean_age;
    let variance_rank = total(ranks.iter().map(|rank| rank * rank)) / n - mean_rank * mean_rank;
    if variance_age <= 0.0 || variance_rank <= 0.0 {
        return f64::NAN;
    }
    let covariance = total(ages().zip(ranks).map(|(age, rank)| (age - mean_age) * (rank - mean_rank))) / n;
    100.0 * covariance / (variance_age.sqrt() * variance_rank.sqrt())
}

fn total(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |sum, value| sum + value)
}
