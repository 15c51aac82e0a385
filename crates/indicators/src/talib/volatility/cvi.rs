use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::Ema;
use crate::talib::oscillators::running::{LARGEST_WINDOW, PIECE, pieces, roll_up, unroll};
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's Chaikin volatility: by how many percent the exponential average of high − low has changed in `roc_period`
/// bars. From an average of 0 it is 0.
#[derive(Clone, Debug)]
pub struct Cvi {
    average: Smoothing,
    averages: Ring,
}

constructor!(Cvi(period: usize, roc_period: usize));
memory!(Cvi { average, averages });

#[inline(always)]
fn change(average: f64, before: f64) -> f64 {
    if before == 0.0 { 0.0 } else { 100.0 * ((average - before) / before) }
}

impl Indicator<2, 1> for Cvi {
    const NAME: &'static str = "cvi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(args: &[f64]) -> Self {
        Self { average: Smoothing::exponential(args::bars(args, 0)), averages: Ring::new(args::bars(args, 1)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [Ema::lookback(&args[..1])[0] + args::bars(args, 1)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        let average = self.average.step(high - low);
        if average.is_nan() {
            return [average];
        }
        let is_full = self.averages.is_full();
        let before = self.averages.push(average);
        [if is_full { change(average, before) } else { f64::NAN }]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let n = self.averages.capacity();
        let mut start = 0;
        while start < out.len() && (n > LARGEST_WINDOW || !self.averages.is_full()) {
            [out[start]] = self.step(inputs.map(|column| column[start]));
            start += 1;
        }
        if self.average.is_seeded() {
            self.run_full(inputs, start, out, Smoothing::follow);
        } else {
            self.run_full(inputs, start, out, Smoothing::step);
        }
    }
}

impl Cvi {
    /// The bars from `start` on, before which the window is full; `next` takes a range.
    #[inline(always)]
    fn run_full(
        &mut self,
        inputs: [&[f64]; 2],
        start: usize,
        out: &mut [f64],
        next: impl Fn(&mut Smoothing, f64) -> f64,
    ) {
        let n = self.averages.capacity();
        let mut averages = [0.0; LARGEST_WINDOW + PIECE];
        // A copy that nothing else can see is kept in registers.
        let mut average = self.average;
        for bars in pieces(start, out.len()) {
            let [high, low] = inputs.map(|column| &column[bars.clone()]);
            let (averages, out) = (&mut averages[..n + bars.len()], &mut out[bars]);
            unroll(&self.averages, averages);
            for (bar, (value, (&high, &low))) in out.iter_mut().zip(high.iter().zip(low)).enumerate() {
                let average = next(&mut average, high - low);
                averages[n + bar] = average;
                *value = change(average, averages[bar]);
            }
            roll_up(&mut self.averages, averages);
        }
        self.average = average;
    }
}
