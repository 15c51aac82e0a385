use talib_rs::MaType::Sma;
use talib_rs::{momentum, overlap, volatility};

use super::{Program, Task};

const RIGHT: &str = "the parameters are in range";

pub(super) fn batch(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| to.returned = vec![overlap::sma(&bars.close, 20).expect(RIGHT)],
        Task::Ema => |bars, to| to.returned = vec![overlap::ema(&bars.close, 20).expect(RIGHT)],
        Task::Rsi => |bars, to| to.returned = vec![momentum::rsi(&bars.close, 14).expect(RIGHT)],
        Task::Macd => |bars, to| {
            let (line, signal, histogram) = momentum::macd(&bars.close, 12, 26, 9).expect(RIGHT);
            to.returned = vec![line, signal, histogram];
        },
        Task::Bands => |bars, to| {
            let (upper, middle, lower) = overlap::bbands(&bars.close, 20, 2.0, 2.0, Sma).expect(RIGHT);
            to.returned = vec![upper, middle, lower];
        },
        Task::Stochastic => |bars, to| {
            let (k, d) = momentum::stoch(&bars.high, &bars.low, &bars.close, 14, 3, Sma, 3, Sma).expect(RIGHT);
            to.returned = vec![k, d];
        },
        Task::Atr => |bars, to| {
            to.returned = vec![volatility::atr(&bars.high, &bars.low, &bars.close, 14).expect(RIGHT)];
        },
        Task::Adx => |bars, to| {
            to.returned = vec![momentum::adx(&bars.high, &bars.low, &bars.close, 14).expect(RIGHT)];
        },
    })
}
