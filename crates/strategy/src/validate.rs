mod risk;

use indicators::{Column, IndicatorInfo, ParameterInfo, ParameterKind, Profile};

use crate::{
    Arg, Cond, Error, IndicatorCall, Input, InputId, InputKind, Longer, Num, Problem, ProblemKind, Risk, Rule, Session,
    Strategy,
};

/// Deepest nesting of conditions and numbers.
const MAX_DEPTH: usize = 64;
/// Largest lag in bars, TradingView's own limit of history.
const MAX_LAG: u16 = 5_000;
/// Largest whole number that a 64-bit float holds exactly.
const MAX_WHOLE: i64 = 1 << 53;

impl Strategy {
    /// Checks everything that the types cannot express. Whether every indicator is defined in the arithmetic that will
    /// be used, [`Strategy::validate_in`] checks too.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all problems, each with the path of its place.
    pub fn validate(&self) -> Result<(), Error> {
        self.check(None)
    }

    /// What [`Strategy::validate`] checks, and that every indicator is defined in `profile`.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all problems, each with the path of its place.
    pub fn validate_in(&self, profile: Profile) -> Result<(), Error> {
        self.check(Some(profile))
    }

    fn check(&self, profile: Option<Profile>) -> Result<(), Error> {
        let mut checker = Checker { inputs: &self.inputs, profile, problems: Vec::new() };
        checker.strategy(self);
        if checker.problems.is_empty() {
            return Ok(());
        }
        Err(Error::Invalid { name: self.name.clone(), problems: checker.problems })
    }
}

