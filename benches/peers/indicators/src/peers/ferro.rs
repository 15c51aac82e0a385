use ferro_ta_core::streaming::{
    StreamingATR, StreamingBBands, StreamingEMA, StreamingMACD, StreamingRSI, StreamingSMA, StreamingStoch,
};
use ferro_ta_core::{momentum, overlap, volatility};

use super::{Program, Task};

const RIGHT: &str = "the parameters are in range";

pub(super) fn batch(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| to.returned = vec![overlap::sma(&bars.close, 20)],
        Task::Ema => |bars, to| to.returned = vec![overlap::ema(&bars.close, 20)],
        Task::Rsi => |bars, to| to.returned = vec![momentum::rsi(&bars.close, 14)],
        Task::Macd => |bars, to| {
            let (line, signal, histogram) = overlap::macd(&bars.close, 12, 26, 9);
            to.returned = vec![line, signal, histogram];
        },
        Task::Bands => |bars, to| {
            let (upper, middle, lower) = overlap::bbands(&bars.close, 20, 2.0, 2.0, 0);
            to.returned = vec![upper, middle, lower];
        },
        Task::Stochastic => |bars, to| {
            let (k, d) = momentum::stoch(&bars.high, &bars.low, &bars.close, 14, 3, 0, 3, 0);
            to.returned = vec![k, d];
        },
        Task::Atr => |bars, to| {
            to.returned = vec![volatility::atr(&bars.high, &bars.low, &bars.close, 14)];
        },
        Task::Adx => |bars, to| {
            to.returned = vec![momentum::adx(&bars.high, &bars.low, &bars.close, 14)];
        },
    })
}

pub(super) fn stream(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| {
            let (mut state, [a]) = (StreamingSMA::new(20).expect(RIGHT), to.first());
            a.iter_mut().zip(&bars.close).for_each(|(a, &price)| *a = state.update(price));
        },
        Task::Ema => |bars, to| {
            let (mut state, [a]) = (StreamingEMA::new(20).expect(RIGHT), to.first());
            a.iter_mut().zip(&bars.close).for_each(|(a, &price)| *a = state.update(price));
        },
        Task::Rsi => |bars, to| {
            let (mut state, [a]) = (StreamingRSI::new(14).expect(RIGHT), to.first());
            a.iter_mut().zip(&bars.close).for_each(|(a, &price)| *a = state.update(price));
        },
        Task::Macd => |bars, to| {
            let (mut state, [a, b, c]) = (StreamingMACD::new(12, 26, 9).expect(RIGHT), to.first());
            for (bar, &price) in bars.close.iter().enumerate() {
                (a[bar], b[bar], c[bar]) = state.update(price);
            }
        },
        Task::Bands => |bars, to| {
            let (mut state, [a, b, c]) = (StreamingBBands::new(20, 2.0, 2.0).expect(RIGHT), to.first());
            for (bar, &price) in bars.close.iter().enumerate() {
                (a[bar], b[bar], c[bar]) = state.update(price);
            }
        },
        Task::Stochastic => |bars, to| {
            let (mut state, [a, b]) = (StreamingStoch::new(14, 3, 3).expect(RIGHT), to.first());
            for bar in 0..bars.len() {
                (a[bar], b[bar]) = state.update(bars.high[bar], bars.low[bar], bars.close[bar]);
            }
        },
        Task::Atr => |bars, to| {
            let (mut state, [a]) = (StreamingATR::new(14).expect(RIGHT), to.first());
            for (bar, a) in a.iter_mut().enumerate() {
                *a = state.update(bars.high[bar], bars.low[bar], bars.close[bar]);
            }
        },
        Task::Adx => return None,
    })
}
