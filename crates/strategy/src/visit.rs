use crate::{Cond, IndicatorCall, Num, SizeRule, Strategy};

impl Strategy {
    /// Calls `visit` with every indicator of the rules and the sizing, in the order of the tree; one that occurs twice
    /// comes twice. The average true range of a [`Distance`](crate::Distance) is not among them.
    pub fn for_each_indicator<'a>(&'a self, visit: &mut dyn FnMut(&'a IndicatorCall)) {
        for rule in [&self.long, &self.short].into_iter().flatten() {
            in_cond(&rule.entry, visit);
            if let Some(exit) = &rule.exit {
                in_cond(exit, visit);
            }
        }
        if let SizeRule::VolatilityTarget { volatility, .. } = &self.sizing.rule {
            in_num(volatility, visit);
        }
        if let Some(confidence) = &self.sizing.confidence {
            in_num(confidence, visit);
        }
    }
}

fn in_cond<'a>(cond: &'a Cond, visit: &mut dyn FnMut(&'a IndicatorCall)) {
    match cond {
        Cond::Compare(_, left, right) | Cond::Cross(_, left, right) => {
            in_num(left, visit);
            in_num(right, visit);
        }
        Cond::Session(_) => {}
        Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| in_cond(part, visit)),
        Cond::Not(inner) => in_cond(inner, visit),
    }
}

fn in_num<'a>(num: &'a Num, visit: &mut dyn FnMut(&'a IndicatorCall)) {
    match num {
        Num::Const(_) | Num::Input(_) | Num::Price(_) => {}
        Num::Indicator(call) => visit(call),
        Num::Lag(inner, _) => in_num(inner, visit),
        Num::Binary(_, left, right) => {
            in_num(left, visit);
            in_num(right, visit);
        }
    }
}
