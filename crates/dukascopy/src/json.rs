//! The newer protocol: ticks, candles and instrument details as JSON.

mod candles;
mod code;
mod instrument;
mod path;
mod reply;
mod ticks;

pub use self::candles::{decode_json_candles, encode_json_candles};
pub use self::code::{json_code, json_symbol};
pub use self::instrument::{JsonInstrument, JsonSchedule, JsonSession, decode_json_instrument};
pub use self::path::{JsonPath, json_path};
pub use self::ticks::{decode_json_ticks, encode_json_ticks};
