use ta::indicators::{
    AverageTrueRange, BollingerBands, ExponentialMovingAverage, MovingAverageConvergenceDivergence,
    RelativeStrengthIndex, SimpleMovingAverage, SlowStochastic,
};
use ta::{Close, High, Low, Next};

use super::{Program, Task};
use crate::bars::Bars;

const RIGHT: &str = "the parameters are in range";

struct Bar {
    high: f64,
    low: f64,
    close: f64,
}

impl High for Bar {
    fn high(&self) -> f64 {
        self.high
    }
}

impl Low for Bar {
    fn low(&self) -> f64 {
        self.low
    }
}

impl Close for Bar {
    fn close(&self) -> f64 {
        self.close
    }
}

fn each(bars: &Bars) -> impl Iterator<Item = Bar> {
    let columns = bars.high.iter().zip(&bars.low).zip(&bars.close);
    columns.map(|((&high, &low), &close)| Bar { high, low, close })
}

/// Its RSI and ATR smooth by EMA, its stochastic has no %D.
pub(super) fn stream(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| {
            let (mut state, [a]) = (SimpleMovingAverage::new(20).expect(RIGHT), to.first());
            a.iter_mut().zip(&bars.close).for_each(|(a, &price)| *a = state.next(price));
        },
        Task::Ema => |bars, to| {
            let (mut state, [a]) = (ExponentialMovingAverage::new(20).expect(RIGHT), to.first());
            a.iter_mut().zip(&bars.close).for_each(|(a, &price)| *a = state.next(price));
        },
        Task::Rsi => |bars, to| {
            let (mut state, [a]) = (RelativeStrengthIndex::new(14).expect(RIGHT), to.first());
            a.iter_mut().zip(&bars.close).for_each(|(a, &price)| *a = state.next(price));
        },
        Task::Macd => |bars, to| {
            let mut state = MovingAverageConvergenceDivergence::new(12, 26, 9).expect(RIGHT);
            let [a, b, c] = to.first();
            for (bar, &price) in bars.close.iter().enumerate() {
                let next = state.next(price);
                (a[bar], b[bar], c[bar]) = (next.macd, next.signal, next.histogram);
            }
        },
        Task::Bands => |bars, to| {
            let (mut state, [a, b, c]) = (BollingerBands::new(20, 2.0).expect(RIGHT), to.first());
            for (bar, &price) in bars.close.iter().enumerate() {
                let next = state.next(price);
                (a[bar], b[bar], c[bar]) = (next.upper, next.average, next.lower);
            }
        },
        Task::Stochastic => |bars, to| {
            let (mut state, [a]) = (SlowStochastic::new(14, 3).expect(RIGHT), to.first());
            a.iter_mut().zip(each(bars)).for_each(|(a, bar)| *a = state.next(&bar));
            to.given = Some(1);
        },
        Task::Atr => |bars, to| {
            let (mut state, [a]) = (AverageTrueRange::new(14).expect(RIGHT), to.first());
            a.iter_mut().zip(each(bars)).for_each(|(a, bar)| *a = state.next(&bar));
        },
        Task::Adx => return None,
    })
}
