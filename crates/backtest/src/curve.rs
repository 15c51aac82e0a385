use broker::Lot;
use trade_stats::Moments;

/// Bars whose returns are taken together, each in sums of its own.
const LANES: usize = 4;
type Four = [f64; LANES];

/// What an equity curve comes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    /// Of the returns.
    pub(crate) moments: Moments,
    /// Root of the mean of the squares of the returns below 0, over all returns.
    pub(crate) downside: f64,
    /// Deepest fall from a peak, over that peak.
    pub(crate) max_drawdown: f64,
}

impl Figures {
    /// Those of an equity curve that is kept, the initial cash first; `None` if it is not finite. Behind an equity of 0 or
    /// less there are no returns.
    pub(crate) fn of(equity: &[f64]) -> Option<Self> {
        let of = |pair: &[f64]| if pair[0] > 0.0 { pair[1] / pair[0] - 1.0 } else { 0.0 };
        let returns: Vec<f64> = equity.windows(2).map(of).collect();
        Some(Self {
            moments: trade_stats::moments(&returns)?,
            downside: trade_stats::downside_deviation(&returns, 0.0, 1.0)?,
            max_drawdown: trade_stats::max_drawdown(equity)?.fraction,
        })
    }
}

/// Statistics of an equity curve, taken while it grows: sums of powers of its returns, its peak, its deepest fall.
///
/// A bar at which equity stays changes nothing. The returns of an open position are taken four bars at a time; each of
/// the four has sums of its own, which are added at the end. The last bits thus depend on how the bars of a position are
/// cut into calls, and the kernel always cuts them in the same way.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    /// Equity at the last close.
    last: f64,
    peak: f64,
    /// Deepest fall from a peak, over that peak.
    max_drawdown: f64,
    /// Sums of the returns, of their squares, cubes and fourth powers.
    powers: [Four; 4],
    /// Sum of the squares of the returns below 0.
    downside: Four,
}

impl Curve {
    pub(crate) fn new(initial_cash: f64) -> Self {
        let zero = [0.0; LANES];
        Self { last: initial_cash, peak: initial_cash, max_drawdown: 0.0, powers: [zero; 4], downside: zero }
    }

    /// Equity at the last close.
    pub(crate) fn last(&self) -> f64 {
        self.last
    }

    /// The equity at the next close. Behind an equity of 0 or less there are no returns.
    pub(crate) fn mark(&mut self, equity: f64) {
        if self.last > 0.0 {
            self.take_one(equity, 0);
        }
    }

    /// The equity at the next closes, at which `lot` is open beside a balance of `balance`. Stops before the first at which
    /// nothing is left, and gives the number of closes before it.
    #[inline(always)]
    pub(crate) fn hold(&mut self, closes: &[f64], lot: &Lot, balance: f64) -> usize {
        let (fours, rest) = closes.as_chunks::<LANES>();
        for (index, closes) in fours.iter().enumerate() {
            let equity = worths(closes, lot, balance);
            if !all_positive(&equity) {
                return LANES * index + self.hold_one_by_one(&equity, LANES);
            }
            self.take(&equity);
        }
        let Some(&last) = rest.last() else { return closes.len() };
        let mut padded = [last; LANES];
        padded[..rest.len()].copy_from_slice(rest);
        let equity = worths(&padded, lot, balance);
        if !all_positive(&equity) {
            return LANES * fours.len() + self.hold_one_by_one(&equity, rest.len());
        }
        self.take(&equity);
        closes.len()
    }

    /// The figures of `n` returns, of which those at bars that were not taken are 0. `None` if the sums of powers have lost
    /// too many digits: where the returns vary little beside their mean, or are not finite.
    pub(crate) fn figures(&self, n: usize) -> Option<Figures> {
        let downside = (total(self.downside) / n as f64).sqrt();
        Some(Figures { moments: self.moments(n)?, downside, max_drawdown: self.max_drawdown })
    }

    fn moments(&self, n: usize) -> Option<Moments> {
        const DIGITS_LEFT: f64 = 1e-6;
        let count = n as f64;
        let [s1, s2, s3, s4] = self.powers.map(total);
        let mean = s1 / count;
        if s2 == 0.0 {
            return Some(Moments { n, mean, std: 0.0, skewness: None, kurtosis: None });
        }
        let squares = s2 - s1 * mean;
        if squares.is_nan() || squares < DIGITS_LEFT * s2 {
            return None;
        }
        let (m2, raw2, raw3, raw4) = (squares / count, s2 / count, s3 / count, s4 / count);
        let m3 = raw3 - 3.0 * mean * raw2 + 2.0 * mean * mean * mean;
        let m4 = raw4 - 4.0 * mean * raw3 + 6.0 * mean * mean * raw2 - 3.0 * mean * mean * mean * mean;
        let finite = |value: f64| value.is_finite().then_some(value);
        Some(Moments {
            n,
            mean: finite(mean)?,
            std: finite((squares / (count - 1.0)).sqrt())?,
            skewness: finite(m3 / (m2 * m2.sqrt())),
            kurtosis: finite(m4 / (m2 * m2)),
        })
    }

    #[inline(always)]
    fn take(&mut self, equity: &Four) {
        let before = [self.last, equity[0], equity[1], equity[2]];
        let mut returns = [0.0; LANES];
        for lane in 0..LANES {
            returns[lane] = equity[lane] / before[lane] - 1.0;
        }
        for (lane, value) in returns.into_iter().enumerate() {
            self.add(value, lane);
        }
        let peaks = self.peaks(equity);
        // The sign of a difference tells which is larger; gathered as bits, for which the order does not matter.
        let mut signs = 0;
        for lane in 0..LANES {
            signs |= (self.max_drawdown * peaks[lane] - (peaks[lane] - equity[lane])).to_bits();
        }
        if signs >> 63 == 1 {
            self.max_drawdown = deepest(*equity, peaks, self.max_drawdown);
        }
        (self.peak, self.last) = (peaks[LANES - 1], equity[LANES - 1]);
    }

