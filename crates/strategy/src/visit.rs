use crate::{Cond, IndicatorCall, Longer, Num, SizeRule, Strategy};

impl Strategy {
    /// Calls `visit` with every indicator of the rules and the sizing, in the order of the tree, and with the minutes of
    /// the longer bars that it is computed from, if any; one that occurs twice comes twice. The average true range of a
    /// [`Distance`](crate::Distance) is not among them.
    pub fn for_each_indicator<'a>(&'a self, visit: &mut dyn FnMut(&'a IndicatorCall, Option<u16>)) {
        for rule in [&self.long, &self.short].into_iter().flatten() {
            in_cond(&rule.entry, visit);
            if let Some(exit) = &rule.exit {
                in_cond(exit, visit);
            }
        }
        if let SizeRule::VolatilityTarget { volatility, .. } = &self.sizing.rule {
            in_num(volatility, None, visit);
        }
        if let Some(confidence) = &self.sizing.confidence {
            in_num(confidence, None, visit);
        }
    }
}

fn in_cond<'a>(cond: &'a Cond, visit: &mut dyn FnMut(&'a IndicatorCall, Option<u16>)) {
    match cond {
        Cond::Compare(_, left, right) | Cond::Cross(_, left, right) => {
            in_num(left, None, visit);
            in_num(right, None, visit);
        }
        Cond::Session(_) => {}
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| in_cond(part, visit)),
        Cond::Not(inner) => in_cond(inner, visit),
    }
}

fn in_num<'a>(num: &'a Num, longer: Option<u16>, visit: &mut dyn FnMut(&'a IndicatorCall, Option<u16>)) {
    match num {
        Num::Const(_) | Num::Input(_) | Num::Price(_) => {}
        Num::Indicator(call) => visit(call, longer),
        Num::Lag(inner, _) => in_num(inner, longer, visit),
        Num::Binary(_, left, right) => {
            in_num(left, longer, visit);
            in_num(right, longer, visit);
        }
        Num::Longer(Longer { minutes, num }) => in_num(num, Some(*minutes), visit),
    }
}
