use indicators::{Indicator, fast, simd, talib as exact};

use super::{Program, Task};
use crate::bars::Bars;
use crate::contest::Buffers;

const BUILT: &str = "the parameters are in range";

pub(super) fn talib(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| exact::Sma::new(20).expect(BUILT).run([&bars.close], to.first()),
        Task::Ema => |bars, to| exact::Ema::new(20).expect(BUILT).run([&bars.close], to.first()),
        Task::Rsi => |bars, to| exact::Rsi::new(14).expect(BUILT).run([&bars.close], to.first()),
        Task::Macd => |bars, to| exact::Macd::new(12, 26, 9).expect(BUILT).run([&bars.close], to.first()),
        Task::Bands => |bars, to| exact::Bollinger::new(20, 2.0).expect(BUILT).run([&bars.close], to.first()),
        Task::Stochastic => |bars, to| exact::Stochastic::new(14, 3, 3).expect(BUILT).run(hlc(bars), to.first()),
        Task::Atr => |bars, to| exact::Atr::new(14).expect(BUILT).run(hlc(bars), to.first()),
        Task::Adx => |bars, to| exact::Adx::new(14).expect(BUILT).run(hlc(bars), to.first()),
    })
}

pub(super) fn fast(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| fast::Sma::new(20).expect(BUILT).run([&bars.close], to.first()),
        Task::Ema => |bars, to| fast::Ema::new(20).expect(BUILT).run([&bars.close], to.first()),
        Task::Rsi => |bars, to| fast::Rsi::new(14).expect(BUILT).run([&bars.close], to.first()),
        Task::Macd => |bars, to| fast::Macd::new(12, 26, 9).expect(BUILT).run([&bars.close], to.first()),
        Task::Bands => |bars, to| fast::Bollinger::new(20, 2.0).expect(BUILT).run([&bars.close], to.first()),
        Task::Stochastic => |bars, to| fast::Stochastic::new(14, 3, 3).expect(BUILT).run(hlc(bars), to.first()),
        Task::Atr => |bars, to| fast::Atr::new(14).expect(BUILT).run(hlc(bars), to.first()),
        Task::Adx => |bars, to| fast::Adx::new(14).expect(BUILT).run(hlc(bars), to.first()),
    })
}

/// The eight of a profile, bar by bar through `$each`.
macro_rules! stream {
    ($profile:ident, $each:ident) => {
        |task| {
            Some(match task {
                Task::Sma => |bars, to| $each($profile::Sma::new(20).expect(BUILT), [&bars.close], to),
                Task::Ema => |bars, to| $each($profile::Ema::new(20).expect(BUILT), [&bars.close], to),
                Task::Rsi => |bars, to| $each($profile::Rsi::new(14).expect(BUILT), [&bars.close], to),
                Task::Macd => |bars, to| $each($profile::Macd::new(12, 26, 9).expect(BUILT), [&bars.close], to),
                Task::Bands => |bars, to| $each($profile::Bollinger::new(20, 2.0).expect(BUILT), [&bars.close], to),
                Task::Stochastic => |bars, to| $each($profile::Stochastic::new(14, 3, 3).expect(BUILT), hlc(bars), to),
                Task::Atr => |bars, to| $each($profile::Atr::new(14).expect(BUILT), hlc(bars), to),
                Task::Adx => |bars, to| $each($profile::Adx::new(14).expect(BUILT), hlc(bars), to),
            })
        }
    };
}

type Programs = fn(Task) -> Option<Program>;

pub(super) const TALIB_STREAM: Programs = stream!(exact, each);
pub(super) const FAST_STREAM: Programs = stream!(fast, each);
/// The loops in `simd::dispatch`, as its documentation advises.
pub(super) const TALIB_DISPATCHED: Programs = stream!(exact, dispatched);
pub(super) const FAST_DISPATCHED: Programs = stream!(fast, dispatched);

fn hlc(bars: &Bars) -> [&[f64]; 3] {
    [&bars.high, &bars.low, &bars.close]
}

#[inline(always)]
fn each<S: Indicator<I, O>, const I: usize, const O: usize>(mut state: S, inputs: [&[f64]; I], to: &mut Buffers) {
    let n_bars = inputs[0].len();
    let inputs = inputs.map(|column| &column[..n_bars]);
    let mut outputs = to.first::<O>().map(|column| &mut column[..n_bars]);
    for bar in 0..n_bars {
        let values = state.update(inputs.map(|column| column[bar]));
        for (column, value) in outputs.iter_mut().zip(values) {
            column[bar] = value;
        }
    }
}

fn dispatched<S: Indicator<I, O>, const I: usize, const O: usize>(state: S, inputs: [&[f64]; I], to: &mut Buffers) {
    simd::dispatch(
        #[inline(always)]
        || each(state.clone(), inputs, to),
    );
}
