use adaq_talib::overlap::MaType::Sma;
use adaq_talib::{momentum, overlap, volatility};

use super::{Program, Task};

const RIGHT: &str = "the parameters are in range";

pub(super) fn batch(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| to.returned = vec![overlap::sma(&bars.close, 20).expect(RIGHT)],
        Task::Ema => |bars, to| to.returned = vec![overlap::ema(&bars.close, 20).expect(RIGHT)],
        Task::Rsi => |bars, to| to.returned = vec![momentum::rsi(&bars.close, 14).expect(RIGHT)],
        Task::Macd => |bars, to| {
            let all = momentum::macd(&bars.close, 12, 26, 9).expect(RIGHT);
            to.returned = vec![all.macd, all.signal, all.hist];
        },
        Task::Bands => |bars, to| {
            let all = overlap::bbands(&bars.close, 20, 2.0, 2.0, Sma).expect(RIGHT);
            to.returned = vec![all.upper, all.middle, all.lower];
        },
        Task::Stochastic => |bars, to| {
            let all = momentum::stoch(&bars.high, &bars.low, &bars.close, 14, 3, 3).expect(RIGHT);
            to.returned = vec![all.slow_k, all.slow_d];
        },
        Task::Atr => |bars, to| {
            to.returned = vec![volatility::atr(&bars.high, &bars.low, &bars.close, 14).expect(RIGHT)];
        },
        Task::Adx => |bars, to| {
            to.returned = vec![momentum::adx(&bars.high, &bars.low, &bars.close, 14).expect(RIGHT)];
        },
    })
}
