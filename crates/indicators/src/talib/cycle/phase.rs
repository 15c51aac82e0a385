use std::sync::LazyLock;

use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::cycle::filter::{cos, sin};
use crate::talib::cycle::hilbert::{Hilbert, LONGEST_BARS, degrees, smooth_period, whole_bars};

/// The phase of the cycle in a price after Ehlers: of the last cycle's smoothed prices the angle of the first harmonic.
#[derive(Clone, Debug)]
pub(crate) struct PhaseMeter {
    hilbert: Hilbert,
    /// Smoothed prices.
    prices: Ring,
    period: f64,
    degrees: f64,
    waves: &'static Waves,
}

memory!(PhaseMeter { hilbert, prices, period, degrees });

/// What [`PhaseMeter`] measures on a bar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phase {
    /// −45 to 315, at least where the period is settled.
    pub(crate) degrees: f64,
    /// Bars in the cycle, smoothed.
    pub(crate) period: f64,
    /// The price, smoothed over four bars.
    pub(crate) price: f64,
}

impl PhaseMeter {
    pub(crate) fn new() -> Self {
        Self { hilbert: Hilbert::new(37), prices: Ring::new(LONGEST_BARS), period: 0.0, degrees: 0.0, waves: &WAVES }
    }

    /// Bars so far.
    #[inline(always)]
    pub(crate) fn seen(&self) -> usize {
        self.hilbert.seen()
    }

    /// Takes the next price; `None` on the first 37 bars.
    #[inline(always)]
    pub(crate) fn step(&mut self, price: f64) -> Option<Phase> {
        let cycle = self.hilbert.step(price)?;
        self.prices.push(cycle.price);
        self.period = smooth_period(self.period, cycle.period);
        let (real, imaginary) = self.harmonic();
        self.degrees = turn(self.degrees, real, imaginary, self.period);
        Some(Phase { degrees: self.degrees, period: self.period, price: cycle.price })
    }

    /// The sums of the last cycle's prices times the sines and cosines of their angles, newest price first.
    #[inline(always)]
    fn harmonic(&self) -> (f64, f64) {
        let (older, newer) = self.prices.as_slices();
        let newest_first = newer.iter().rev().chain(older.iter().rev());
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (&(sine, cosine), &price) in self.waves.of(whole_bars(self.period)).iter().zip(newest_first) {
            real += sine * price;
            imaginary += cosine * price;
        }
        (real, imaginary)
    }
}

/// The phase in degrees behind the phase `last`.
#[inline(always)]
fn turn(last: f64, real: f64, imaginary: f64, period: f64) -> f64 {
    let mut phase = last;
    if imaginary.abs() > 0.0 {
        phase = degrees(real / imaginary);
    } else if real < 0.0 {
        phase -= 90.0;
    } else if real > 0.0 {
        phase += 90.0;
    }
    phase += 90.0;
    // The smoothed price is one bar late.
    phase += 360.0 / period;
    if imaginary < 0.0 {
        phase += 180.0;
    }
    if phase > 315.0 { phase - 360.0 } else { phase }
}

/// Sine and cosine of each angle of each cycle of whole bars.
#[derive(Debug)]
struct Waves(Vec<Wave>);

/// Sine and cosine of each angle of a cycle.
type Wave = Vec<(f64, f64)>;

static WAVES: LazyLock<Waves> = LazyLock::new(|| {
    let cycle = |bars: usize| {
        let angle = move |bar: usize| bar as f64 * std::f64::consts::TAU / bars as f64;
        (0..bars).map(|bar| (sin(angle(bar)), cos(angle(bar)))).collect()
    };
    Waves((0..=LONGEST_BARS).map(cycle).collect())
});

impl Waves {
    #[inline(always)]
    fn of(&self, bars: usize) -> &[(f64, f64)] {
        &self.0[bars]
    }
}
