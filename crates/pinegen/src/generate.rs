use indicators::Unit;
use strategy::{Input, InputKind, Params, Strategy};

use crate::Error;
use crate::helpers::helpers;
use crate::indicators::check;
use crate::options::{Commission, Options};
use crate::script::{Script, float, input_name, quoted};

/// Writes `strategy` with the parameters `params` as a Pine Script v6 strategy, ready to paste into TradingView.
///
/// - `params`: one value an input, in range; they become the defaults of the script's inputs, exactly.
/// - `options`: the account of the back-test and the lines of the header.
///
/// The script decides at a bar's close and its orders fill at the next open, as the back-test does. It ends with a line
/// break and has no trailing spaces; equal arguments give equal text.
///
/// # Errors
/// [`Error::Strategy`], [`Error::Params`] or [`Error::Option`] if an argument is not valid; [`Error::NoPine`] or
/// [`Error::FixedInPine`] if an indicator cannot be written in Pine Script.
pub fn generate(strategy: &Strategy, params: &Params, options: &Options) -> Result<String, Error> {
    strategy.validate().map_err(|source| Error::Strategy(Box::new(source)))?;
    strategy.check_params(params).map_err(|source| Error::Params(Box::new(source)))?;
    options.check()?;
    check(strategy)?;
    let mut script = Script::new(strategy);
    script.heading("Indicators and conditions");
    declare_indicators(&mut script);
    script.orders(options);
    plots(&mut script);
    let uses_division = script.uses_division;
    let body = script.into_text();
    Ok([
        header(strategy, options),
        declaration(strategy, options),
        inputs(strategy, params),
        helpers(strategy, uses_division),
        body,
    ]
    .concat())
}

fn header(strategy: &Strategy, options: &Options) -> String {
    let mut text = String::from("//@version=6\n");
    let made = format!("Made by {} {} from a typed strategy.", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    for line in [strategy.name.as_str(), made.as_str()].into_iter().chain(options.provenance.iter().map(String::as_str))
    {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        text.push_str(format!("// {line}").trim_end());
        text.push('\n');
    }
    text
}

fn declaration(strategy: &Strategy, options: &Options) -> String {
    let commission = match options.commission {
        Commission::None => String::new(),
        Commission::Percent(value) => commission_arguments("percent", value),
        Commission::PerUnit(value) => commission_arguments("cash_per_contract", value),
        Commission::PerOrder(value) => commission_arguments("cash_per_order", value),
    };
    format!(
        "strategy({}, overlay = true, initial_capital = {}, default_qty_type = strategy.fixed, pyramiding = 0{commission}, \
         slippage = {}, margin_long = 0, margin_short = 0)\n",
        quoted(&strategy.name),
        options.initial_cash,
        options.slippage_ticks,
    )
}

fn commission_arguments(kind: &str, value: f64) -> String {
    format!(", commission_type = strategy.commission.{kind}, commission_value = {value}")
}

fn inputs(strategy: &Strategy, params: &Params) -> String {
    if strategy.inputs.is_empty() {
        return String::new();
    }
    let lines = strategy.inputs.iter().zip(params.values()).map(|(input, &value)| input_line(input, value));
    format!("\n// Inputs\n{}", lines.collect::<String>())
}

fn input_line(input: &Input, value: f64) -> String {
    let (kind, value, min, max, step) = match input.kind {
        InputKind::Integer { min, max, step, .. } => {
            ("int", format!("{value}"), min.to_string(), max.to_string(), step.to_string())
        }
        InputKind::Float { min, max, step, .. } => ("float", float(value), float(min), float(max), float(step)),
    };
    let title = quoted(&input.name.replace('_', " "));
    format!("{} = input.{kind}({value}, {title}, minval = {min}, maxval = {max}, step = {step})\n", input_name(input))
}

/// Declares all indicators first, so that each is computed on every bar whatever the conditions are.
fn declare_indicators(script: &mut Script<'_>) {
    let strategy = script.strategy;
    strategy.for_each_indicator(&mut |call, longer| {
        if longer.is_none() {
            script.num(&strategy::Num::Indicator(call.clone()));
        }
    });
}

/// Plots what is on the scale of the price.
fn plots(script: &mut Script<'_>) {
    let strategy = script.strategy;
    let mut plotted: Vec<String> = Vec::new();
    strategy.for_each_indicator(&mut |call, longer| {
        let outputs = call.kind.info().outputs;
        if longer.is_some() || !outputs.iter().any(|output| output.name == call.output && output.unit == Unit::Price) {
            return;
        }
        let name = script.num(&strategy::Num::Indicator(call.clone()));
        if plotted.contains(&name) {
            return;
        }
        if plotted.is_empty() {
            script.heading("Plots");
        }
        let title = quoted(&format!("{} {}", call.kind.info().title, call.output));
        script.line(&format!("plot({name}, {title})"));
        plotted.push(name);
    });
}
