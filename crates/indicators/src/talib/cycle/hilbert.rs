use crate::memory::memory;

/// The cycle in a price after Ehlers, as TA-Lib computes it: the price is smoothed over four bars, freed of its trend
/// and turned by a quarter of a cycle with filters whose gain follows the period that was measured the bar before.
#[derive(Clone, Debug)]
pub(crate) struct Hilbert {
    /// Bars that only the smoothing of the price takes.
    bars_before: usize,
    /// Bars so far.
    seen: usize,
    /// The last four prices, newest first.
    prices: [f64; 4],
    price_total: f64,
    price_weighted: f64,
    detrender: Quarter,
    quadrature: Quarter,
    in_phase_ahead: Quarter,
    quadrature_ahead: Quarter,
    /// Which of the six places of each filter takes the next value.
    place: usize,
    /// The detrended prices of the last three bars, newest first.
    detrended: [f64; 3],
    in_phase: f64,
    quadrature_smooth: f64,
    real: f64,
    imaginary: f64,
    period: f64,
}

memory!(Hilbert {
    seen,
    prices,
    price_total,
    price_weighted,
    detrender,
    quadrature,
    in_phase_ahead,
    quadrature_ahead,
    place,
    detrended,
    in_phase,
    quadrature_smooth,
    real,
    imaginary,
    period,
});

/// What [`Hilbert`] measures on a bar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cycle {
    /// The price, smoothed over four bars.
    pub(crate) price: f64,
    /// The detrended price of three bars before.
    pub(crate) in_phase: f64,
    /// The same a quarter of a cycle later.
    pub(crate) quadrature: f64,
    /// Bars in the cycle, 6 to 50 once it is settled.
    pub(crate) period: f64,
}

/// The filter that turns a series by a quarter of a cycle: its last six values, each in the place it is overwritten in.
#[derive(Clone, Copy, Debug)]
struct Quarter([f64; 6]);

impl crate::Memory for Quarter {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl crate::Visitor) {
        self.0.visit(visitor);
    }
}

impl Quarter {
    const NEW: Self = Self([0.0; 6]);

    /// The turned series at `value`, which goes into `place`.
    #[inline(always)]
    fn step(&mut self, value: f64, place: usize, gain: f64) -> f64 {
        let back = |bars: usize| self.0[if place >= bars { place - bars } else { place + 6 - bars }];
        let (two, four, six) = (back(2), back(4), self.0[place]);
        self.0[place] = value;
        (-(OUTER * six) + OUTER * value - INNER * four + INNER * two) * gain
    }
}

const OUTER: f64 = 0.0962;
const INNER: f64 = 0.5769;

impl Hilbert {
    /// The price is smoothed alone for `bars_before` bars.
    pub(crate) fn new(bars_before: usize) -> Self {
        Self {
            bars_before,
            seen: 0,
            prices: [0.0; 4],
            price_total: 0.0,
            price_weighted: 0.0,
            detrender: Quarter::NEW,
            quadrature: Quarter::NEW,
            in_phase_ahead: Quarter::NEW,
            quadrature_ahead: Quarter::NEW,
            place: 0,
            detrended: [0.0; 3],
            in_phase: 0.0,
            quadrature_smooth: 0.0,
            real: 0.0,
            imaginary: 0.0,
            period: 0.0,
        }
    }

    /// Bars so far.
    #[inline(always)]
    pub(crate) fn seen(&self) -> usize {
        self.seen
    }

    /// Takes the next price; `None` on the bars before.
    #[inline(always)]
    pub(crate) fn step(&mut self, price: f64) -> Option<Cycle> {
        let price = self.smooth(price);
        if self.seen <= self.bars_before {
            return None;
        }
        let gain = 0.075_f64.mul_add(self.period, 0.54);
        let place = self.place;
        self.place = if place == 5 { 0 } else { place + 1 };
        let detrended = self.detrender.step(price, place, gain);
        let quadrature = self.quadrature.step(detrended, place, gain);
        let in_phase = self.detrended[2];
        self.detrended = [detrended, self.detrended[0], self.detrended[1]];
        let in_phase_ahead = self.in_phase_ahead.step(in_phase, place, gain);
        let quadrature_ahead = self.quadrature_ahead.step(quadrature, place, gain);
        self.measure(in_phase - quadrature_ahead, quadrature + in_phase_ahead);
        Some(Cycle { price, in_phase, quadrature, period: self.period })
    }

    /// The weighted mean of the last four prices, from running totals.
    #[inline(always)]
    fn smooth(&mut self, price: f64) -> f64 {
        let leaving = self.prices[3];
        self.prices = [price, self.prices[0], self.prices[1], self.prices[2]];
        self.seen += 1;
        self.price_total += price;
        if self.seen < 4 {
            self.price_weighted += price * self.seen as f64;
            return f64::NAN;
        }
        self.price_total -= leaving;
        self.price_weighted += price * 4.0;
        let mean = self.price_weighted * 0.1;
        self.price_weighted -= self.price_total;
        mean
    }

    /// The period from the angle between this bar's phasor and the last one's.
    #[inline(always)]
    fn measure(&mut self, in_phase: f64, quadrature: f64) {
        let (last_in_phase, last_quadrature) = (self.in_phase, self.quadrature_smooth);
        let in_phase = 0.2_f64.mul_add(in_phase, 0.8 * last_in_phase);
        let quadrature = 0.2_f64.mul_add(quadrature, 0.8 * last_quadrature);
        let real = in_phase.mul_add(last_in_phase, quadrature * last_quadrature);
        let imaginary = in_phase * last_quadrature - quadrature * last_in_phase;
        (self.in_phase, self.quadrature_smooth) = (in_phase, quadrature);
        self.real = 0.8_f64.mul_add(self.real, 0.2 * real);
        self.imaginary = 0.8_f64.mul_add(self.imaginary, 0.2 * imaginary);
        let last = self.period;
        let mut period = last;
        if self.imaginary != 0.0 && self.real != 0.0 {
            period = 360.0 / degrees(self.imaginary / self.real);
        }
        let (longest, shortest) = (1.5 * last, 0.67 * last);
        period = if period > longest { longest } else { period };
        period = if period < shortest { shortest } else { period };
        period = if period < 6.0 { 6.0 } else { period };
        period = if period > 50.0 { 50.0 } else { period };
        self.period = 0.2_f64.mul_add(period, 0.8 * last);
    }
}

/// The angle whose tangent is `ratio`, in degrees.
#[inline(always)]
pub(crate) fn degrees(ratio: f64) -> f64 {
    ratio.atan() * RADIAN
}

/// A radian in degrees.
pub(crate) const RADIAN: f64 = 180.0 / std::f64::consts::PI;

/// The longest cycle that is measured.
pub(crate) const LONGEST_BARS: usize = 50;

/// The period of a cycle, smoothed from bar to bar.
#[inline(always)]
pub(crate) fn smooth_period(last: f64, period: f64) -> f64 {
    0.67_f64.mul_add(last, 0.33 * period)
}

/// A smoothed period, which is positive, as a whole number of bars.
#[inline(always)]
pub(crate) fn whole_bars(period: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 50")]
    let bars = (period + 0.5) as usize;
    bars.min(LONGEST_BARS)
}
