use kand::ohlcv as k;

use super::{Program, Task};

const RIGHT: &str = "the parameters are in range";

pub(super) fn batch(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| {
            let [a] = to.first();
            k::sma::sma(&bars.close, 20, a).expect(RIGHT);
        },
        Task::Ema => |bars, to| {
            let [a] = to.first();
            k::ema::ema(&bars.close, 20, None, a).expect(RIGHT);
        },
        Task::Rsi => |bars, to| {
            let [a, b, c] = to.first();
            k::rsi::rsi(&bars.close, 14, a, b, c).expect(RIGHT);
        },
        Task::Macd => |bars, to| {
            let [a, b, c, d, e] = to.first();
            k::macd::macd(&bars.close, 12, 26, 9, a, b, c, d, e).expect(RIGHT);
        },
        Task::Bands => |bars, to| {
            let [a, b, c, d, e, f, g] = to.first();
            k::bbands::bbands(&bars.close, 20, 2.0, 2.0, a, b, c, d, e, f, g).expect(RIGHT);
        },
        Task::Stochastic => |bars, to| {
            let [a, b, fast] = to.first();
            k::stoch::stoch(&bars.high, &bars.low, &bars.close, 14, 3, 3, fast, a, b).expect(RIGHT);
        },
        Task::Atr => |bars, to| {
            let [a] = to.first();
            k::atr::atr(&bars.high, &bars.low, &bars.close, 14, a).expect(RIGHT);
        },
        Task::Adx => |bars, to| {
            let [a, b, c, d] = to.first();
            k::adx::adx(&bars.high, &bars.low, &bars.close, 14, a, b, c, d).expect(RIGHT);
        },
    })
}

/// Its steps from one value to the next, begun at guessed values, which are forgotten before the comparison.
pub(super) fn stream(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| {
            let (close, [a]) = (&bars.close, to.first());
            let mut last = close[..20].iter().sum::<f64>() / 20.0;
            for bar in 20..close.len() {
                last = k::sma::sma_inc(last, close[bar], close[bar - 20], 20).expect(RIGHT);
                a[bar] = last;
            }
        },
        Task::Ema => |bars, to| {
            let (close, [a]) = (&bars.close, to.first());
            let mut last = close[0];
            for (a, &price) in a.iter_mut().zip(close) {
                last = k::ema::ema_inc(price, last, 20, None).expect(RIGHT);
                *a = last;
            }
        },
        Task::Rsi => |bars, to| {
            let (close, [a]) = (&bars.close, to.first());
            let (mut gain, mut loss) = (0.001, 0.001);
            for bar in 1..close.len() {
                (a[bar], gain, loss) = k::rsi::rsi_inc(close[bar], close[bar - 1], gain, loss, 14).expect(RIGHT);
            }
        },
        Task::Atr => |bars, to| {
            let (high, low, close, [a]) = (&bars.high, &bars.low, &bars.close, to.first());
            let mut last = 0.001;
            for bar in 1..close.len() {
                last = k::atr::atr_inc(high[bar], low[bar], close[bar - 1], last, 14).expect(RIGHT);
                a[bar] = last;
            }
        },
        Task::Adx => |bars, to| {
            let (high, low, close, [a]) = (&bars.high, &bars.low, &bars.close, to.first());
            let mut last = (20.0, 0.001, 0.001, 0.01);
            for bar in 1..close.len() {
                let before = (high[bar - 1], low[bar - 1], close[bar - 1]);
                let (high, low, (adx, plus, minus, range)) = (high[bar], low[bar], last);
                let next = k::adx::adx_inc(high, low, before.0, before.1, before.2, adx, plus, minus, range, 14);
                last = next.expect(RIGHT);
                a[bar] = last.0;
            }
        },
        _ => return None,
    })
}
