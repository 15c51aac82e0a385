use yata::core::{Candle, IndicatorConfig, IndicatorInstance, Method};
use yata::helpers::MA;
use yata::{indicators, methods};

use super::{Program, Task};
use crate::bars::Bars;

const RIGHT: &str = "the parameters are in range";

fn candle(bars: &Bars, bar: usize) -> Candle {
    let Bars { open, high, low, close, volume, .. } = bars;
    Candle { open: open[bar], high: high[bar], low: low[bar], close: close[bar], volume: volume[bar] }
}

/// Runs an indicator; its values are parts of one where others give percents, which `scale` brings back.
fn run<const O: usize>(config: impl IndicatorConfig, bars: &Bars, mut outputs: [&mut [f64]; O], scale: f64) {
    let mut state = config.init(&candle(bars, 0)).expect(RIGHT);
    for bar in 0..bars.len() {
        let next = state.next(&candle(bars, bar));
        for (output, column) in outputs.iter_mut().enumerate() {
            column[bar] = next.value(output) * scale;
        }
    }
}

/// MACD gives no histogram; the deviation of the bands is that of a sample.
pub(super) fn stream(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| {
            let (mut state, [a]) = (methods::SMA::new(20, &bars.close[0]).expect(RIGHT), to.first());
            a.iter_mut().zip(&bars.close).for_each(|(a, price)| *a = state.next(price));
        },
        Task::Ema => |bars, to| {
            let (mut state, [a]) = (methods::EMA::new(20, &bars.close[0]).expect(RIGHT), to.first());
            a.iter_mut().zip(&bars.close).for_each(|(a, price)| *a = state.next(price));
        },
        Task::Rsi => |bars, to| {
            let config = indicators::RelativeStrengthIndex { ma: MA::RMA(14), ..Default::default() };
            run::<1>(config, bars, to.first(), 100.0);
        },
        Task::Macd => |bars, to| {
            run::<2>(indicators::MACD::<MA>::default(), bars, to.first(), 1.0);
            to.given = Some(2);
        },
        Task::Bands => |bars, to| {
            let config = indicators::BollingerBands { avg_size: 20, sigma: 2.0, ..Default::default() };
            run::<3>(config, bars, to.first(), 1.0);
        },
        Task::Stochastic => |bars, to| {
            let (ma, signal) = (MA::SMA(3), MA::SMA(3));
            let config = indicators::StochasticOscillator { period: 14, ma, signal, zone: 0.2 };
            run::<2>(config, bars, to.first(), 100.0);
        },
        Task::Atr => |bars, to| {
            let mut range = methods::TR::new(&candle(bars, 0)).expect(RIGHT);
            let mut state = methods::RMA::new(14, &(bars.high[0] - bars.low[0])).expect(RIGHT);
            let [a] = to.first();
            for (bar, a) in a.iter_mut().enumerate() {
                *a = state.next(&range.next(&candle(bars, bar)));
            }
        },
        Task::Adx => |bars, to| {
            let (method1, method2) = (MA::RMA(14), MA::RMA(14));
            let config = indicators::AverageDirectionalIndex { method1, method2, period1: 1, ..Default::default() };
            run::<1>(config, bars, to.first(), 100.0);
        },
    })
}
