use super::running::{LARGEST_WINDOW, PIECE, Unrolled, pieces, roll_up, unroll};
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's money flow index: 100 · P / (P + N) with the sums P of the money flows on rising and N on falling typical
/// prices over the last n bars; a bar's money flow is its typical price (high + low + close)/3 times its volume.
///
/// The sums are running totals, the oldest flow subtracted before the newest is added; P is cut to 0 … P + N, so that
/// rounding does not lead out of 0 … 100. A change below 10⁻¹⁴ of the two prices added counts as none, and behind n bars
/// without a flow the sums begin anew at 0; no flow gives 0.
#[derive(Clone, Debug)]
pub struct Mfi {
    has_previous: bool,
    previous: f64,
    rising: Ring,
    falling: Ring,
    sums: Sums,
}

constructor!(Mfi(period: usize));
memory!(Mfi { has_previous, previous, rising, falling, sums });

#[inline(always)]
fn typical([high, low, close]: [f64; 3]) -> f64 {
    (high + low + close) / 3.0
}

/// The money flow of a rising and of a falling bar, of which one is 0.
#[inline(always)]
fn flows(typical: f64, previous: f64, volume: f64) -> (f64, f64) {
    let change = typical - previous;
    let still = change.abs() <= 1e-14 * (typical.abs() + previous.abs());
    let flow = if still { 0.0 } else { typical * volume };
    if change < 0.0 { (0.0, flow) } else { (flow, 0.0) }
}

#[derive(Clone, Copy, Debug)]
struct Sums {
    n: usize,
    inflow: f64,
    outflow: f64,
    /// Bars without a flow in a row, counted to n.
    idle: usize,
}

memory!(Sums { inflow, outflow, idle });

impl Sums {
    #[inline(always)]
    fn replace(&mut self, oldest: (f64, f64), newest: (f64, f64)) {
        self.inflow = self.inflow - oldest.0 + newest.0;
        self.outflow = self.outflow - oldest.1 + newest.1;
        self.idle = if newest.0 + newest.1 == 0.0 { self.idle + 1 } else { 0 };
        if self.idle >= self.n {
            *self = self.emptied();
        }
    }

    /// Out of line, so that the sums do not wait for the count.
    #[cold]
    #[inline(never)]
    fn emptied(self) -> Self {
        Self { inflow: 0.0, outflow: 0.0, idle: self.n, ..self }
    }

    #[inline(always)]
    fn percent(&self) -> f64 {
        let total = self.inflow + self.outflow;
        let inflow = if self.inflow > total { total } else { self.inflow };
        let inflow = if inflow < 0.0 { 0.0 } else { inflow };
        if total <= 0.0 { 0.0 } else { 100.0 * (inflow / total) }
    }
}

impl Mfi {
    /// At most [`PIECE`] bars behind full windows.
    #[inline(always)]
    fn run_piece(
        &mut self,
        [high, low, close, volume]: [&[f64]; 4],
        out: &mut [f64],
        [rising, falling]: &mut [Unrolled; 2],
    ) {
        let (n, n_bars) = (self.rising.capacity(), out.len());
        let (rising, falling) = (&mut rising[..n + n_bars], &mut falling[..n + n_bars]);
        unroll(&self.rising, rising);
        unroll(&self.falling, falling);
        for (price, (&high, (&low, &close))) in out.iter_mut().zip(high.iter().zip(low.iter().zip(close))) {
            *price = typical([high, low, close]);
        }
        (rising[n], falling[n]) = flows(out[0], self.previous, volume[0]);
        let prices = out.iter().zip(&out[1..]).zip(&volume[1..]);
        for ((rising, falling), ((&previous, &typical), &volume)) in
            rising[n + 1..].iter_mut().zip(&mut falling[n + 1..]).zip(prices)
        {
            (*rising, *falling) = flows(typical, previous, volume);
        }
        self.previous = out[n_bars - 1];
        let mut sums = self.sums;
        let oldest = rising.iter().zip(&*falling);
        for (value, (oldest, newest)) in out.iter_mut().zip(oldest.zip(rising[n..].iter().zip(&falling[n..]))) {
            sums.replace((*oldest.0, *oldest.1), (*newest.0, *newest.1));
            *value = sums.percent();
        }
        self.sums = sums;
        roll_up(&mut self.rising, rising);
        roll_up(&mut self.falling, falling);
    }
}

impl Indicator<4, 1> for Mfi {
    const NAME: &'static str = "mfi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        Self {
            has_previous: false,
            previous: 0.0,
            rising: Ring::new(n),
            falling: Ring::new(n),
            sums: Sums { n, inflow: 0.0, outflow: 0.0, idle: 0 },
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close, volume]: [f64; 4]) -> [f64; 1] {
        let typical = typical([high, low, close]);
        let newest = flows(typical, self.previous, volume);
        self.previous = typical;
        if !self.has_previous {
            self.has_previous = true;
            return [f64::NAN];
        }
        let oldest = (self.rising.push(newest.0), self.falling.push(newest.1));
        self.sums.replace(oldest, newest);
        [if self.rising.is_full() { self.sums.percent() } else { f64::NAN }]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 4], [out]: [&mut [f64]; 1]) {
        let n = self.rising.capacity();
        let missing = n - self.rising.len() + usize::from(!self.has_previous);
        let start = if n > LARGEST_WINDOW { out.len() } else { missing.min(out.len()) };
        step_each(self, inputs.map(|column| &column[..start]), [&mut out[..start]]);
        let mut scratch = [[0.0; LARGEST_WINDOW + PIECE]; 2];
        for bars in pieces(start, out.len()) {
            self.run_piece(inputs.map(|column| &column[bars.clone()]), &mut out[bars], &mut scratch);
        }
    }
}
