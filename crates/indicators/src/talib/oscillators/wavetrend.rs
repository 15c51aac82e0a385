use super::running::{LARGEST_WINDOW, PIECE, pieces, roll_up, unroll};
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::Ema;

/// TA-Lib's wave trend oscillator: the typical price's distance from its exponential average, divided by 0.015 of the
/// average distance, smoothed by an exponential average (`wt1`), and a simple average of that (`wt2`).
///
/// Where neither the typical price nor its average has moved since the bar before, the distance counts as 0; without
/// any distance the quotient is 0. Both outputs begin together.
#[derive(Clone, Debug)]
pub struct Wavetrend {
    n: f64,
    channel: Channel,
    average: Ema,
    waves: Ring,
    /// Sum of the waves without the oldest, once there are n.
    total: f64,
}

constructor!(Wavetrend(channel_period: usize, average_period: usize, signal: usize));
memory!(Wavetrend { channel, average, waves, total });

/// The channel around the price.
#[derive(Clone, Debug)]
struct Channel {
    middle: Ema,
    deviation: Ema,
    /// Whether there was a middle before.
    has_previous: bool,
    previous: f64,
    previous_middle: f64,
}

memory!(Channel { middle, deviation, has_previous, previous, previous_middle });

impl Channel {
    /// The distance of the price from the middle, and what it is divided by, NaN until it is there.
    #[inline(always)]
    fn step(&mut self, price: f64) -> (f64, f64) {
        let [middle] = self.middle.step([price]);
        if middle.is_nan() {
            return (middle, middle);
        }
        #[expect(clippy::float_cmp, reason = "whether it is the very number of the bar before")]
        let is_still = self.has_previous && price == self.previous && middle == self.previous_middle;
        (self.has_previous, self.previous, self.previous_middle) = (true, price, middle);
        let distance = if is_still { 0.0 } else { price - middle };
        let [deviation] = self.deviation.step([distance.abs()]);
        (distance, 0.015 * deviation)
    }
}

#[inline(always)]
fn typical([high, low, close]: [f64; 3]) -> f64 {
    (high + low + close) / 3.0
}

#[inline(always)]
fn quotient(distance: f64, scale: f64) -> f64 {
    if scale > 0.0 { distance / scale } else { 0.0 }
}

impl Wavetrend {
    /// At most [`PIECE`] bars behind a full window. Divisions stand in loops of their own, which are compiled to
    /// vectors.
    #[inline(always)]
    fn run_piece(&mut self, [high, low, close]: [&[f64]; 3], [wt1, wt2]: [&mut [f64]; 2], waves: &mut [f64]) {
        let n = self.waves.capacity();
        for (price, (&high, (&low, &close))) in wt1.iter_mut().zip(high.iter().zip(low.iter().zip(close))) {
            *price = typical([high, low, close]);
        }
        // Copies that nothing else can see are kept in registers.
        let (mut channel, mut average, mut total) = (self.channel.clone(), self.average.clone(), self.total);
        for (value, scale) in wt1.iter_mut().zip(&mut *wt2) {
            (*value, *scale) = channel.step(*value);
        }
        for (value, &scale) in wt1.iter_mut().zip(&*wt2) {
            *value = quotient(*value, scale);
        }
        let waves = &mut waves[..n + wt1.len()];
        unroll(&self.waves, waves);
        for (bar, (wave, sum)) in wt1.iter_mut().zip(&mut *wt2).enumerate() {
            [*wave] = average.step([*wave]);
            waves[n + bar] = *wave;
            total += *wave;
            *sum = total;
            total -= waves[1 + bar];
        }
        roll_up(&mut self.waves, waves);
        for mean in wt2 {
            *mean /= self.n;
        }
        (self.channel, self.average, self.total) = (channel, average, total);
    }
}

impl Indicator<3, 2> for Wavetrend {
    const NAME: &'static str = "wavetrend";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self {
            n: args[2],
            channel: Channel {
                middle: Ema::build(&args[..1]),
                deviation: Ema::build(&args[..1]),
                has_previous: false,
                previous: 0.0,
                previous_middle: 0.0,
            },
            average: Ema::build(&args[1..2]),
            waves: Ring::new(args::bars(args, 2)),
            total: 0.0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [2 * (args::bars(args, 0) - 1) + args::bars(args, 1) - 1 + args::bars(args, 2) - 1; 2]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 2] {
        let (distance, scale) = self.channel.step(typical(bar));
        if scale.is_nan() {
            return [f64::NAN; 2];
        }
        let [wave] = self.average.step([quotient(distance, scale)]);
        if wave.is_nan() {
            return [f64::NAN; 2];
        }
        self.waves.push(wave);
        self.total += wave;
        if !self.waves.is_full() {
            return [f64::NAN; 2];
        }
        let mean = self.total / self.n;
        self.total -= self.waves.oldest();
        [wave, mean]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [wt1, wt2]: [&mut [f64]; 2]) {
        let n = self.waves.capacity();
        let mut start = 0;
        while start < wt1.len() && (n > LARGEST_WINDOW || !self.waves.is_full()) {
            [wt1[start], wt2[start]] = self.step(inputs.map(|column| column[start]));
            start += 1;
        }
        let mut waves = [0.0; LARGEST_WINDOW + PIECE];
        for bars in pieces(start, wt1.len()) {
            let outputs = [&mut wt1[bars.clone()], &mut wt2[bars.clone()]];
            self.run_piece(inputs.map(|column| &column[bars.clone()]), outputs, &mut waves);
        }
    }
}
