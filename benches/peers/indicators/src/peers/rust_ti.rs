use rust_ti::standard_indicators::bulk;

use super::{Program, Task};

/// It computes each window anew; MACD and RSI of the window alone are another formula.
pub(super) fn batch(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| to.returned = vec![bulk::simple_moving_average(&bars.close, 20)],
        Task::Ema => |bars, to| to.returned = vec![bulk::exponential_moving_average(&bars.close, 20)],
        Task::Rsi => |bars, to| to.returned = vec![bulk::rsi(&bars.close)],
        Task::Macd => {
            |bars, to| to.returned = apart(&bulk::macd(&bars.close), |(line, signal, rest)| [line, signal, rest])
        }
        Task::Bands => |bars, to| {
            to.returned = apart(&bulk::bollinger_bands(&bars.close), |(lower, middle, upper)| [upper, middle, lower]);
        },
        _ => return None,
    })
}

fn apart(rows: &[(f64, f64, f64)], of: fn((f64, f64, f64)) -> [f64; 3]) -> Vec<Vec<f64>> {
    (0..3).map(|column| rows.iter().map(|&row| of(row)[column]).collect()).collect()
}