    /// The highest equity up to each of the four.
    #[inline(always)]
    fn peaks(&self, equity: &Four) -> Four {
        let [a, b, c, d] = *equity;
        let (ab, cd) = (larger(a, b), larger(c, d));
        let peaks = [a, ab, larger(ab, c), larger(ab, cd)];
        [0, 1, 2, 3].map(
            #[inline(always)]
            |lane| larger(peaks[lane], self.peak),
        )
    }

    #[inline(always)]
    fn add(&mut self, value: f64, lane: usize) {
        let square = value * value;
        let [ones, twos, threes, fours] = &mut self.powers;
        ones[lane] += value;
        twos[lane] += square;
        threes[lane] += square * value;
        fours[lane] += square * square;
        self.downside[lane] += if value < 0.0 { square } else { 0.0 };
    }

    #[inline(always)]
    fn take_one(&mut self, equity: f64, lane: usize) {
        self.add(equity / self.last - 1.0, lane);
        self.peak = larger(equity, self.peak);
        self.max_drawdown = larger((self.peak - equity) / self.peak, self.max_drawdown);
        self.last = equity;
    }

    /// The first `n` of four closes, up to the one at which nothing is left.
    #[inline(always)]
    fn hold_one_by_one(&mut self, equity: &Four, n: usize) -> usize {
        for (lane, &equity) in equity[..n].iter().enumerate() {
            if equity.is_nan() || equity <= 0.0 {
                return lane;
            }
            self.take_one(equity, lane);
        }
        n
    }
}

/// The deepest fall, where one of four may be deeper than the one before.
#[cold]
#[inline(never)]
fn deepest(equity: Four, peaks: Four, before: f64) -> f64 {
    let falls = peaks.iter().zip(equity).map(|(peak, equity)| (peak - equity) / peak);
    falls.fold(before, |deepest, fall| larger(fall, deepest))
}

#[inline(always)]
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

#[inline(always)]
fn worths(closes: &Four, lot: &Lot, balance: f64) -> Four {
    let mut worths = [0.0; LANES];
    for lane in 0..LANES {
        worths[lane] = lot.worth(balance, closes[lane]);
    }
    worths
}

#[inline(always)]
fn all_positive(equity: &Four) -> bool {
    let mut all = true;
    for &equity in equity {
        all &= equity > 0.0;
    }
    all
}

fn total([a, b, c, d]: Four) -> f64 {
    (a + b) + (c + d)
}

#[cfg(test)]
mod tests {
    use broker::{Account, Bracket, Commission, Costs, Direction, LotAccount, Spread};

    use super::{Curve, Figures};

    fn account() -> LotAccount {
        let costs = Costs { commission: Commission::None, slippage_ticks: 0, spread: Spread::None };
        let account = Account { initial_cash: 1_000.0, tick_size: 0.01, quantity_step: 1.0, costs };
        let mut lots = LotAccount::new(&account).unwrap();
        lots.enter(Direction::Long, 10.0, Bracket::default()).unwrap();
        lots.fill(0, 100.0, 0.0);
        lots
    }

    fn walk(n: i32) -> Vec<f64> {
        (0..n).map(|bar| 100.0 + 7.0 * f64::from(bar * 37 % 11) - 3.0 * f64::from(bar * 53 % 7)).collect()
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-12 * b.abs().max(1e-3)
    }

    #[test]
    fn statistics_are_those_of_the_whole_curve() {
        let lots = account();
        let (closes, lot) = (walk(101), lots.lot().unwrap());
        let mut curve = Curve::new(1_000.0);
        assert_eq!(curve.hold(&closes[..30], lot, lots.balance()), 30);
        assert_eq!(curve.hold(&closes[30..], lot, lots.balance()), 71);
        curve.mark(900.0);
        let mut equity = vec![1_000.0];
        equity.extend(closes.iter().map(|&price| lots.equity(price)));
        equity.push(900.0);
        let (found, expected) = (curve.figures(102).unwrap(), Figures::of(&equity).unwrap());
        let (moments, kept) = (found.moments, expected.moments);
        assert!(close(moments.mean, kept.mean) && close(moments.std, kept.std), "{found:?} {expected:?}");
        assert!(close(moments.skewness.unwrap(), kept.skewness.unwrap()));
        assert!(close(moments.kurtosis.unwrap(), kept.kurtosis.unwrap()));
        assert!(close(found.downside, expected.downside));
        assert!(close(found.max_drawdown, expected.max_drawdown));
    }

    #[test]
    fn a_curve_ends_where_nothing_is_left() {
        let lots = account();
        for ruin in 0..9 {
            let mut closes = walk(9);
            closes[ruin] = 0.0;
            let mut curve = Curve::new(1_000.0);
            assert_eq!(curve.hold(&closes, lots.lot().unwrap(), lots.balance()), ruin);
        }
    }

    #[test]
    fn returns_that_hardly_vary_are_left_to_exact_sums() {
        let mut curve = Curve::new(1.0);
        let mut equity = 1.0;
        for _ in 0..39 {
            equity *= 1.5;
            curve.mark(equity);
        }
        assert!(curve.figures(39).is_none());
        assert_eq!(Curve::new(1.0).moments(5).map(|m| (m.mean, m.std, m.skewness)), Some((0.0, 0.0, None)));
    }
}
