use std::num::NonZero;

use quantedge_ta::{
    Adx, AdxConfig, Atr, AtrConfig, Bb, BbConfig, Ema, EmaConfig, Macd, MacdConfig, Ohlcv, Rsi, RsiConfig, Sma,
    SmaConfig, Stoch, StochConfig,
};

use super::{Program, Task};
use crate::bars::Bars;
use crate::contest::Buffers;

fn length(bars: usize) -> NonZero<usize> {
    NonZero::new(bars).expect("not zero")
}

fn each<const O: usize>(bars: &Bars, to: &mut Buffers, mut next: impl FnMut(&Ohlcv) -> [f64; O]) {
    let mut outputs = to.first::<O>();
    let Bars { open, high, low, close, volume, .. } = bars;
    for bar in 0..bars.len() {
        let (open, high, low, close, volume) = (open[bar], high[bar], low[bar], close[bar], volume[bar]);
        let values = next(&Ohlcv { open, high, low, close, open_time: bar as u64, volume });
        for (column, value) in outputs.iter_mut().zip(values) {
            column[bar] = value;
        }
    }
}

const NO: f64 = f64::NAN;

pub(super) fn stream(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| {
            let mut state = Sma::new(SmaConfig::close(length(20)));
            each(bars, to, |bar| [state.compute(bar).unwrap_or(NO)]);
        },
        Task::Ema => |bars, to| {
            let mut state = Ema::new(EmaConfig::close(length(20)));
            each(bars, to, |bar| [state.compute(bar).unwrap_or(NO)]);
        },
        Task::Rsi => |bars, to| {
            let mut state = Rsi::new(RsiConfig::close(length(14)));
            each(bars, to, |bar| [state.compute(bar).unwrap_or(NO)]);
        },
        Task::Macd => |bars, to| {
            let mut state = Macd::new(MacdConfig::default_close());
            each(bars, to, |bar| match state.compute(bar) {
                Some(value) => [value.macd, value.signal.unwrap_or(NO), value.histogram.unwrap_or(NO)],
                None => [NO; 3],
            });
        },
        Task::Bands => |bars, to| {
            let mut state = Bb::new(BbConfig::close(length(20)));
            each(bars, to, |bar| state.compute(bar).map_or([NO; 3], |value| [value.upper, value.middle, value.lower]));
        },
        Task::Stochastic => |bars, to| {
            let config = StochConfig::builder().length(length(14)).k_smooth(length(3)).d_smooth(length(3));
            let mut state = Stoch::new(config.build());
            each(bars, to, |bar| state.compute(bar).map_or([NO; 2], |value| [value.k, value.d.unwrap_or(NO)]));
        },
        Task::Atr => |bars, to| {
            let mut state = Atr::new(AtrConfig::builder().length(length(14)).build());
            each(bars, to, |bar| [state.compute(bar).unwrap_or(NO)]);
        },
        Task::Adx => |bars, to| {
            let mut state = Adx::new(AdxConfig::builder().length(length(14)).build());
            each(bars, to, |bar| [state.compute(bar).map_or(NO, |value| value.adx)]);
        },
    })
}
