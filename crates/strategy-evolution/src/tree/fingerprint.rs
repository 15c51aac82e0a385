use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use strategy::{Arg, Cond, Distance, IndicatorCall, Num, Rule, SizeRule, Strategy};

/// What a strategy in its simplest form is known by: 128 bits of everything but its name.
///
/// Two strategies that differ have the same one with a probability of about 10⁻³⁸; among a thousand million strategies any
/// two do with 10⁻²¹.
///
/// Source: FNV-1a, 128 bits (G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, RFC 9923).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u128);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(text, 16).map(Self)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <std::borrow::Cow<'de, str>>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What a node is written to, to be hashed or compared.
trait Sink {
    fn byte(&mut self, byte: u8);

    fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.byte(byte);
        }
    }

    fn number(&mut self, value: f64) {
        self.bytes(&value.to_bits().to_be_bytes());
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
        self.byte(0);
    }
}

struct Fnv(u128);

impl Sink for Fnv {
    fn byte(&mut self, byte: u8) {
        const PRIME: u128 = (1 << 88) + 0x13b;
        self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(PRIME);
    }
}

impl Sink for Vec<u8> {
    fn byte(&mut self, byte: u8) {
        self.push(byte);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

/// The fingerprint of a strategy as it stands, without simplifying it.
pub(crate) fn fingerprint(strategy: &Strategy) -> Fingerprint {
    let mut sink = Fnv(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
    for rule in [&strategy.long, &strategy.short] {
        write_rule(rule.as_ref(), &mut sink);
    }
    for distance in [&strategy.risk.stop_loss, &strategy.risk.take_profit] {
        write_distance(distance.as_ref(), &mut sink);
    }
    write_size(&strategy.sizing.rule, &mut sink);
    Fingerprint(sink.0)
}

/// A total order of conditions: equal only if they are the same.
pub(crate) fn sort(parts: &mut Vec<Cond>) {
    if parts.len() > 1 {
        parts.sort_by_cached_key(|part| {
            let mut bytes = Vec::with_capacity(128);
            write_cond(part, &mut bytes);
            bytes
        });
        parts.dedup();
    }
}

/// A total order of numbers: equal only if they are the same.
pub(crate) fn compare(left: &Num, right: &Num) -> Ordering {
    let bytes = |num: &Num| {
        let mut bytes = Vec::with_capacity(64);
        write_num(num, &mut bytes);
        bytes
    };
    bytes(left).cmp(&bytes(right))
}

fn write_rule(rule: Option<&Rule>, sink: &mut impl Sink) {
    sink.byte(u8::from(rule.is_some()));
    if let Some(rule) = rule {
        write_cond(&rule.entry, sink);
        sink.byte(u8::from(rule.exit.is_some()));
        if let Some(exit) = &rule.exit {
            write_cond(exit, sink);
        }
    }
}

fn write_cond(cond: &Cond, sink: &mut impl Sink) {
    match cond {
        Cond::Compare(op, left, right) => {
            sink.bytes(&[1, *op as u8]);
            write_num(left, sink);
            write_num(right, sink);
        }
        Cond::Cross(kind, left, right) => {
            sink.bytes(&[2, *kind as u8]);
            write_num(left, sink);
            write_num(right, sink);
        }
        Cond::Session(session) => {
            sink.byte(3);
            sink.bytes(&session.from_minute.to_be_bytes());
            sink.bytes(&session.to_minute.to_be_bytes());
        }
        Cond::All(parts) => write_parts(4, parts, sink),
        Cond::Any(parts) => write_parts(5, parts, sink),
        Cond::Not(inner) => write_parts(6, std::slice::from_ref(inner), sink),
    }
}

fn write_parts(tag: u8, parts: &[Cond], sink: &mut impl Sink) {
    sink.byte(tag);
    sink.bytes(&(parts.len() as u64).to_be_bytes());
    for part in parts {
        write_cond(part, sink);
    }
}

fn write_num(num: &Num, sink: &mut impl Sink) {
    match num {
        Num::Const(value) => {
            sink.byte(1);
            sink.number(*value);
        }
        Num::Input(id) => {
            sink.byte(2);
            sink.bytes(&id.0.to_be_bytes());
        }
        Num::Price(price) => sink.bytes(&[3, *price as u8]),
        Num::Indicator(call) => {
            sink.byte(4);
            write_call(call, sink);
        }
        Num::Lag(inner, bars) => {
            sink.byte(5);
            sink.bytes(&bars.to_be_bytes());
            write_num(inner, sink);
        }
        Num::Binary(op, left, right) => {
            sink.bytes(&[6, *op as u8]);
            write_num(left, sink);
            write_num(right, sink);
        }
        Num::Longer(longer) => {
            sink.byte(7);
            sink.bytes(&longer.minutes.to_be_bytes());
            write_num(&longer.num, sink);
        }
    }
}

fn write_call(call: &IndicatorCall, sink: &mut impl Sink) {
    sink.text(call.kind.name());
    sink.text(&call.output);
    sink.byte(call.source.map_or(u8::MAX, |price| price as u8));
    for &arg in &call.args {
        write_arg(arg, sink);
    }
}

fn write_arg(arg: Arg, sink: &mut impl Sink) {
    match arg {
        Arg::Const(value) => {
            sink.byte(1);
            sink.number(value);
        }
        Arg::Input(id) => {
            sink.byte(2);
            sink.bytes(&id.0.to_be_bytes());
        }
    }
}

fn write_distance(distance: Option<&Distance>, sink: &mut impl Sink) {
    match distance {
        None => sink.byte(0),
        Some(Distance::Ticks(ticks)) => {
            sink.byte(1);
            write_arg(*ticks, sink);
        }
        Some(Distance::Percent(percent)) => {
            sink.byte(2);
            write_arg(*percent, sink);
        }
        Some(Distance::Atr { period, multiple }) => {
            sink.byte(3);
            write_arg(*period, sink);
            write_arg(*multiple, sink);
        }
    }
}

fn write_size(size: &SizeRule, sink: &mut impl Sink) {
    let mut numbers = |tag: u8, numbers: &[f64]| {
        sink.byte(tag);
        for &number in numbers {
            sink.number(number);
        }
    };
    match size {
        SizeRule::Units(units) => numbers(1, &[*units]),
        SizeRule::EquityFraction(fraction) => numbers(2, &[*fraction]),
        SizeRule::RiskFraction(fraction) => numbers(3, &[*fraction]),
        SizeRule::Kelly { fraction, n_trades, min_leverage, max_leverage } => {
            numbers(4, &[*fraction, f64::from(*n_trades), *min_leverage, *max_leverage]);
        }
        SizeRule::VolatilityTarget { target, volatility, max_leverage } => {
            numbers(5, &[*target, *max_leverage]);
            write_num(volatility, sink);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a_of_128_bits() {
        // Test vectors of RFC 9923.
        let of = |text: &str| {
            let mut hash = Fnv(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
            hash.bytes(text.as_bytes());
            Fingerprint(hash.0).to_string()
        };
        assert_eq!(of(""), "6c62272e07bb014262b821756295c58d");
        assert_eq!(of("a"), "d228cb696f1a8caf78912b704e4a8964");
        assert_eq!(of("foobar"), "343e1662793c64bf6f0d3597ba446f18");
    }
}
