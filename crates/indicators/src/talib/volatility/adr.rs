use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::oscillators::running::{LARGEST_WINDOW, PIECE, pieces, roll_up, unroll};

/// TA-Lib's average day range: the mean of high − low over the last n bars, from a running total.
#[derive(Clone, Debug)]
pub struct Adr {
    n: f64,
    ranges: Ring,
    /// Sum of the window without its oldest range, once it is full.
    total: f64,
}

constructor!(Adr(period: usize));
memory!(Adr { ranges, total });

impl Indicator<2, 1> for Adr {
    const NAME: &'static str = "adr";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self { n: args[0], ranges: Ring::new(args::bars(args, 0)), total: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        self.ranges.push(high - low);
        self.total += high - low;
        if !self.ranges.is_full() {
            return [f64::NAN];
        }
        let mean = self.total / self.n;
        self.total -= self.ranges.oldest();
        [mean]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let n = self.ranges.capacity();
        let start = if n > LARGEST_WINDOW { out.len() } else { (n - self.ranges.len()).min(out.len()) };
        step_each(self, inputs.map(|column| &column[..start]), [&mut out[..start]]);
        let mut ranges = [0.0; LARGEST_WINDOW + PIECE];
        let mut total = self.total;
        for bars in pieces(start, out.len()) {
            let [high, low] = inputs.map(|column| &column[bars.clone()]);
            let ranges = &mut ranges[..n + bars.len()];
            unroll(&self.ranges, ranges);
            for (bar, (mean, (&high, &low))) in out[bars].iter_mut().zip(high.iter().zip(low)).enumerate() {
                ranges[n + bar] = high - low;
                total += high - low;
                *mean = total / self.n;
                total -= ranges[1 + bar];
            }
            roll_up(&mut self.ranges, ranges);
        }
        self.total = total;
    }
}
