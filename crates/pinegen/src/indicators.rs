//! Indicators, from the templates of their catalogue.

use std::collections::BTreeSet;

use indicators::{IndicatorInfo, ParameterKind, Pine};
use strategy::{Arg, Distance, IndicatorCall, Strategy};

use crate::Error;
use crate::numbers::price_name;
use crate::script::Script;
use crate::template::{Part, is_block, parts};

/// Stands for the name that the variables of one computation begin with.
const NAME: &str = "name";

/// Whether Pine Script has every indicator of the valid `strategy`, in the form in which it is used.
///
/// # Errors
/// [`Error::NoPine`] or [`Error::FixedInPine`] for the first that it lacks.
pub fn check(strategy: &Strategy) -> Result<(), Error> {
    let mut checked = Ok(());
    strategy.for_each_indicator(&mut |call, _| {
        if checked.is_ok() {
            checked = check_call(call);
        }
    });
    checked?;
    for distance in strategy.risk.distances() {
        if let Distance::Atr { period, .. } = distance {
            check_call(&IndicatorCall::average_true_range(*period))?;
        }
    }
    Ok(())
}

/// There must be a template; every parameter that it does not mention must have its default, and a choice must be made,
/// because Pine Script has no input of it.
fn check_call(call: &IndicatorCall) -> Result<(), Error> {
    let info = call.kind.info();
    let pine = info.pine.ok_or(Error::NoPine { indicator: info.name })?;
    let mentioned: BTreeSet<&str> = std::iter::once(&pine.lines)
        .chain(pine.outputs)
        .flat_map(|text| parts(text))
        .filter_map(|part| match part {
            Part::Place(place) => Some(place),
            Part::Text(_) => None,
        })
        .collect();
    for (parameter, arg) in info.parameters.iter().zip(&call.args) {
        let is_open_choice = matches!((parameter.kind, arg), (ParameterKind::Choice(_), Arg::Input(_)));
        if is_open_choice || (!mentioned.contains(parameter.name) && *arg != Arg::Const(parameter.default)) {
            return Err(Error::FixedInPine { indicator: info.name, parameter: parameter.name });
        }
    }
    Ok(())
}

impl Script<'_> {
    /// The wanted output of `call` as an expression; what it needs is declared before.
    pub(crate) fn indicator(&mut self, call: &IndicatorCall) -> String {
        let info = call.kind.info();
        let pine = info.pine.expect("checked before the first line is written");
        if pine.outputs.is_empty() {
            let expression = self.filled(pine.lines, call, "");
            return self.declare(info.name, expression);
        }
        let output = info.outputs.iter().position(|output| output.name == call.output);
        let output = pine.outputs[output.expect("a valid strategy names an output")];
        let expression = if is_block(&pine) {
            let lines = self.filled(pine.lines, call, "{name}");
            let name = self.declare_block(info.name, &lines);
            self.filled(output, call, &name)
        } else {
            self.chained(output, &pine, call)
        };
        if is_variable(&expression) {
            return expression;
        }
        self.declare(&format!("{}_{}", info.name, call.output), expression)
    }

    /// `text` with each variable that it mentions declared before it, and each of these in the same way.
    fn chained(&mut self, text: &str, pine: &Pine, call: &IndicatorCall) -> String {
        let mut filled = String::new();
        for part in parts(text) {
            let piece = match part {
                Part::Text(text) => text.to_owned(),
                Part::Place(place) => match crate::template::variable(pine, place) {
                    Some(expression) => {
                        let expression = self.chained(expression, pine, call);
                        self.declare(place, expression)
                    }
                    None => self.place(place, call, ""),
                },
            };
            filled.push_str(&piece);
        }
        filled
    }

    fn filled(&self, text: &str, call: &IndicatorCall, name: &str) -> String {
        parts(text)
            .map(|part| match part {
                Part::Text(text) => text.to_owned(),
                Part::Place(place) => self.place(place, call, name),
            })
            .collect()
    }

    /// What stands for `place` in the template of `call`.
    fn place(&self, place: &str, call: &IndicatorCall, name: &str) -> String {
        let info: &IndicatorInfo = call.kind.info();
        if let Some(index) = info.parameters.iter().position(|parameter| parameter.name == place) {
            return match info.parameters[index].kind {
                ParameterKind::Choice(names) => choice(names, call.args[index]).to_owned(),
                kind => self.arg(call.args[index], kind == ParameterKind::Bars),
            };
        }
        match place {
            NAME => name.to_owned(),
            "source" => price_name(call.source.expect("a valid strategy names the price")).to_owned(),
            other => panic!("the template of `{}` has a place `{other}` that nothing fills", info.name),
        }
    }
}

/// The name of the choice that has been made.
fn choice(names: &[&'static str], arg: Arg) -> &'static str {
    let Arg::Const(index) = arg else { panic!("checked before the first line is written") };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the index of a name")]
    let index = index as usize;
    names[index]
}

fn is_variable(expression: &str) -> bool {
    expression.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
