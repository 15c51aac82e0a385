use strategy::{Longer, Num, NumOp, Price};

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
            Num::Longer(longer) => self.longer(longer),
        }
    }

    /// A number of the last longer bar that has ended, by the form that TradingView's manual gives for values that do not
    /// change afterwards: the bar before the current one, looked up ahead. What it is computed from stands in a function,
    /// which is evaluated over the longer bars.
    fn longer(&mut self, Longer { minutes, num }: &Longer) -> String {
        let mut inside = self.function_body();
        let value = inside.num(num);
        inside.line(&format!("value = {value}"));
        inside.line("value[1]");
        self.uses_division |= inside.uses_division;
        let body = inside.into_text().trim_end().replace('\n', "\n    ");
        let function = self.declare_block("longer", &format!("{{name}}() =>\n    {body}"));
        let length = match minutes {
            1_440 => "1D".to_owned(),
            10_080 => "1W".to_owned(),
            minutes => minutes.to_string(),
        };
        let call = format!(
            "request.security(syminfo.tickerid, \"{length}\", {function}(), lookahead = barmerge.lookahead_on)"
        );
        self.declare("longer_value", call)
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
