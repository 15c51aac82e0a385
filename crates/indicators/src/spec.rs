use std::fmt;
use std::str::FromStr;

use crate::{Error, IndicatorKind, Live, ParameterInfo, ParameterKind, Profile, maker};

/// An indicator with its parameters, chosen at run time.
///
/// As text a call, `macd(12,26,9)` or `macd(fast=12)`, where parameters left out have the catalogue's defaults; as JSON
/// an object with the kind beside the parameters, `{"kind": "rsi", "period": 14}`, where none may be left out.
///
/// ```
/// use indicators::{IndicatorSpec, Profile};
///
/// let spec: IndicatorSpec = "sma(2)".parse()?;
/// assert_eq!(spec.lookback(Profile::Talib)?, [1]);
///
/// let mut out = [0.0; 3];
/// spec.compute(Profile::Talib, &[&[1.0, 2.0, 4.0]], &mut [&mut out])?;
/// assert!(out[0].is_nan());
/// assert_eq!(out[1..], [1.5, 3.0]);
/// # Ok::<(), indicators::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorSpec {
    kind: IndicatorKind,
    args: Box<[f64]>,
}

impl IndicatorSpec {
    /// The indicator `kind` with the parameters `args`, in the order and range that [`IndicatorKind::info`] gives. A
    /// choice is given by its index.
    ///
    /// # Errors
    /// [`Error::ParameterCount`] if `args` has another length than the catalogue's list,
    /// [`Error::ParameterRange`] for a NaN or a value outside of its range, and
    /// [`Error::ParameterFraction`] for a count with a fraction.
    pub fn new(kind: IndicatorKind, args: &[f64]) -> Result<Self, Error> {
        kind.check(args)?;
        Ok(Self { kind, args: args.into() })
    }

    /// The indicator with the catalogue's defaults.
    pub fn with_defaults(kind: IndicatorKind) -> Self {
        Self { kind, args: kind.info().parameters.iter().map(|parameter| parameter.default).collect() }
    }

    /// Which indicator.
    pub fn kind(&self) -> IndicatorKind {
        self.kind
    }

    /// Its parameters, in the catalogue's order.
    pub fn args(&self) -> &[f64] {
        &self.args
    }

    /// For each output the number of leading bars without a value.
    ///
    /// # Errors
    /// [`Error::NotInProfile`].
    pub fn lookback(&self, profile: Profile) -> Result<Vec<usize>, Error> {
        Ok((self.maker(profile)?.lookback)(&self.args))
    }

    /// Computes the indicator over a whole history.
    ///
    /// `inputs` are the columns that the catalogue lists, `outputs` one slice for each output, all of one length; all of
    /// the outputs are overwritten.
    ///
    /// # Errors
    /// [`Error::NotInProfile`].
    ///
    /// # Panics
    /// If the number of columns or their lengths do not fit.
    pub fn compute(&self, profile: Profile, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) -> Result<(), Error> {
        (self.maker(profile)?.build)(&self.args).run(inputs, outputs);
        Ok(())
    }

    /// The indicator on a running feed, without bars yet.
    ///
    /// # Errors
    /// [`Error::NotInProfile`].
    pub fn live(&self, profile: Profile) -> Result<Live, Error> {
        Live::new(self.clone(), profile)
    }

    /// What its results are called as columns of a table: the call, `sma(20)`; with the output, where there are several,
    /// `macd(12,26,9).signal`; and with the names of the `chosen` input columns, if any, `sma(20)@high`.
    pub fn result_names(&self, chosen: &[&str]) -> Vec<String> {
        let at = if chosen.is_empty() { String::new() } else { format!("@{}", chosen.join(",")) };
        match self.kind.info().outputs {
            [_] => vec![format!("{self}{at}")],
            outputs => outputs.iter().map(|output| format!("{self}{at}.{}", output.name)).collect(),
        }
    }

    pub(crate) fn maker(&self, profile: Profile) -> Result<&'static maker::Maker, Error> {
        maker::find(self.kind.name(), profile).ok_or(Error::NotInProfile { kind: self.kind, profile })
    }

    fn set(&mut self, index: usize, text: &str) -> Result<(), Error> {
        let parameter = &self.kind.info().parameters[index];
        self.args[index] = number(parameter, text).ok_or_else(|| Error::ParameterText {
            kind: self.kind,
            parameter: parameter.name,
            text: text.to_owned(),
        })?;
        Ok(())
    }
}

/// Where in its list of parameters `kind` has the one called `name`.
fn place_of(kind: IndicatorKind, name: &str) -> Result<usize, Error> {
    let place = kind.info().parameters.iter().position(|parameter| parameter.name == name);
    place.ok_or_else(|| Error::UnknownParameter { kind, parameter: name.to_owned() })
}

/// The number that `text` stands for as a `parameter`.
fn number(parameter: &ParameterInfo, text: &str) -> Option<f64> {
    if let ParameterKind::Choice(names) = parameter.kind {
        return names.iter().position(|&name| name == text).map(|index| index as f64);
    }
    text.parse().ok()
}

impl fmt::Display for IndicatorSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        for (index, (parameter, &value)) in self.kind.info().parameters.iter().zip(&self.args).enumerate() {
            f.write_str(if index == 0 { "(" } else { "," })?;
            match parameter.kind {
                ParameterKind::Choice(_) => f.write_str(choice_name(parameter, value))?,
                ParameterKind::Bars | ParameterKind::Number => write!(f, "{value}")?,
            }
        }
        f.write_str(if self.args.is_empty() { "" } else { ")" })
    }
}

/// The name of a checked choice.
fn choice_name(parameter: &ParameterInfo, value: f64) -> &'static str {
    let ParameterKind::Choice(names) = parameter.kind else { unreachable!("only choices have names") };
    names[crate::args::bars(&[value], 0)]
}

impl FromStr for IndicatorSpec {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let syntax = || Error::Syntax { text: text.to_owned() };
        let (name, arguments) = match text.trim().split_once('(') {
            Some((name, rest)) => (name.trim(), rest.strip_suffix(')').ok_or_else(syntax)?.trim()),
            None => (text.trim(), ""),
        };
        let kind: IndicatorKind = name.parse()?;
        let mut spec = Self::with_defaults(kind);
        let parameters = kind.info().parameters;
        let arguments = if arguments.is_empty() { Vec::new() } else { arguments.split(',').map(str::trim).collect() };
        if arguments.len() > parameters.len() {
            return Err(Error::ParameterCount { kind, expected: parameters.len(), found: arguments.len() });
        }
        let mut given = vec![false; parameters.len()];
        for (place, argument) in arguments.into_iter().enumerate() {
            let (place, value) = match argument.split_once('=') {
                Some((name, value)) => (place_of(kind, name.trim())?, value.trim()),
                None => (place, argument),
            };
            if std::mem::replace(&mut given[place], true) {
                return Err(Error::RepeatedParameter { kind, parameter: parameters[place].name });
            }
            spec.set(place, value)?;
        }
        kind.check(&spec.args)?;
        Ok(spec)
    }
}
