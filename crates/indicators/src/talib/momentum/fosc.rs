use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::Tsf;

/// TA-Lib's forecast oscillator: by how many percent of itself the price is above the forecast made one bar before, the
/// straight line of least squares through the n prices before it, carried on by a bar ([`Tsf`]). 0 where the price is 0.
#[derive(Clone, Debug)]
pub struct Fosc {
    line: Tsf,
    has_forecast: bool,
    /// What the line through the prices so far says about the next one.
    forecast: f64,
}

constructor!(Fosc(period: usize));
memory!(Fosc { line, has_forecast, forecast });

impl Indicator<1, 1> for Fosc {
    const NAME: &'static str = "fosc";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { line: Tsf::build(args), has_forecast: false, forecast: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let value = surprise(price, self.forecast());
        [self.forecast] = self.line.step([price]);
        self.has_forecast = true;
        [value]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.line.run_known([prices], [&mut *out]);
        let mut forecast = self.forecast();
        for (value, &price) in out.iter_mut().zip(prices) {
            let next = *value;
            *value = surprise(price, forecast);
            forecast = next;
        }
        (self.has_forecast, self.forecast) = (self.has_forecast || !prices.is_empty(), forecast);
    }
}

impl Fosc {
    /// NaN if there is none.
    #[inline(always)]
    fn forecast(&self) -> f64 {
        if self.has_forecast { self.forecast } else { f64::NAN }
    }
}

/// How far `price` is above the forecast, in percent of itself.
#[inline(always)]
fn surprise(price: f64, forecast: f64) -> f64 {
    let surprise = 100.0 * (price - forecast) / price;
    if (price == 0.0) & !forecast.is_nan() { 0.0 } else { surprise }
}
