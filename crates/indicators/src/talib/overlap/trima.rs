use crate::args;
use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::ring::Ring;

/// TA-Lib's triangular moving average: weights rise by 1 up to the middle of the window and fall by 1 behind it.
///
/// Three running sums are carried from bar to bar: of the weighted window, of its older half, from which each value
/// loses 1 of its weight, and of its newer half, to which each value adds 1.
#[derive(Clone, Debug)]
pub struct Trima {
    /// 1 by the sum of the weights.
    factor: f64,
    is_odd: bool,
    /// Age of the value that changes from the newer half to the older one.
    middle: usize,
    window: Ring,
    has_sums: bool,
    sums: Sums,
}

constructor!(Trima(period: usize));
memory!(Trima { window, has_sums, sums });

#[derive(Clone, Copy, Debug)]
struct Sums {
    weighted: f64,
    older: f64,
    newer: f64,
}

memory!(Sums { weighted, older, newer });

impl Sums {
    /// The sums of the first full window: the older half from the middle back, the newer half from there on.
    fn of(window: &Ring, middle: usize) -> Self {
        let n = window.capacity();
        let (mut weighted, mut older, mut newer) = (0.0, 0.0, 0.0);
        for age in middle..n {
            older += window.back(age);
            weighted += older;
        }
        for value in window.iter().skip(n - middle) {
            newer += value;
            weighted += newer;
        }
        Self { weighted, older, newer }
    }

    /// Moves the window on to `value`; `middle` goes over to the older half.
    #[inline(always)]
    fn slide(&mut self, value: f64, middle: f64, leaving: f64, is_odd: bool) {
        self.weighted -= self.older;
        self.older -= leaving;
        self.older += middle;
        // In an even window the middle loses its weight before the newer half is added, in an odd one behind it.
        let newer = self.newer - middle;
        self.weighted += if is_odd { self.newer } else { newer };
        self.newer = newer + value;
        self.weighted += value;
    }
}

impl Indicator<1, 1> for Trima {
    const NAME: &'static str = "trima";

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        let half = (n / 2) as f64;
        let is_odd = n % 2 == 1;
        Self {
            factor: 1.0 / (if is_odd { (half + 1.0) * (half + 1.0) } else { half * (half + 1.0) }),
            is_odd,
            middle: n / 2,
            window: Ring::new(n),
            has_sums: false,
            sums: Sums { weighted: 0.0, older: 0.0, newer: 0.0 },
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let leaving = self.window.push(value);
        if self.has_sums {
            self.sums.slide(value, self.window.back(self.middle), leaving, self.is_odd);
        } else if self.window.is_full() {
            self.sums = Sums::of(&self.window, self.middle);
            self.has_sums = true;
        } else {
            return [f64::NAN];
        }
        [self.sums.weighted * self.factor]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        let n = self.window.capacity();
        run_behind_window(
            self,
            n,
            inputs,
            outputs,
            #[inline(always)]
            |state, [input], [out]| {
                let (mut sums, mut known) = (state.sums, true);
                let values = input[n..].iter().zip(&input[n - state.middle..]).zip(input);
                for (average, ((&value, &middle), &leaving)) in out.iter_mut().zip(values) {
                    known &= is_known(value);
                    sums.slide(value, middle, leaving, state.is_odd);
                    *average = sums.weighted * state.factor;
                }
                if known {
                    state.sums = sums;
                    state.window.extend(&input[n..]);
                }
                known
            },
        );
    }
}
