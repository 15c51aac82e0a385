use crate::args;
use crate::buffers::{BLOCK, Buffers};
use crate::fast::join::{self, Add, Most};
use crate::fast::window::Window;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;

/// Below this part of the prices the range between highest and lowest is noise; the limit is TA-Lib's.
const NO_RANGE: f64 = 1e-14;

/// Slow stochastic: where the close stands in the range of the last bars, in percent; its mean over some bars (K), and
/// the mean of K (D). A window without range counts as 0.
///
/// With a close that is between high and low, both stay between 0 and 100.
#[derive(Clone, Debug)]
pub struct Stochastic {
    lookback: usize,
    /// What the sums of positions are multiplied by: not above 1/n, so that no mean exceeds 100.
    weights: [f64; 2],
    /// Bars so far, up to the lookback.
    seen: usize,
    highest: Window<Most>,
    /// Of the lows with the sign changed.
    lowest: Window<Most>,
    positions: Window<Add>,
    smoothed: Window<Add>,
}

constructor!(Stochastic(k_period: usize, k_smoothing: usize, d_period: usize));
memory!(Stochastic { seen, highest, lowest, positions, smoothed });

/// Where `close` stands between `lowest` and `highest`, in percent.
#[inline(always)]
fn position(highest: f64, lowest: f64, close: f64) -> f64 {
    let range = highest - lowest;
    let position = 100.0 * ((close - lowest) / range);
    if range.abs() <= NO_RANGE * (highest.abs() + lowest.abs()) { 0.0 } else { position }
}

/// The largest number that does not exceed 1/n and whose product with 100 · n does not exceed 100.
fn weight(n: f64) -> f64 {
    let weight = 1.0 / n;
    if 100.0 * n * weight > 100.0 { weight.next_down() } else { weight }
}

impl Indicator<3, 2> for Stochastic {
    const NAME: &'static str = "stochastic";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 8192;

    fn build(args: &[f64]) -> Self {
        let [k_period, k_smoothing, d_period] = [0, 1, 2].map(|index| args::bars(args, index));
        Self {
            lookback: Self::lookback(args)[0],
            weights: [weight(args[1]), weight(args[2])],
            seen: 0,
            highest: Window::new(k_period),
            lowest: Window::new(k_period),
            positions: Window::new(k_smoothing),
            smoothed: Window::new(d_period),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0) + args::bars(args, 1) + args::bars(args, 2) - 3; 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 2] {
        let (highest, lowest) = (self.highest.step(high), -self.lowest.step(-low));
        let k = self.positions.step(position(highest, lowest, close)) * self.weights[0];
        let d = self.smoothed.step(k) * self.weights[1];
        if self.seen < self.lookback {
            self.seen += 1;
            return [f64::NAN; 2];
        }
        [k, d]
    }

    #[inline(always)]
    fn run_known(&mut self, bars: [&[f64]; 3], outputs: [&mut [f64]; 2]) {
        let n_bars = bars[0].len();
        // What lies before the first whole windows in the inputs.
        let first = self.lookback.min(n_bars);
        let [k, d] = outputs;
        step_each(self, bars.map(|column| &column[..first]), [&mut k[..first], &mut d[..first]]);
        if first == n_bars {
            return;
        }
        let mut buffers = Buffers::take();
        let length = BLOCK.max(2 * self.lookback);
        for start in (first..n_bars).step_by(length) {
            let end = n_bars.min(start + length);
            let columns = buffers.columns(end - start + self.lookback);
            self.block(
                bars.map(|column| &column[start - self.lookback..end]),
                [&mut k[start..end], &mut d[start..end]],
                columns,
            );
        }
        buffers.give_back();
        self.take_up(bars.map(|column| &column[n_bars - self.lookback - 1..]));
    }
}

impl Stochastic {
    /// The last of the bars, as many as there are outputs; before them there are as many as the lookback has, and the
    /// buffers have places for all.
    #[inline(always)]
    fn block(&self, bars: [&[f64]; 3], [k, d]: [&mut [f64]; 2], buffers: [&mut [f64]; 5]) {
        let [high, low, close] = bars;
        let [minus, highest, lowest, positions, smoothed] = buffers;
        for (minus, low) in minus.iter_mut().zip(low) {
            *minus = -low;
        }
        let whole = close.len() + 1 - self.highest.len();
        let (highest, lowest, positions) = (&mut highest[..whole], &mut lowest[..whole], &mut positions[..whole]);
        join::windows::<Most>(self.lowest.len(), minus, -1.0, lowest);
        join::windows::<Most>(self.highest.len(), high, 1.0, highest);
        let ranges = highest.iter().zip(&*lowest);
        let close = &close[close.len() - whole..];
        for ((at, (&highest, &lowest)), &close) in positions.iter_mut().zip(ranges).zip(close) {
            *at = position(highest, lowest, close);
        }
        let smoothed = &mut smoothed[..whole + 1 - self.positions.len()];
        join::windows::<Add>(self.positions.len(), positions, self.weights[0], smoothed);
        join::windows::<Add>(self.smoothed.len(), smoothed, self.weights[1], d);
        k.copy_from_slice(&smoothed[smoothed.len() - k.len()..]);
    }

    /// Takes bars of which only the state is wanted, enough to fill all windows.
    #[inline(never)]
    fn take_up(&mut self, [high, low, close]: [&[f64]; 3]) {
        for ((&high, &low), &close) in high.iter().zip(low).zip(close) {
            self.step([high, low, close]);
        }
    }
}