struct Checker<'a> {
    inputs: &'a [Input],
    /// Where every indicator must be defined.
    profile: Option<Profile>,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    fn report(&mut self, path: &str, kind: ProblemKind) {
        self.problems.push(Problem { path: path.to_owned(), kind });
    }

    fn strategy(&mut self, strategy: &Strategy) {
        if !is_name(&strategy.name) {
            self.report("name", ProblemKind::Name(strategy.name.clone()));
        }
        for (index, input) in strategy.inputs.iter().enumerate() {
            self.input(&format!("inputs[{index}]"), input, &strategy.inputs[..index]);
        }
        for (index, constraint) in strategy.constraints.iter().enumerate() {
            self.constraint(&format!("constraints[{index}]"), constraint.less, constraint.than);
        }
        if strategy.long.is_none() && strategy.short.is_none() {
            self.report("long", ProblemKind::NoRule);
        }
        let Risk { stop_loss, take_profit, trailing_stop, max_bars, .. } = &strategy.risk;
        let closes = stop_loss.is_some() || take_profit.is_some() || trailing_stop.is_some() || max_bars.is_some();
        for (side, rule, opposite) in
            [("long", &strategy.long, &strategy.short), ("short", &strategy.short, &strategy.long)]
        {
            if let Some(rule) = rule {
                self.rule(side, rule);
                if rule.exit.is_none() && !closes && opposite.is_none() {
                    self.report(side, ProblemKind::NeverCloses);
                }
            }
        }
        self.risk(&strategy.risk);
        self.sizing(&strategy.sizing, strategy.risk.stop_loss.is_some());
    }

    fn input(&mut self, path: &str, input: &Input, earlier: &[Input]) {
        if !is_identifier(&input.name) {
            self.report(&format!("{path}.name"), ProblemKind::Identifier(input.name.clone()));
        }
        if earlier.iter().any(|other| other.name == input.name) {
            self.report(&format!("{path}.name"), ProblemKind::DuplicateInput(input.name.clone()));
        }
        let (default, min, max, step) = match input.kind {
            InputKind::Integer { default, min, max, step } => {
                if [default, min, max, step].iter().any(|value| !(-MAX_WHOLE..=MAX_WHOLE).contains(value)) {
                    self.report(&format!("{path}.kind"), ProblemKind::NotWhole);
                }
                (default as f64, min as f64, max as f64, step as f64)
            }
            InputKind::Float { default, min, max, step } => (default, min, max, step),
        };
        let finite = [default, min, max, step].iter().all(|value| value.is_finite());
        if !(finite && min <= default && default <= max && step > 0.0) {
            self.report(&format!("{path}.kind"), ProblemKind::Range { min, max, step, default });
        }
    }

    fn constraint(&mut self, path: &str, less: InputId, than: InputId) {
        let (Some(smaller), Some(larger)) =
            (self.known_input(&format!("{path}.less"), less), self.known_input(&format!("{path}.than"), than))
        else {
            return;
        };
        if less == than || smaller.range().0 >= larger.range().1 {
            self.report(path, ProblemKind::ImpossibleConstraint);
        }
    }

    fn rule(&mut self, path: &str, rule: &Rule) {
        self.cond(&format!("{path}.entry"), &rule.entry, 1);
        if let Some(exit) = &rule.exit {
            self.cond(&format!("{path}.exit"), exit, 1);
        }
    }

    fn cond(&mut self, path: &str, cond: &Cond, depth: usize) {
        if depth > MAX_DEPTH {
            return self.report(path, ProblemKind::Depth(MAX_DEPTH));
        }
        match cond {
            Cond::Compare(_, left, right) => self.pair(&format!("{path}.compare"), left, right, depth),
            Cond::Cross(_, left, right) => self.pair(&format!("{path}.cross"), left, right, depth),
            Cond::Session(session) => self.session(&format!("{path}.session"), *session),
            Cond::All(parts) => self.parts(&format!("{path}.all"), parts, depth),
            Cond::Any(parts) => self.parts(&format!("{path}.any"), parts, depth),
            Cond::Not(inner) => self.cond(&format!("{path}.not"), inner, depth + 1),
        }
    }

    fn parts(&mut self, path: &str, parts: &[Cond], depth: usize) {
        for (index, part) in parts.iter().enumerate() {
            self.cond(&format!("{path}[{index}]"), part, depth + 1);
        }
    }

    fn pair(&mut self, path: &str, left: &Num, right: &Num, depth: usize) {
        self.num(&format!("{path}.left"), left, depth + 1);
        self.num(&format!("{path}.right"), right, depth + 1);
    }

    fn session(&mut self, path: &str, session: Session) {
        for (name, minute) in [("from_minute", session.from_minute), ("to_minute", session.to_minute)] {
            self.within(&format!("{path}.{name}"), f64::from(minute), 0.0, 1439.0);
        }
        if session.from_minute == session.to_minute {
            self.report(path, ProblemKind::EmptySession);
        }
    }

    fn num(&mut self, path: &str, num: &Num, depth: usize) {
        if depth > MAX_DEPTH {
            return self.report(path, ProblemKind::Depth(MAX_DEPTH));
        }
        match num {
            Num::Const(value) if !value.is_finite() => {
                self.report(&format!("{path}.const"), ProblemKind::NotFinite(*value));
            }
            Num::Const(_) | Num::Price(_) => {}
            Num::Input(id) => {
                self.known_input(&format!("{path}.input"), *id);
            }
            Num::Indicator(call) => self.indicator(&format!("{path}.indicator"), call),
            Num::Lag(inner, bars) => {
                self.within(&format!("{path}.lag.bars"), f64::from(*bars), 1.0, f64::from(MAX_LAG));
                self.num(&format!("{path}.lag"), inner, depth + 1);
            }
            Num::Binary(_, left, right) => self.pair(&format!("{path}.binary"), left, right, depth),
            Num::Longer(longer) => self.longer(&format!("{path}.longer"), longer, depth),
        }
    }

    fn longer(&mut self, path: &str, Longer { minutes, num }: &Longer, depth: usize) {
        if *minutes != 10_080 && !(*minutes > 1 && 1_440 % minutes == 0) {
            self.report(&format!("{path}.minutes"), ProblemKind::LongerMinutes(*minutes));
        }
        if has_longer(num) {
            return self.report(&format!("{path}.num"), ProblemKind::LongerInside);
        }
        self.num(&format!("{path}.num"), num, depth + 1);
    }

    fn indicator(&mut self, path: &str, call: &IndicatorCall) {
        let info = call.kind.info();
        if call.args.len() == info.parameters.len() {
            for (index, (arg, parameter)) in call.args.iter().zip(info.parameters).enumerate() {
                self.parameter(&format!("{path}.args[{index}]"), *arg, parameter);
            }
        } else {
            let (expected, found) = (info.parameters.len(), call.args.len());
            self.report(&format!("{path}.args"), ProblemKind::ArgCount { indicator: info.name, expected, found });
        }
        self.columns(path, info, call.source.is_some());
        self.defined(path, info);
        if !info.outputs.iter().any(|output| output.name == call.output) {
            let known = info.outputs.iter().map(|output| output.name).collect::<Vec<_>>().join(", ");
            let kind = ProblemKind::UnknownOutput { indicator: info.name, found: call.output.clone(), known };
            self.report(&format!("{path}.output"), kind);
        }
    }

    /// The columns that `info` reads must be those of bars, and a price where it leaves one to the caller.
    fn columns(&mut self, path: &str, info: &IndicatorInfo, has_source: bool) {
        if info.inputs.iter().any(|column| matches!(column, Column::Second | Column::Condition)) {
            self.report(path, ProblemKind::UnknownColumn { indicator: info.name });
        }
        let needed = info.inputs.contains(&Column::Source);
        if has_source != needed {
            self.report(&format!("{path}.source"), ProblemKind::Source { indicator: info.name, needed });
        }
    }

    fn defined(&mut self, path: &str, info: &IndicatorInfo) {
        if let Some(profile) = self.profile
            && !info.profiles().any(|defined| defined == profile)
        {
            self.report(path, ProblemKind::NotInProfile { indicator: info.name, profile });
        }
    }

    fn parameter(&mut self, path: &str, arg: Arg, parameter: &ParameterInfo) {
        if parameter.kind != ParameterKind::Number {
            self.whole_arg(path, arg);
        }
        self.arg(path, arg, parameter.min, parameter.max);
    }

    fn whole_arg(&mut self, path: &str, arg: Arg) {
        let whole = match arg {
            Arg::Const(value) => value.fract() == 0.0,
            Arg::Input(InputId(index)) => self.inputs.get(usize::from(index)).is_none_or(Input::is_integer),
        };
        if !whole {
            self.report(path, ProblemKind::NotWhole);
        }
    }

    /// Every value that `arg` can take must lie inside `min` to `max`.
    fn arg(&mut self, path: &str, arg: Arg, min: f64, max: f64) {
        match arg {
            Arg::Const(value) => self.within(path, value, min, max),
            Arg::Input(id) => {
                if let Some((low, high)) = self.known_input(path, id).map(Input::range) {
                    self.within(path, low, min, max);
                    self.within(path, high, min, max);
                }
            }
        }
    }

    fn within(&mut self, path: &str, found: f64, min: f64, max: f64) {
        if !(found >= min && found <= max) {
            self.report(path, ProblemKind::OutOfRange { found, min, max });
        }
    }

    fn known_input(&mut self, path: &str, InputId(index): InputId) -> Option<&'a Input> {
        let inputs = self.inputs;
        let found = inputs.get(usize::from(index));
        if found.is_none() {
            self.report(path, ProblemKind::UnknownInput { index, count: inputs.len() });
        }
        found
    }
}

fn has_longer(num: &Num) -> bool {
    match num {
        Num::Const(_) | Num::Input(_) | Num::Price(_) | Num::Indicator(_) => false,
        Num::Lag(inner, _) => has_longer(inner),
        Num::Binary(_, left, right) => has_longer(left) || has_longer(right),
        Num::Longer(_) => true,
    }
}

fn is_name(text: &str) -> bool {
    (1..=80).contains(&text.chars().count()) && !text.chars().any(char::is_control) && !text.trim().is_empty()
}

fn is_identifier(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
