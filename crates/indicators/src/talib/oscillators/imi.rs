use super::running::{LARGEST_WINDOW, PIECE, Unrolled, pieces, roll_up, sums, unroll};
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's intraday momentum index: 100 · G / (G + L) with the sums G of close − open over the rising and L of
/// open − close over the falling of the last n bars.
///
/// The sums are added up anew at every bar, the oldest first. Bars that all closed where they opened give 50.
#[derive(Clone, Debug)]
pub struct Imi {
    bodies: Ring,
}

constructor!(Imi(period: usize));
memory!(Imi { bodies });

/// What a bar adds to the sums of rises and of falls.
#[inline(always)]
fn split(body: f64) -> (f64, f64) {
    let rise = (body + body.abs()) * 0.5;
    (rise, rise - body)
}

#[inline(always)]
fn index(rises: f64, falls: f64) -> f64 {
    let total = rises + falls;
    if total == 0.0 { 50.0 } else { 100.0 * (rises / total) }
}

impl Imi {
    /// At most [`PIECE`] bars behind a full window.
    #[inline(always)]
    fn run_piece(&mut self, [open, close]: [&[f64]; 2], out: &mut [f64], scratch: &mut [Unrolled; 3]) {
        let n = self.bodies.capacity();
        let [bodies, rises, falls] = scratch.each_mut().map(|column| &mut column[..n + out.len()]);
        unroll(&self.bodies, bodies);
        for ((body, &open), &close) in bodies[n..].iter_mut().zip(open).zip(close) {
            *body = close - open;
        }
        roll_up(&mut self.bodies, bodies);
        for ((rise, fall), &body) in rises.iter_mut().zip(&mut *falls).zip(&*bodies) {
            (*rise, *fall) = split(body);
        }
        sums(&rises[1..], n, out);
        let total_falls = &mut bodies[..out.len()];
        sums(&falls[1..], n, total_falls);
        for (value, &falls) in out.iter_mut().zip(&*total_falls) {
            *value = index(*value, falls);
        }
    }
}

impl Indicator<2, 1> for Imi {
    const NAME: &'static str = "imi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self { bodies: Ring::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [open, close]: [f64; 2]) -> [f64; 1] {
        self.bodies.push(close - open);
        if !self.bodies.is_full() {
            return [f64::NAN];
        }
        let (mut rises, mut falls) = (0.0, 0.0);
        for body in self.bodies.iter() {
            let (rise, fall) = split(body);
            rises += rise;
            falls += fall;
        }
        [index(rises, falls)]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let n = self.bodies.capacity();
        let missing = n - self.bodies.len();
        let start = if n > LARGEST_WINDOW { out.len() } else { missing.min(out.len()) };
        step_each(self, inputs.map(|column| &column[..start]), [&mut out[..start]]);
        let mut scratch = [[0.0; LARGEST_WINDOW + PIECE]; 3];
        for bars in pieces(start, out.len()) {
            self.run_piece(inputs.map(|column| &column[bars.clone()]), &mut out[bars], &mut scratch);
        }
    }
}
