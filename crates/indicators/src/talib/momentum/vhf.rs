use super::batch::step_first;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's vertical horizontal filter: (highest − lowest of the last n prices) / sum of the last n changes without
/// their signs; 0 where the price has not moved.
///
/// The sum is made anew on each bar, from the oldest change to the newest, so that it carries no rounding errors along.
#[derive(Clone, Debug)]
pub struct Vhf {
    /// The last n + 1 prices.
    prices: Ring,
}

/// Bars that are computed side by side.
const LANES: usize = 16;

constructor!(Vhf(period: usize));
memory!(Vhf { prices });

impl Indicator<1, 1> for Vhf {
    const NAME: &'static str = "vhf";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { prices: Ring::new(args::bars(args, 0) + 1) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        self.prices.push(price);
        if !self.prices.is_full() {
            return [f64::NAN];
        }
        let mut lane = Lanes::<1>::new([price]);
        let mut prices = self.prices.iter();
        let mut before = prices.next().unwrap_or(price);
        for price in prices {
            lane.take([before], [price]);
            before = price;
        }
        lane.values()
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let window = self.prices.capacity();
        let n_first = prices.len().min(window);
        step_first(self, n_first, [prices], &mut [&mut *out]);
        if n_first == prices.len() {
            return;
        }
        let mut bar = n_first;
        while bar + LANES <= prices.len() {
            out[bar..bar + LANES].copy_from_slice(&side_by_side::<LANES>(&prices[bar + 1 - window..bar + LANES]));
            bar += LANES;
        }
        for bar in bar..prices.len() {
            [out[bar]] = side_by_side::<1>(&prices[bar + 1 - window..=bar]);
        }
        self.prices.extend(&prices[n_first..]);
    }
}

/// The values of the last `N` bars.
#[inline(always)]
fn side_by_side<const N: usize>(prices: &[f64]) -> [f64; N] {
    let mut windows = prices.windows(N);
    let lanes_of = |window: &[f64]| std::array::from_fn(|lane| window[lane]);
    let mut before: [f64; N] = windows.next().map_or([0.0; N], lanes_of);
    let mut lanes = Lanes::new(std::array::from_fn(|lane| prices[prices.len() - N + lane]));
    for window in windows {
        let price = lanes_of(window);
        lanes.take(before, price);
        before = price;
    }
    lanes.values()
}

/// What is known of `N` windows.
#[derive(Clone, Copy)]
struct Lanes<const N: usize> {
    highest: [f64; N],
    lowest: [f64; N],
    way: [f64; N],
}

impl<const N: usize> Lanes<N> {
    #[inline(always)]
    fn new(newest: [f64; N]) -> Self {
        Self { highest: newest, lowest: newest, way: [0.0; N] }
    }

    #[inline(always)]
    fn take(&mut self, before: [f64; N], price: [f64; N]) {
        for lane in 0..N {
            let (before, price) = (before[lane], price[lane]);
            self.way[lane] += (price - before).abs();
            self.highest[lane] = if price > self.highest[lane] { price } else { self.highest[lane] };
            self.lowest[lane] = if price < self.lowest[lane] { price } else { self.lowest[lane] };
        }
    }

    #[inline(always)]
    fn values(&self) -> [f64; N] {
        std::array::from_fn(|lane| {
            let (range, way) = (self.highest[lane] - self.lowest[lane], self.way[lane]);
            if way > 0.0 { range / way } else { 0.0 }
        })
    }
}
