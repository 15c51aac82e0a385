use fast_ta::overlap::PeriodMAType::SMA;
use fast_ta::{momentum, overlap, volatility};

use super::{Program, Task};

const RIGHT: &str = "the parameters are in range";

/// It writes its first value at the beginning of the buffer.
pub(super) fn batch(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| {
            let [a] = to.first();
            overlap::SMA(&bars.close, 20, a).expect(RIGHT);
            to.offset = 19;
        },
        Task::Ema => |bars, to| {
            let [a] = to.first();
            overlap::EMA(&bars.close, 20, a).expect(RIGHT);
            to.offset = 19;
        },
        Task::Rsi => |bars, to| {
            let [a] = to.first();
            momentum::RSI(&bars.close, 14, a).expect(RIGHT);
            to.offset = 14;
        },
        Task::Macd => |bars, to| {
            let [a, b, c] = to.first();
            momentum::MACD(&bars.close, 12, 26, 9, a, b, c).expect(RIGHT);
            to.offset = 33;
        },
        Task::Bands => |bars, to| {
            let [a, b, c] = to.first();
            overlap::BBANDS(&bars.close, 20, 2.0, 2.0, SMA, a, b, c).expect(RIGHT);
            to.offset = 19;
        },
        Task::Stochastic => |bars, to| {
            let ([a, b], n) = (to.first(), bars.len() - 17);
            let (high, low, close) = (&bars.high, &bars.low, &bars.close);
            momentum::STOCH(high, low, close, 14, 3, SMA, 3, SMA, &mut a[..n], &mut b[..n]).expect(RIGHT);
            to.offset = 17;
        },
        Task::Atr => |bars, to| {
            let [a] = to.first();
            volatility::ATR(&bars.high, &bars.low, &bars.close, 14, a).expect(RIGHT);
            to.offset = 14;
        },
        Task::Adx => |bars, to| {
            let [a] = to.first();
            momentum::ADX(&bars.high, &bars.low, &bars.close, 14, a).expect(RIGHT);
            to.offset = 27;
        },
    })
}
