use strategy::{CmpOp, Cond, CrossKind, Session};

use crate::script::Script;

impl Script<'_> {
    /// `cond` as an expression; what it needs is declared before. Crossings get a variable of their own, because `and`
    /// and `or` are lazy and `ta.crossover` must see every bar.
    pub(crate) fn cond(&mut self, cond: &Cond) -> String {
        match cond {
            Cond::Compare(op, left, right) => {
                let (left, right) = (self.num(left), self.num(right));
                format!("{left} {} {right}", compare_sign(*op))
            }
            Cond::Cross(kind, left, right) => {
                let (left, right) = (self.num(left), self.num(right));
                match kind {
                    CrossKind::Over => self.declare("crossed", format!("ta.crossover({left}, {right})")),
                    CrossKind::Under => self.declare("crossed", format!("ta.crossunder({left}, {right})")),
                }
            }
            Cond::Session(session) => self.session(*session),
            Cond::All(parts) => self.joined(parts, " and ", "true"),
            Cond::Any(parts) => self.joined(parts, " or ", "false"),
            Cond::Not(inner) => format!("not {}", self.part(inner)),
        }
    }

    fn joined(&mut self, parts: &[Cond], between: &str, empty: &str) -> String {
        match parts {
            [] => empty.to_owned(),
            [only] => self.cond(only),
            _ => parts.iter().map(|part| self.part(part)).collect::<Vec<_>>().join(between),
        }
    }

    /// A condition inside another one.
    fn part(&mut self, cond: &Cond) -> String {
        let text = self.cond(cond);
        match cond {
            Cond::Cross(..) => text,
            _ => format!("({text})"),
        }
    }

    fn session(&mut self, Session { from_minute, to_minute }: Session) -> String {
        let minute = self.declare("minute_of_day", "hour(time, \"UTC\") * 60 + minute(time, \"UTC\")".to_owned());
        let joint = if from_minute < to_minute { "and" } else { "or" };
        format!("{minute} >= {from_minute} {joint} {minute} < {to_minute}")
    }
}

const fn compare_sign(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Lt => "<",
        CmpOp::Le => "<=",
        CmpOp::Gt => ">",
        CmpOp::Ge => ">=",
    }
}
