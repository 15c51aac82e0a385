use super::{Program, Task};

/// What memory costs alone: reads the inputs and writes the outputs of a task, with a sum of each bar.
pub(super) fn batch(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma | Task::Ema | Task::Rsi => |bars, to| {
            let [a] = to.first();
            a.iter_mut().zip(&bars.close).for_each(|(a, price)| *a = price + 1.0);
        },
        Task::Macd | Task::Bands => |bars, to| {
            let columns: [&mut [f64]; 3] = to.first();
            let [a, b, c] = columns.map(|column| &mut column[..bars.close.len()]);
            for (bar, &price) in bars.close.iter().enumerate() {
                (a[bar], b[bar], c[bar]) = (price + 1.0, price, price - 1.0);
            }
        },
        Task::Stochastic => |bars, to| {
            let [a, b] = to.first();
            let prices = bars.high.iter().zip(&bars.low).zip(&bars.close);
            for ((a, b), ((high, low), close)) in a.iter_mut().zip(b).zip(prices) {
                (*a, *b) = (high + close, low + close);
            }
        },
        Task::Atr | Task::Adx => |bars, to| {
            let [a] = to.first();
            let prices = bars.high.iter().zip(&bars.low).zip(&bars.close);
            a.iter_mut().zip(prices).for_each(|(a, ((high, low), close))| *a = high + low + close);
        },
    })
}
