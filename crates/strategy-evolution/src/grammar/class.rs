use strategy::{Num, NumOp, Price};

use super::{Grammar, Measure};

/// What a number is compared with: numbers of its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    Price,
    Signed,
    Size,
    Volume,
    /// A scale of its own, by the position of the first term of that indicator.
    Own(usize),
}

impl Class {
    /// Whether numbers of both share a unit.
    pub(crate) fn compares_with(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Signed, Self::Size) | (Self::Size, Self::Signed))
    }
}

impl Grammar {
    /// The class of a number; `None` if its parts do not fit together or are not of the vocabulary.
    pub(crate) fn class(&self, num: &Num) -> Option<Class> {
        match num {
            Num::Const(_) | Num::Input(_) => None,
            Num::Price(Price::Volume) => Some(Class::Volume),
            Num::Price(_) => Some(Class::Price),
            Num::Indicator(call) => Some(self.classes[self.term_of(call)?]),
            Num::Lag(inner, _) => self.class(inner),
            Num::Longer(longer) => self.class(&longer.num),
            Num::Binary(op, left, right) => self.binary(*op, left, right),
        }
    }

    fn binary(&self, op: NumOp, left: &Num, right: &Num) -> Option<Class> {
        use Class::{Own, Price, Signed, Size};
        if let (Num::Const(_), NumOp::Mul, scaled) | (scaled, NumOp::Mul | NumOp::Div, Num::Const(_)) =
            (left, op, right)
        {
            return self.class(scaled).filter(|class| !matches!(class, Own(_)));
        }
        match (op, self.class(left)?, self.class(right)?) {
            (NumOp::Sub, Price, Price) | (NumOp::Add | NumOp::Sub, Signed | Size, Signed | Size) => Some(Signed),
            (NumOp::Add | NumOp::Sub, Price, Signed | Size) | (NumOp::Add, Signed | Size, Price) => Some(Price),
            (NumOp::Min | NumOp::Max, one, other) if one == other => Some(one),
            _ => None,
        }
    }

    pub(super) fn class_of_measure(measure: Measure, family: usize) -> Class {
        match measure {
            Measure::Price => Class::Price,
            Measure::Signed => Class::Signed,
            Measure::Size => Class::Size,
            Measure::Volume => Class::Volume,
            Measure::Own => Class::Own(family),
        }
    }
}
