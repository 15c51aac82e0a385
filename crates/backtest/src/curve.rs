use broker::Lot;
use trade_stats::Moments;

/// Bars whose returns are taken together, each in sums of its own: two vectors, so that one need not wait for the other.
const LANES: usize = 8;
type Lanes = [f64; LANES];

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
/// A bar at which equity stays changes nothing. The returns of an open position are taken eight bars at a time; each of
/// the eight has sums of its own, which are added at the end. The last bits thus depend on how the bars of a position are
/// cut into calls, and the kernel always cuts them in the same way.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    /// Equity at the last close.
    last: f64,
    peak: f64,
    /// Deepest fall from a peak, over that peak.
    max_drawdown: f64,
    sums: Sums,
}

/// Sums over returns.
#[derive(Clone, Copy, Debug)]
struct Sums {
    /// Of the returns, their squares, cubes and fourth powers.
    powers: [Lanes; 4],
    /// Of the squares of the returns below 0.
    downside: Lanes,
}

impl Curve {
    pub(crate) fn new(initial_cash: f64) -> Self {
        let zero = [0.0; LANES];
        let sums = Sums { powers: [zero; 4], downside: zero };
        Self { last: initial_cash, peak: initial_cash, max_drawdown: 0.0, sums }
    }

    /// Equity at the last close.
    pub(crate) fn last(&self) -> f64 {
        self.last
    }

    /// The equity at the next close. Behind an equity of 0 or less there are no returns.
    pub(crate) fn mark(&mut self, equity: f64) {
        if self.last > 0.0 {
            self.sums.add(0, gain(self.last, equity));
            self.peak = larger(equity, self.peak);
            self.max_drawdown = larger(fall(self.peak, equity), self.max_drawdown);
            self.last = equity;
        }
    }

    /// The equity at the next closes, at which `lot` is open beside a balance of `balance`. Stops before the first at which
    /// nothing is left, and gives the number of closes before it.
    #[inline(always)]
    pub(crate) fn hold(&mut self, closes: &[f64], lot: &Lot, balance: f64) -> usize {
        let Some(&last) = closes.last() else { return 0 };
        let stretch = Stretch::over(&self.sums, self.last, closes, lot, balance);
        let (worst, best) = (stretch.worst(), stretch.best());
        if !(balance.is_finite() && worst > 0.0) {
            return self.hold_one_by_one(closes, lot, balance);
        }
        self.sums = stretch.sums;
        self.last = lot.worth(balance, last);
        if best <= self.peak {
            self.max_drawdown = larger(fall(self.peak, worst), self.max_drawdown);
        } else if best - worst > self.max_drawdown * best {
            self.climb(closes, lot, balance);
        } else {
            // No fall from a peak, old or new, can be as deep as one from the best to the worst.
            self.peak = best;
        }
        closes.len()
    }

    /// The figures of `n` returns, of which those at bars that were not taken are 0. `None` if the sums of powers have lost
    /// too many digits: where the returns vary little beside their mean, or are not finite.
    pub(crate) fn figures(&self, n: usize) -> Option<Figures> {
        let downside = (total(self.sums.downside) / n as f64).sqrt();
        Some(Figures { moments: self.moments(n)?, downside, max_drawdown: self.max_drawdown })
    }

    fn moments(&self, n: usize) -> Option<Moments> {
        const DIGITS_LEFT: f64 = 1e-6;
        let count = n as f64;
        let [s1, s2, s3, s4] = self.sums.powers.map(total);
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

    /// Peaks and falls of closes at which `lot` is open, one by one.
    #[cold]
    fn climb(&mut self, closes: &[f64], lot: &Lot, balance: f64) {
        for &close in closes {
            let equity = lot.worth(balance, close);
            self.peak = larger(equity, self.peak);
            self.max_drawdown = larger(fall(self.peak, equity), self.max_drawdown);
        }
    }

    /// Closes at some of which nothing is left; gives the number of those before.
    #[cold]
    fn hold_one_by_one(&mut self, closes: &[f64], lot: &Lot, balance: f64) -> usize {
        for (index, &close) in closes.iter().enumerate() {
            let equity = lot.worth(balance, close);
            if equity.is_nan() || equity <= 0.0 {
                return index;
            }
            self.mark(equity);
        }
        closes.len()
    }
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, lane: usize, gain: f64) {
        let square = gain * gain;
        let [ones, twos, threes, fours] = &mut self.powers;
        ones[lane] += gain;
        twos[lane] += square;
        threes[lane] = square.mul_add(gain, threes[lane]);
        fours[lane] = square.mul_add(square, fours[lane]);
        self.downside[lane] += if gain < 0.0 { square } else { 0.0 };
    }
}

/// A stretch of bars on which a position is open.
#[derive(Clone, Copy)]
struct Stretch {
    sums: Sums,
    /// Equity at the eight closes taken last.
    before: Lanes,
    /// Least equity.
    worst: Lanes,
    /// Most equity.
    best: Lanes,
}

impl Stretch {
    /// Adds the returns over `closes` to `sums`; `last` is the equity before the first of them.
    #[inline(always)]
    fn over(sums: &Sums, last: f64, closes: &[f64], lot: &Lot, balance: f64) -> Self {
        let (worst, best) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
        let mut stretch = Self { sums: *sums, before: [last; LANES], worst, best };
        let (eights, rest) = closes.as_chunks::<LANES>();
        for closes in eights {
            stretch.take(closes, lot, balance);
        }
        if let Some(&last) = rest.last() {
            // A close that is repeated brings no return.
            let mut padded = [last; LANES];
            padded[..rest.len()].copy_from_slice(rest);
            stretch.take(&padded, lot, balance);
        }
        stretch
    }

    #[inline(always)]
    fn take(&mut self, closes: &Lanes, lot: &Lot, balance: f64) {
        let mut equity = [0.0; LANES];
        for lane in 0..LANES {
            equity[lane] = lot.worth(balance, closes[lane]);
        }
        let mut before = [self.before[LANES - 1]; LANES];
        before[1..].copy_from_slice(&equity[..LANES - 1]);
        for lane in 0..LANES {
            self.sums.add(lane, gain(before[lane], equity[lane]));
            self.worst[lane] = smaller(equity[lane], self.worst[lane]);
            self.best[lane] = larger(equity[lane], self.best[lane]);
        }
        self.before = equity;
    }

    #[inline(always)]
    fn worst(&self) -> f64 {
        self.worst.into_iter().fold(f64::INFINITY, smaller)
    }

    #[inline(always)]
    fn best(&self) -> f64 {
        self.best.into_iter().fold(f64::NEG_INFINITY, larger)
    }
}

#[inline(always)]
fn gain(before: f64, equity: f64) -> f64 {
    (equity - before) / before
}

#[inline(always)]
fn fall(peak: f64, equity: f64) -> f64 {
    (peak - equity) / peak
}

#[inline(always)]
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

#[inline(always)]
fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

fn total([a, b, c, d, e, f, g, h]: Lanes) -> f64 {
    ((a + b) + (c + d)) + ((e + f) + (g + h))
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
