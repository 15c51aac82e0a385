use ta_lib::{Core, MAType};

use super::{Program, Task};

const RIGHT: &str = "the parameters are in range";
/// Bars that a stream is opened with, as many as the longest lookback.
const OPENED: usize = 100;

pub(super) fn batch(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| {
            let [a] = to.first();
            to.offset = Core::new().sma(0, bars.len() - 1, &bars.close, 20, a).expect(RIGHT).beg_idx;
        },
        Task::Ema => |bars, to| {
            let [a] = to.first();
            to.offset = Core::new().ema(0, bars.len() - 1, &bars.close, 20, a).expect(RIGHT).beg_idx;
        },
        Task::Rsi => |bars, to| {
            let [a] = to.first();
            to.offset = Core::new().rsi(0, bars.len() - 1, &bars.close, 14, a).expect(RIGHT).beg_idx;
        },
        Task::Macd => |bars, to| {
            let [a, b, c] = to.first();
            to.offset = Core::new().macd(0, bars.len() - 1, &bars.close, 12, 26, 9, a, b, c).expect(RIGHT).beg_idx;
        },
        Task::Bands => |bars, to| {
            let ([a, b, c], last, simple) = (to.first(), bars.len() - 1, MAType::SMA);
            let range = Core::new().bbands(0, last, &bars.close, 20, 2.0, 2.0, simple, a, b, c);
            to.offset = range.expect(RIGHT).beg_idx;
        },
        Task::Stochastic => |bars, to| {
            let ([a, b], last, simple) = (to.first(), bars.len() - 1, MAType::SMA);
            let (high, low, close) = (&bars.high, &bars.low, &bars.close);
            let range = Core::new().stoch(0, last, high, low, close, 14, 3, simple, 3, simple, a, b);
            to.offset = range.expect(RIGHT).beg_idx;
        },
        Task::Atr => |bars, to| {
            let ([a], last) = (to.first(), bars.len() - 1);
            to.offset = Core::new().atr(0, last, &bars.high, &bars.low, &bars.close, 14, a).expect(RIGHT).beg_idx;
        },
        Task::Adx => |bars, to| {
            let ([a], last) = (to.first(), bars.len() - 1);
            to.offset = Core::new().adx(0, last, &bars.high, &bars.low, &bars.close, 14, a).expect(RIGHT).beg_idx;
        },
    })
}

/// A stream of one column and one output.
macro_rules! simple {
    ($open:ident, $period:literal) => {
        |bars, to| {
            let (close, [out]) = (&bars.close, to.first());
            let (mut stream, _) = Core::new().$open(&close[..OPENED], $period).expect(RIGHT);
            for (out, &price) in out.iter_mut().zip(&close[OPENED..]) {
                *out = stream.update(price).expect(RIGHT);
            }
            to.offset = OPENED;
        }
    };
}

/// A stream of bars and one output.
macro_rules! of_bars {
    ($open:ident, $period:literal) => {
        |bars, to| {
            let (high, low, close) = (&bars.high, &bars.low, &bars.close);
            let opening = (&high[..OPENED], &low[..OPENED], &close[..OPENED]);
            let (mut stream, _) = Core::new().$open(opening.0, opening.1, opening.2, $period).expect(RIGHT);
            let [out] = to.first();
            for (out, bar) in out.iter_mut().zip(OPENED..bars.len()) {
                *out = stream.update(high[bar], low[bar], close[bar]).expect(RIGHT);
            }
            to.offset = OPENED;
        }
    };
}

pub(super) fn stream(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => simple!(sma_open, 20),
        Task::Ema => simple!(ema_open, 20),
        Task::Rsi => simple!(rsi_open, 14),
        Task::Macd => |bars, to| {
            let (close, [a, b, c]) = (&bars.close, to.first());
            let (mut stream, _) = Core::new().macd_open(&close[..OPENED], 12, 26, 9).expect(RIGHT);
            for (place, &price) in close[OPENED..].iter().enumerate() {
                (a[place], b[place], c[place]) = stream.update(price).expect(RIGHT);
            }
            to.offset = OPENED;
        },
        Task::Bands => |bars, to| {
            let (close, [a, b, c]) = (&bars.close, to.first());
            let opened = Core::new().bbands_open(&close[..OPENED], 20, 2.0, 2.0, MAType::SMA);
            let (mut stream, _) = opened.expect(RIGHT);
            for (place, &price) in close[OPENED..].iter().enumerate() {
                (a[place], b[place], c[place]) = stream.update(price).expect(RIGHT);
            }
            to.offset = OPENED;
        },
        Task::Stochastic => |bars, to| {
            let (high, low, close, simple) = (&bars.high, &bars.low, &bars.close, MAType::SMA);
            let opening = (&high[..OPENED], &low[..OPENED], &close[..OPENED]);
            let opened = Core::new().stoch_open(opening.0, opening.1, opening.2, 14, 3, simple, 3, simple);
            let ((mut stream, _), [a, b]) = (opened.expect(RIGHT), to.first());
            for bar in OPENED..bars.len() {
                (a[bar - OPENED], b[bar - OPENED]) = stream.update(high[bar], low[bar], close[bar]).expect(RIGHT);
            }
            to.offset = OPENED;
        },
        Task::Atr => of_bars!(atr_open, 14),
        Task::Adx => of_bars!(adx_open, 14),
    })
}
