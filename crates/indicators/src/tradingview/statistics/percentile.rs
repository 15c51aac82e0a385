use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Ranks;

/// TradingView's percentile between the two nearest ranks of the window, weighted by how near they are.
///
/// Ranks follow Pine Script's order, in which values up to 10⁻¹⁰ apart are equal. An na has a rank too: it gives na where
/// the percentile meets it.
#[derive(Clone, Debug)]
pub struct PercentileLinearInterpolation {
    /// How many ranks below stand for the percentile, and the share of the rank above.
    rank: f64,
    ranks: Ranks,
}

constructor!(PercentileLinearInterpolation(period: usize, percentage: f64));
memory!(PercentileLinearInterpolation { ranks });

impl Indicator<1, 1> for PercentileLinearInterpolation {
    const NAME: &'static str = "percentile_linear_interpolation";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let rank = args[0] * args[1] / 100.0 + 0.5;
        // Rounding errors of the line above must not reach for the next rank.
        let whole = rank.round();
        let rank = if (rank - whole).abs() < 1e-9 { whole } else { rank };
        Self { rank, ranks: Ranks::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let Some(values) = self.ranks.step(value) else { return [f64::NAN] };
        let last = values.len() - 1;
        if self.rank <= 1.0 {
            return [values[0]];
        }
        if self.rank >= values.len() as f64 {
            return [values[last]];
        }
        let below = self.rank.floor();
        let share = self.rank - below;
        let below = args::bars(&[below], 0);
        [values[below - 1] * (1.0 - share) + values[below] * share]
    }
}

/// TradingView's percentile by the nearest rank: the smallest value that so many percent of the window are not above.
///
/// Ranks follow Pine Script's order, in which values up to 10⁻¹⁰ apart are equal. An na has a rank too: it gives na where
/// the percentile meets it.
#[derive(Clone, Debug)]
pub struct PercentileNearestRank {
    rank: usize,
    ranks: Ranks,
}

constructor!(PercentileNearestRank(period: usize, percentage: f64));
memory!(PercentileNearestRank { ranks });

impl Indicator<1, 1> for PercentileNearestRank {
    const NAME: &'static str = "percentile_nearest_rank";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let rank = (args[1] * args[0] / 100.0).ceil().clamp(1.0, args[0]);
        Self { rank: args::bars(&[rank], 0), ranks: Ranks::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.ranks.step(value).map_or(f64::NAN, |values| values[self.rank - 1])]
    }
}
