use super::line::{Fit, Lines, Reading};
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// Defines an indicator that reads something of the regression line, from its total and its weighted total.
macro_rules! line {
    ($(#[$attribute:meta])* $state:ident = $name:literal, |$fit:ident, $total:ident, $weighted:ident| $value:expr) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $state {
            lines: Lines,
        }

        constructor!($state(period: usize));
        memory!($state { lines });

        impl Reading for $state {
            #[inline(always)]
            fn of($fit: &Fit, $total: f64, $weighted: f64) -> f64 {
                $value
            }
        }

        impl Indicator<1, 1> for $state {
            const NAME: &'static str = $name;
            const DISPATCH: bool = true;
            const BLOCK_BARS: usize = 256;

            fn build(args: &[f64]) -> Self {
                Self { lines: Lines::new(args::bars(args, 0)) }
            }

            fn lookback(args: &[f64]) -> [usize; 1] {
                [args::bars(args, 0) - 1]
            }

            #[inline(always)]
            fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
                [self.lines.step::<Self>(value)]
            }

            #[inline(always)]
            fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
                self.lines.run::<Self>(input, out);
            }
        }
    };
}

line!(
    /// TA-Lib's linear regression: where the line of least squares through the last `period` values ends.
    LinearReg = "linearreg", |fit, total, weighted| {
        let slope = fit.slope(total, weighted);
        slope.mul_add(fit.n - 1.0, fit.start(total, slope))
    }
);

line!(
    /// TA-Lib's time series forecast: the line of least squares through the last `period` values, one bar further.
    Tsf = "tsf", |fit, total, weighted| {
        let slope = fit.slope(total, weighted);
        slope.mul_add(fit.n, fit.start(total, slope))
    }
);

line!(
    /// TA-Lib's slope of the line of least squares through the last `period` values, in price units a bar.
    LinearRegSlope = "linearreg_slope", |fit, total, weighted| fit.slope(total, weighted)
);

line!(
    /// TA-Lib's value of the line of least squares through the last `period` values at the oldest of them.
    LinearRegIntercept = "linearreg_intercept", |fit, total, weighted| fit.start(total, fit.slope(total, weighted))
);

line!(
    /// TA-Lib's angle of the line of least squares through the last `period` values, in degrees: 45 for a rise of one
    /// price unit a bar. The arc tangent is the platform's, as in TA-Lib.
    LinearRegAngle = "linearreg_angle", |fit, total, weighted| {
        fit.slope(total, weighted).atan() * (180.0 / std::f64::consts::PI)
    }
);
