use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::cycle::ht_sine::sines;
use crate::talib::cycle::phase::{Phase, PhaseMeter};
use crate::talib::cycle::trendline::Trendline;

/// TA-Lib's trend mode of Ehlers: 1 where the price trends, 0 where it swings in a cycle.
///
/// It swings for half a cycle after the lines of [`HtSine`](crate::talib::HtSine) have crossed, and where the phase
/// advances by 0.67 to 1.5 times as much as the period lets expect. It trends in any other case, and in any case where
/// the smoothed price lies 1.5 % or more off its trendline.
#[derive(Clone, Debug)]
pub struct HtTrendmode {
    meter: PhaseMeter,
    line: Trendline,
    degrees: f64,
    sine: f64,
    lead_sine: f64,
    /// Bars since the lines crossed.
    trending_bars: usize,
}

constructor!(HtTrendmode());
memory!(HtTrendmode { meter, line, degrees, sine, lead_sine, trending_bars });

impl HtTrendmode {
    /// Whether the sine lines crossed on this bar.
    #[inline(always)]
    fn crosses(&mut self, degrees: f64) -> bool {
        let [sine, lead] = sines(degrees);
        let (last, last_lead) = (std::mem::replace(&mut self.sine, sine), std::mem::replace(&mut self.lead_sine, lead));
        (sine > lead && last <= last_lead) || (sine < lead && last >= last_lead)
    }

    #[inline(always)]
    fn trends(&mut self, Phase { degrees, period, price }: Phase) -> bool {
        let crosses = self.crosses(degrees);
        let line = self.line.at(period);
        if crosses {
            self.trending_bars = 0;
        }
        self.trending_bars += 1;
        let advance = degrees - std::mem::replace(&mut self.degrees, degrees);
        let is_steady = period != 0.0 && advance > 0.67 * 360.0 / period && advance < 1.5 * 360.0 / period;
        let swings = crosses || (self.trending_bars as f64) < 0.5 * period || is_steady;
        !swings || (line != 0.0 && ((price - line) / line).abs() >= 0.015)
    }
}

impl Indicator<1, 1> for HtTrendmode {
    const NAME: &'static str = "ht_trendmode";
    const DISPATCH: bool = true;

    fn build(_: &[f64]) -> Self {
        Self {
            meter: PhaseMeter::new(),
            line: Trendline::new(),
            degrees: 0.0,
            sine: 0.0,
            lead_sine: 0.0,
            trending_bars: 0,
        }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [63]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        self.line.push(price);
        let Some(phase) = self.meter.step(price) else { return [f64::NAN] };
        let trends = self.trends(phase);
        [if self.meter.seen() <= 63 { f64::NAN } else { f64::from(u8::from(trends)) }]
    }
}
