use crate::memory::memory;

/// A recursion with two steps of memory: `first · y₁ + (second · y₂ + input)`, each product fused with its addition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TwoPole {
    first: f64,
    second: f64,
    last: f64,
    before: f64,
}

memory!(TwoPole { last, before });

impl TwoPole {
    pub(crate) fn new(first: f64, second: f64) -> Self {
        Self { first, second, last: 0.0, before: 0.0 }
    }

    /// As if the last two outputs had been `value`.
    #[inline(always)]
    pub(crate) fn start_at(&mut self, value: f64) {
        (self.last, self.before) = (value, value);
    }

    #[inline(always)]
    pub(crate) fn step(&mut self, input: f64) -> f64 {
        let next = self.first.mul_add(self.last, self.second.mul_add(self.before, input));
        (self.last, self.before) = (next, self.last);
        next
    }
}

/// The smoothing share of two-pole filters with the given cut-off period.
pub(crate) fn two_pole_share(period: f64) -> f64 {
    let sine = sin(std::f64::consts::PI / period);
    let beta = 2.415 * (2.0 * sine * sine);
    -beta + beta.mul_add(beta, 2.0 * beta).sqrt()
}

#[expect(clippy::disallowed_methods, reason = "TA-Lib takes the platform's function: equal bits on each platform")]
#[inline(always)]
pub(crate) fn sin(angle: f64) -> f64 {
    angle.sin()
}

#[expect(clippy::disallowed_methods, reason = "TA-Lib takes the platform's function: equal bits on each platform")]
#[inline(always)]
pub(crate) fn cos(angle: f64) -> f64 {
    angle.cos()
}
