use vector_ta::indicators::adx::{AdxInput, AdxParams, AdxStream, adx_into};
use vector_ta::indicators::atr::{AtrInput, AtrParams, AtrStream, atr_into};
use vector_ta::indicators::bollinger_bands::{
    BollingerBandsInput, BollingerBandsParams, BollingerBandsStream, bollinger_bands_into,
};
use vector_ta::indicators::macd::{MacdInput, MacdParams, macd_into};
use vector_ta::indicators::moving_averages::ema::{EmaInput, EmaParams, ema_into};
use vector_ta::indicators::moving_averages::sma::{SmaInput, SmaParams, SmaStream, sma_into};
use vector_ta::indicators::rsi::{RsiInput, RsiParams, RsiStream, rsi_into};
use vector_ta::indicators::stoch::{StochInput, StochParams, StochStream, stoch_into};

use super::{Program, Task};

const RIGHT: &str = "the parameters are in range";

pub(super) fn batch(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| {
            let input = SmaInput::from_slice(&bars.close, SmaParams { period: Some(20) });
            let [a] = to.first();
            sma_into(&input, a).expect(RIGHT);
        },
        Task::Ema => |bars, to| {
            let input = EmaInput::from_slice(&bars.close, EmaParams { period: Some(20) });
            let [a] = to.first();
            ema_into(&input, a).expect(RIGHT);
        },
        Task::Rsi => |bars, to| {
            let input = RsiInput::from_slice(&bars.close, RsiParams { period: Some(14) });
            let [a] = to.first();
            rsi_into(&input, a).expect(RIGHT);
        },
        Task::Macd => |bars, to| {
            let input = MacdInput::from_slice(&bars.close, MacdParams::default());
            let [a, b, c] = to.first();
            macd_into(&input, a, b, c).expect(RIGHT);
        },
        Task::Bands => |bars, to| {
            let input = BollingerBandsInput::from_slice(&bars.close, BollingerBandsParams::default());
            let [a, b, c] = to.first();
            bollinger_bands_into(&input, a, b, c).expect(RIGHT);
        },
        Task::Stochastic => |bars, to| {
            let input = StochInput::from_slices(&bars.high, &bars.low, &bars.close, StochParams::default());
            let [a, b] = to.first();
            stoch_into(&input, a, b).expect(RIGHT);
        },
        Task::Atr => |bars, to| {
            let input = AtrInput::from_slices(&bars.high, &bars.low, &bars.close, AtrParams { length: Some(14) });
            let [a] = to.first();
            atr_into(&input, a).expect(RIGHT);
        },
        Task::Adx => |bars, to| {
            let input = AdxInput::from_slices(&bars.high, &bars.low, &bars.close, AdxParams { period: Some(14) });
            let [a] = to.first();
            adx_into(&input, a).expect(RIGHT);
        },
    })
}

pub(super) fn stream(task: Task) -> Option<Program> {
    Some(match task {
        Task::Sma => |bars, to| {
            let (mut state, [a]) = (SmaStream::try_new(SmaParams { period: Some(20) }).expect(RIGHT), to.first());
            a.iter_mut().zip(&bars.close).for_each(|(a, &price)| *a = state.update(price).unwrap_or(f64::NAN));
        },
        Task::Rsi => |bars, to| {
            let (mut state, [a]) = (RsiStream::try_new(RsiParams { period: Some(14) }).expect(RIGHT), to.first());
            a.iter_mut().zip(&bars.close).for_each(|(a, &price)| *a = state.update(price).unwrap_or(f64::NAN));
        },
        Task::Bands => |bars, to| {
            let mut state = BollingerBandsStream::try_new(BollingerBandsParams::default()).expect(RIGHT);
            let [a, b, c] = to.first();
            for (bar, &price) in bars.close.iter().enumerate() {
                (a[bar], b[bar], c[bar]) = state.update(price).unwrap_or([f64::NAN; 3].into());
            }
        },
        Task::Stochastic => |bars, to| {
            let mut state = StochStream::try_new(StochParams::default()).expect(RIGHT);
            let [a, b] = to.first();
            for bar in 0..bars.len() {
                let next = state.update(bars.high[bar], bars.low[bar], bars.close[bar]);
                (a[bar], b[bar]) = next.unwrap_or([f64::NAN; 2].into());
            }
        },
        Task::Atr => |bars, to| {
            let (mut state, [a]) = (AtrStream::try_new(AtrParams { length: Some(14) }).expect(RIGHT), to.first());
            for (bar, a) in a.iter_mut().enumerate() {
                *a = state.update(bars.high[bar], bars.low[bar], bars.close[bar]).unwrap_or(f64::NAN);
            }
        },
        Task::Adx => |bars, to| {
            let (mut state, [a]) = (AdxStream::try_new(AdxParams { period: Some(14) }).expect(RIGHT), to.first());
            for (bar, a) in a.iter_mut().enumerate() {
                *a = state.update(bars.high[bar], bars.low[bar], bars.close[bar]).unwrap_or(f64::NAN);
            }
        },
        Task::Ema | Task::Macd => return None,
    })
}
