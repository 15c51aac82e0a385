use indicators::IndicatorKind;
use strategy::{IndicatorCall, Num, NumOp, Price};

use crate::script::{Script, float};

impl Script<'_> {
    /// `num` as an expression; what it needs is declared before.
    pub(crate) fn num(&mut self, num: &Num) -> String {
        match num {
            Num::Const(value) => float(*value),
            Num::Input(id) => self.input(*id),
            Num::Price(price) => price_name(*price).to_owned(),
            Num::Indicator(call) => self.indicator(call),
            Num::Lag(inner, bars) => self.lag(inner, *bars),
            Num::Binary(op, left, right) => {
                let (left, right) = (self.num(left), self.num(right));
                self.binary(*op, &left, &right)
            }
        }
    }

    /// History of literals does not exist in Pine, and a fixed number is the same at every bar.
    fn lag(&mut self, inner: &Num, bars: u16) -> String {
        let text = self.num(inner);
        match inner {
            Num::Const(_) | Num::Input(_) => text,
            Num::Price(_) => format!("{text}[{bars}]"),
            _ => format!("{}[{bars}]", self.declare("value", text)),
        }
    }

    fn binary(&mut self, op: NumOp, left: &str, right: &str) -> String {
        match op {
            NumOp::Add => format!("({left} + {right})"),
            NumOp::Sub => format!("({left} - {right})"),
            NumOp::Mul => format!("({left} * {right})"),
            NumOp::Div => {
                self.uses_division = true;
                format!("divide({left}, {right})")
            }
            NumOp::Min => format!("math.min({left}, {right})"),
            NumOp::Max => format!("math.max({left}, {right})"),
        }
    }

    fn indicator(&mut self, call: &IndicatorCall) -> String {
        let info = call.kind.info();
        let args: Vec<_> =
            call.args.iter().zip(info.parameters).map(|(arg, parameter)| self.arg(*arg, parameter.integer)).collect();
        let source = call.source.map_or("", price_name);
        let name = info.name;
        match call.kind {
            IndicatorKind::Sma | IndicatorKind::Ema | IndicatorKind::Rsi => {
                self.declare(name, format!("ta.{name}({source}, {})", args[0]))
            }
            IndicatorKind::Atr => self.declare(name, format!("ta.atr({})", args[0])),
            IndicatorKind::Macd => {
                let expression = format!("ta.macd({source}, {}, {}, {})", args[0], args[1], args[2]);
                self.declare_tuple(name, &["macd", "signal", "histogram"], expression, &call.output)
            }
            IndicatorKind::Bollinger => {
                let expression = format!("ta.bb({source}, {}, {})", args[0], args[1]);
                self.declare_tuple(name, &["middle", "upper", "lower"], expression, &call.output)
            }
            IndicatorKind::Adx => {
                let expression = format!("ta.dmi({0}, {0})", args[0]);
                self.declare_tuple(name, &["plus_di", "minus_di", "adx"], expression, &call.output)
            }
            IndicatorKind::Stochastic => {
                let fast = self.declare("stoch", format!("ta.stoch(close, high, low, {})", args[0]));
                let k = self.declare("stoch_k", format!("ta.sma({fast}, {})", args[1]));
                if call.output == "k" { k } else { self.declare("stoch_d", format!("ta.sma({k}, {})", args[2])) }
            }
        }
    }
}

pub(crate) const fn price_name(price: Price) -> &'static str {
    match price {
        Price::Open => "open",
        Price::High => "high",
        Price::Low => "low",
        Price::Close => "close",
        Price::Hl2 => "hl2",
        Price::Hlc3 => "hlc3",
        Price::Ohlc4 => "ohlc4",
        Price::Volume => "volume",
    }
}
