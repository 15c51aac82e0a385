use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::Ema;
use crate::talib::oscillators::running::{LARGEST_WINDOW, PIECE, pieces, roll_up, unroll};
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's mass index: the sum over `slow` bars of the exponential average of high − low, divided by the exponential
/// average of that average, both over `fast` bars.
///
/// The sum is a running total: the newest quotient is added, and behind the output the oldest is subtracted. A divisor
/// of 0 gives the quotient 1.
#[derive(Clone, Debug)]
pub struct Massi {
    averages: Averages,
    quotients: Ring,
    /// Sum of the window without its oldest quotient, once it is full.
    total: f64,
}

constructor!(Massi(fast: usize, slow: usize));
memory!(Massi { averages, quotients, total });

#[derive(Clone, Debug)]
struct Averages {
    first: Smoothing,
    second: Smoothing,
}

memory!(Averages { first, second });

impl Averages {
    /// The quotient of the averages, NaN until they are there.
    #[inline(always)]
    fn step(&mut self, range: f64) -> f64 {
        let first = self.first.step(range);
        if first.is_nan() {
            return first;
        }
        quotient(first, self.second.step(first))
    }

    /// [`Averages::step`] where both averages have values.
    #[inline(always)]
    fn follow(&mut self, range: f64) -> f64 {
        let first = self.first.follow(range);
        quotient(first, self.second.follow(first))
    }
}

impl Indicator<2, 1> for Massi {
    const NAME: &'static str = "massi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(args: &[f64]) -> Self {
        let average = Smoothing::exponential(args::bars(args, 0));
        Self {
            averages: Averages { first: average, second: average },
            quotients: Ring::new(args::bars(args, 1)),
            total: 0.0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [2 * Ema::lookback(&args[..1])[0] + args::bars(args, 1) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        let quotient = self.averages.step(high - low);
        if quotient.is_nan() {
            return [quotient];
        }
        self.quotients.push(quotient);
        self.total += quotient;
        if !self.quotients.is_full() {
            return [f64::NAN];
        }
        let sum = self.total;
        self.total -= self.quotients.oldest();
        [sum]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let n = self.quotients.capacity();
        let mut start = 0;
        while start < out.len() && (n > LARGEST_WINDOW || !self.quotients.is_full()) {
            [out[start]] = self.step(inputs.map(|column| column[start]));
            start += 1;
        }
        if self.averages.second.is_seeded() {
            self.run_full(inputs, start, out, Averages::follow);
        } else {
            self.run_full(inputs, start, out, Averages::step);
        }
    }
}

#[inline(always)]
fn quotient(first: f64, second: f64) -> f64 {
    if second == 0.0 { 1.0 } else { first / second }
}

impl Massi {
    /// The bars from `start` on, before which the window is full; `quotient` takes a range.
    #[inline(always)]
    fn run_full(
        &mut self,
        inputs: [&[f64]; 2],
        start: usize,
        out: &mut [f64],
        quotient: impl Fn(&mut Averages, f64) -> f64,
    ) {
        let n = self.quotients.capacity();
        let mut quotients = [0.0; LARGEST_WINDOW + PIECE];
        // Copies that nothing else can see are kept in registers.
        let (mut averages, mut total) = (self.averages.clone(), self.total);
        for bars in pieces(start, out.len()) {
            let [high, low] = inputs.map(|column| &column[bars.clone()]);
            let quotients = &mut quotients[..n + bars.len()];
            unroll(&self.quotients, quotients);
            for (bar, (sum, (&high, &low))) in out[bars].iter_mut().zip(high.iter().zip(low)).enumerate() {
                let quotient = quotient(&mut averages, high - low);
                quotients[n + bar] = quotient;
                total += quotient;
                *sum = total;
                total -= quotients[1 + bar];
            }
            roll_up(&mut self.quotients, quotients);
        }
        (self.averages, self.total) = (averages, total);
    }
}
