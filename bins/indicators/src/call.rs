use anyhow::{Context, Result, bail, ensure};
use indicators::{Column, IndicatorSpec};

use crate::args::ComputeArgs;

/// An indicator that is asked for: `sma(20)@high`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    pub(crate) spec: IndicatorSpec,
    /// The columns of the caller's choice, as they are named behind the @.
    chosen: Vec<String>,
}

impl Call {
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let (spec, columns) = match text.rsplit_once('@') {
            Some((spec, columns)) => (spec, columns.split(',').map(|name| name.trim().to_owned()).collect()),
            None => (text, Vec::new()),
        };
        let spec: IndicatorSpec = spec.parse().with_context(|| hint(spec))?;
        let call = Self { spec, chosen: columns };
        let free = call.free().count();
        ensure!(
            call.chosen.len() <= free,
            "`{text}` names {} columns, but `{}` leaves {free} to choose",
            call.chosen.len(),
            call.spec.kind()
        );
        Ok(call)
    }

    /// The columns that the indicator leaves to the caller.
    fn free(&self) -> impl Iterator<Item = Column> {
        self.spec.kind().info().inputs.iter().copied().filter(|column| own_name(*column).is_none())
    }

    /// For each column that the indicator reads the name of the one in the table.
    pub(crate) fn columns(&self, options: &ComputeArgs) -> Result<Vec<String>> {
        let mut chosen = self.chosen.iter();
        let inputs = self.spec.kind().info().inputs.iter();
        inputs
            .map(|&column| match (own_name(column), column) {
                (Some(name), _) => {
                    let mapped = options.column.iter().find(|(mapped, _)| mapped == name);
                    Ok(mapped.map_or(name, |(_, column)| column).to_owned())
                }
                (None, Column::Source) => Ok(chosen.next().unwrap_or(&options.source).clone()),
                (None, _) => match chosen.next() {
                    Some(name) => Ok(name.clone()),
                    None => bail!(
                        "`{0}` reads {1}: name its columns behind an @, as in '{0}@{1}'",
                        self.spec,
                        self.wanted()
                    ),
                },
            })
            .collect()
    }

    /// What its free columns are, for a person.
    fn wanted(&self) -> String {
        let word = |column| match column {
            Column::Second => "second",
            Column::Condition => "condition",
            _ => "source",
        };
        self.free().map(word).collect::<Vec<_>>().join(",")
    }

    /// The names of its results: the call, with the output where there are several.
    pub(crate) fn result_names(&self) -> Vec<String> {
        let at = if self.chosen.is_empty() { String::new() } else { format!("@{}", self.chosen.join(",")) };
        match self.spec.kind().info().outputs {
            [_] => vec![format!("{}{at}", self.spec)],
            outputs => outputs.iter().map(|output| format!("{}{at}.{}", self.spec, output.name)).collect(),
        }
    }
}

/// The name of a column of bars; `None` for those of the caller's choice.
fn own_name(column: Column) -> Option<&'static str> {
    match column {
        Column::Open => Some("open"),
        Column::High => Some("high"),
        Column::Low => Some("low"),
        Column::Close => Some("close"),
        Column::Volume => Some("volume"),
        Column::Source | Column::Second | Column::Condition => None,
    }
}

/// What stands before the cause of a refusal.
fn hint(spec: &str) -> String {
    format!("cannot compute `{spec}` (`indicators list` shows what there is)")
}

#[cfg(test)]
mod tests {
    use super::Call;

    #[test]
    fn results_are_named_by_their_call() {
        let names = |text| Call::parse(text).unwrap().result_names();
        assert_eq!(names("sma( 20 )"), ["sma(20)"]);
        assert_eq!(names("sma(20)@high"), ["sma(20)@high"]);
        assert_eq!(names("macd"), ["macd(12,26,9).macd", "macd(12,26,9).signal", "macd(12,26,9).histogram"]);
    }

    #[test]
    fn more_columns_than_there_are_to_choose_are_refused() {
        let error = Call::parse("atr(14)@close").unwrap_err();
        assert_eq!(error.to_string(), "`atr(14)@close` names 1 columns, but `atr` leaves 0 to choose");
        assert!(Call::parse("sma(20)@high,low").is_err());
        assert!(format!("{:#}", Call::parse("smaa(20)").unwrap_err()).contains("no indicator is called `smaa`"));
    }
}
