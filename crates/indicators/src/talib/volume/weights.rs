/// The weights of TA-Lib's exponential average: 2/(n + 1) for the new value, in one fused multiply-add.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights {
    /// Weight of the previous average.
    beta: f64,
    /// Weight of the new value.
    alpha: f64,
}

impl Weights {
    pub(crate) fn new(n: f64) -> Self {
        let beta = (n - 1.0) / (n + 1.0);
        let alpha = 1.0 - beta;
        // The weights add up to exactly 1, so that an average of equal values stays there.
        Self { beta: if beta < 0.5 { 1.0 - alpha } else { beta }, alpha }
    }

    #[inline(always)]
    pub(crate) fn next(&self, average: f64, value: f64) -> f64 {
        self.beta.mul_add(average, self.alpha * value)
    }
}
