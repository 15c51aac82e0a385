use anyhow::{Context, Result, bail, ensure};
use indicators::{Column, IndicatorKind, IndicatorSpec};

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
        self.spec.kind().info().inputs.iter().copied().filter(|column| column.is_chosen())
    }

    /// For each column that the indicator reads the name of the one in the table.
    pub(crate) fn columns(&self, options: &ComputeArgs) -> Result<Vec<String>> {
        let mut chosen = self.chosen.iter();
        let inputs = self.spec.kind().info().inputs.iter();
        inputs
            .map(|&column| match column {
                Column::Source => Ok(chosen.next().unwrap_or(&options.source).clone()),
                own if !own.is_chosen() => {
                    let mapped = options.column.iter().find(|(mapped, _)| mapped == own.name());
                    Ok(mapped.map_or(own.name(), |(_, column)| column).to_owned())
                }
                _ => match chosen.next() {
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
        self.free().map(Column::name).collect::<Vec<_>>().join(",")
    }

    /// The names of its results.
    pub(crate) fn result_names(&self) -> Vec<String> {
        self.spec.result_names(&self.chosen.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// What stands before the cause of a refusal; names that are like the unknown one, if it is one.
pub(crate) fn hint(spec: &str) -> String {
    let name = spec.split('(').next().unwrap_or(spec).trim().to_lowercase();
    let mut like: Vec<(usize, &str)> = IndicatorKind::all()
        .map(|kind| (distance(&name, kind.name()), kind.name()))
        .filter(|&(distance, known)| distance <= if known.len() > 3 { 2 } else { 1 })
        .collect();
    like.sort_unstable();
    let is_known = like.first().is_some_and(|&(distance, known)| distance == 0 && spec.starts_with(known));
    if like.is_empty() || is_known {
        return format!("cannot take `{spec}` (`indicators list` shows what there is)");
    }
    // In other letters it is that one and no other.
    let n_named = if like[0].0 == 0 { 1 } else { 3 };
    let like: Vec<String> = like.iter().take(n_named).map(|(_, known)| format!("`{known}`")).collect();
    format!("cannot take `{spec}` (is it {}? `indicators list` shows what there is)", like.join(" or "))
}

/// How many letters are to be changed, added or left out to turn one word into the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (place, letter) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], place + 1);
        for (column, same) in other.chars().map(|known| known == letter).enumerate() {
            let replaced = diagonal + usize::from(!same);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[row.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::{Call, distance, hint};

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

    #[test]
    fn names_that_are_nearly_right_are_guessed() {
        assert_eq!((distance("", "sma"), distance("smaa", "sma"), distance("mcad", "macd")), (3, 1, 2));
        assert!(hint("SMA(20)").starts_with("cannot take `SMA(20)` (is it `sma`? "), "{}", hint("SMA(20)"));
        assert!(hint("mcad(12)").contains("`macd`"), "{}", hint("mcad(12)"));
        assert_eq!(hint("sma(0)"), "cannot take `sma(0)` (`indicators list` shows what there is)");
        assert_eq!(hint("nothing like it"), "cannot take `nothing like it` (`indicators list` shows what there is)");
    }
}
