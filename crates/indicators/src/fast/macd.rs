use crate::args;
use crate::fast::scan::{Decay, Scan};
use crate::fast::vector::{each, in_eights};
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// Moving average convergence/divergence, begun as TA-Lib begins it: the exponential average of the shorter period minus
/// that of the longer one (the line), the exponential average of the line (the signal), and line minus signal (the
/// histogram).
///
/// The two price averages are started so that their first means end at the same bar. All three outputs begin together.
/// A fast period beyond the slow one is swapped with it.
#[derive(Clone, Debug)]
pub struct Macd {
    n_fast: usize,
    n_slow: usize,
    n_signal: usize,
    /// Of the fast average, the slow one and the signal.
    decays: [Decay; 3],
    alphas: [f64; 3],
    /// Prices so far, up to those before the first values.
    seen: usize,
    place: usize,
    first_sums: [f64; 3],
    scans: [Scan; 3],
}

constructor!(Macd(fast: usize, slow: usize, signal: usize));
memory!(Macd { seen, place, first_sums, scans });

impl Macd {
    /// Prices before the first values, and the one of those.
    fn seeds(&self) -> usize {
        self.n_slow + self.n_signal - 1
    }

    /// The bars up to the first values: means, then averages that begin an eight with each bar.
    #[inline(never)]
    fn seed(&mut self, price: f64) -> [f64; 3] {
        self.seen += 1;
        let mut line = f64::NAN;
        if self.seen <= self.n_slow {
            self.first_sums[1] += price;
            if self.seen > self.n_slow - self.n_fast {
                self.first_sums[0] += price;
            }
            if self.seen == self.n_slow {
                let [fast, slow] = [self.first_sums[0] / self.n_fast as f64, self.first_sums[1] / self.n_slow as f64];
                self.scans[0].begin(fast);
                self.scans[1].begin(slow);
                line = fast - slow;
            }
        } else {
            let [fast, slow] = [0, 1].map(|average| {
                let scan = &mut self.scans[average];
                let value = scan.step(&self.decays[average], 0, self.alphas[average] * price);
                scan.begin(value);
                value
            });
            line = fast - slow;
        }
        if self.seen < self.n_slow {
            return [line; 3];
        }
        self.first_sums[2] += line;
        if self.seen < self.seeds() {
            return [f64::NAN; 3];
        }
        let signal = self.first_sums[2] / self.n_signal as f64;
        self.scans[2].begin(signal);
        [line, signal, line - signal]
    }
}

/// The shorter and the longer of the first two periods.
fn in_order(args: &[f64]) -> (usize, usize) {
    let (fast, slow) = (args::bars(args, 0), args::bars(args, 1));
    (fast.min(slow), fast.max(slow))
}

impl Indicator<1, 3> for Macd {
    const NAME: &'static str = "macd";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let ((n_fast, n_slow), n_signal) = (in_order(args), args::bars(args, 2));
        let q = [n_fast, n_slow, n_signal].map(|n| (n as f64 - 1.0) / (n as f64 + 1.0));
        Self {
            n_fast,
            n_slow,
            n_signal,
            decays: q.map(Decay::new),
            alphas: q.map(|q| 1.0 - q),
            seen: 0,
            place: 0,
            first_sums: [0.0; 3],
            scans: [Scan::default(); 3],
        }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let (_, slow) = in_order(args);
        [slow + args::bars(args, 2) - 2; 3]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 3] {
        if self.seen < self.seeds() {
            return self.seed(price);
        }
        let ([fast, slow, signal], place) = (&mut self.scans, self.place);
        let fast = fast.step(&self.decays[0], place, self.alphas[0] * price);
        let slow = slow.step(&self.decays[1], place, self.alphas[1] * price);
        let line = fast - slow;
        let signal = signal.step(&self.decays[2], place, self.alphas[2] * line);
        self.place = (place + 1) & 7;
        [line, signal, line - signal]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], outputs: [&mut [f64]; 3]) {
        let head = self.seeds() - self.seen + (8 - self.place) % 8;
        in_eights(
            self,
            head,
            [prices],
            outputs,
            #[inline(always)]
            |state, [prices], [lines, signals, histograms]| {
                let (decays, alphas, mut scans) = (state.decays, state.alphas, state.scans);
                for (((prices, line), signal), histogram) in prices.iter().zip(lines).zip(signals).zip(histograms) {
                    let fast = scans[0].eight(
                        &decays[0],
                        &each(
                            #[inline(always)]
                            |lane| alphas[0] * prices[lane],
                        ),
                    );
                    let slow = scans[1].eight(
                        &decays[1],
                        &each(
                            #[inline(always)]
                            |lane| alphas[1] * prices[lane],
                        ),
                    );
                    let both = each(
                        #[inline(always)]
                        |lane| fast[lane] - slow[lane],
                    );
                    let smooth = scans[2].eight(
                        &decays[2],
                        &each(
                            #[inline(always)]
                            |lane| alphas[2] * both[lane],
                        ),
                    );
                    *histogram = each(
                        #[inline(always)]
                        |lane| both[lane] - smooth[lane],
                    );
                    *line = both;
                    *signal = smooth;
                }
                state.scans = scans;
            },
        );
    }
}
