use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::talib::overlap::channel::Channel;
use crate::talib::overlap::extremes::{FILL_BARS, Highest, Lowest};
use crate::talib::overlap::true_range::AverageRange;

/// TA-Lib's stops of Chande and Kroll.
///
/// `multiplier` average true ranges are taken from the highest high of `period` bars, and the highest of these over the
/// last `stop_period` bars is the stop of a long position; the lowest low and the lowest of its sums give the other
/// one.
#[derive(Clone, Debug)]
pub struct Cksp {
    period: usize,
    multiplier: f64,
    channel: Channel,
    range: AverageRange,
    high_stop: Highest,
    low_stop: Lowest,
}

constructor!(Cksp(period: usize, multiplier: f64, stop_period: usize));
memory!(Cksp { channel, range, high_stop, low_stop });

impl Indicator<3, 2> for Cksp {
    const NAME: &'static str = "cksp";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let (period, stop_period) = (args::bars(args, 0), args::bars(args, 2));
        Self {
            period,
            multiplier: args[1],
            channel: Channel::new(period),
            range: AverageRange::new(period),
            high_stop: Highest::new(stop_period),
            low_stop: Lowest::new(stop_period),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0) + args::bars(args, 2) - 1; 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 2] {
        let (highest, lowest) = self.channel.step(high, low);
        let range = self.range.step(high, low, close);
        if range.is_nan() {
            return [f64::NAN; 2];
        }
        let distance = self.multiplier * range;
        [self.high_stop.step(highest - distance), self.low_stop.step(lowest + distance)]
    }

    /// Some bars at a time, line by line.
    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], mut outputs: [&mut [f64]; 2]) {
        let first = if self.range.is_seeded() { 0 } else { inputs[0].len().min(self.period + 1) };
        step_each(self, inputs.map(|column| &column[..first]), outputs.each_mut().map(|column| &mut column[..first]));
        let [highs, lows, closes] = inputs.map(|column| &column[first..]);
        let [high_stops, low_stops] = outputs.map(|column| &mut column[first..]);
        let (mut high_levels, mut low_levels) = ([0.0; FILL_BARS], [0.0; FILL_BARS]);
        let Self { multiplier, channel, range, high_stop, low_stop, .. } = self;
        channel.run(
            highs,
            lows,
            #[inline(always)]
            |start, highest, lowest| {
                let end = start + highest.len();
                let bars = highs[start..end].iter().zip(&lows[start..end]).zip(&closes[start..end]);
                let levels = high_levels.iter_mut().zip(&mut low_levels).zip(highest.iter().zip(lowest));
                for (((high_level, low_level), (highest, lowest)), ((&high, &low), &close)) in levels.zip(bars) {
                    let distance = *multiplier * range.follow(high, low, close);
                    (*high_level, *low_level) = (highest - distance, lowest + distance);
                }
                high_stop.run(&high_levels[..end - start], &mut high_stops[start..end]);
                low_stop.run(&low_levels[..end - start], &mut low_stops[start..end]);
            },
        );
    }
}
