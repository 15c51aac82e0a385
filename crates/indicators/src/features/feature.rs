use std::fmt;
use std::str::FromStr;

use crate::features::bars;
use crate::{Column, Error, IndicatorSpec};

/// An indicator and the columns of bars that it reads.
///
/// As text the indicator, behind an @ the columns that it leaves to choose: `sma(20)@high`, `correl(30)@close,volume`.
/// An indicator of one price reads the close where nothing is said.
///
/// ```
/// use indicators::{Column, Feature};
///
/// let feature: Feature = "sma(20)@high".parse()?;
/// assert_eq!(feature, Feature::new("sma(20)".parse()?, &[Column::High])?);
/// assert_eq!(feature.names(), ["sma(20)@high"]);
/// # Ok::<(), indicators::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    spec: IndicatorSpec,
    /// One for each input of the catalogue.
    columns: Box<[Column]>,
}

impl Feature {
    /// The indicator `spec`, with `chosen` for the columns that it leaves to choose, in the catalogue's order. Left out, the
    /// source is the close.
    ///
    /// # Errors
    /// [`Error::ChosenColumns`] if there are too many of them, or too few, and
    /// [`Error::UnknownColumn`] if one is not a column of bars.
    pub fn new(spec: IndicatorSpec, chosen: &[Column]) -> Result<Self, Error> {
        let inputs = spec.kind().info().inputs;
        let free = inputs.iter().filter(|column| column.is_chosen()).count();
        let needed = inputs.iter().rposition(|&column| column.is_chosen() && column != Column::Source);
        let needed = needed.map_or(0, |last| inputs[..=last].iter().filter(|column| column.is_chosen()).count());
        if !(needed..=free).contains(&chosen.len()) {
            return Err(Error::ChosenColumns { kind: spec.kind(), free, needed, given: chosen.len() });
        }
        for &column in chosen {
            bars::place(column)?;
        }
        let mut chosen = chosen.iter();
        let mut read = |column: Column| if column.is_chosen() { chosen.next() } else { None };
        let columns = inputs.iter().map(|&column| match read(column) {
            Some(&chosen) => chosen,
            None if column.is_chosen() => Column::Close,
            None => column,
        });
        let columns = columns.collect();
        Ok(Self { spec, columns })
    }

    /// Which indicator.
    pub fn spec(&self) -> &IndicatorSpec {
        &self.spec
    }

    /// The columns of bars that it reads, in the order of the catalogue's inputs.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Those of them that the indicator leaves to choose; none, if they are what they are without a choice.
    pub fn chosen(&self) -> Vec<Column> {
        let free = self.spec.kind().info().inputs.iter().zip(&self.columns).filter(|(input, _)| input.is_chosen());
        if free.clone().all(|(&input, &column)| input == Column::Source && column == Column::Close) {
            return Vec::new();
        }
        free.map(|(_, &column)| column).collect()
    }

    /// What its results are called: see [`IndicatorSpec::result_names`].
    pub fn names(&self) -> Vec<String> {
        self.spec.result_names(&self.chosen().into_iter().map(Column::name).collect::<Vec<_>>())
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.spec)?;
        for (index, column) in self.chosen().into_iter().enumerate() {
            write!(f, "{}{}", if index == 0 { '@' } else { ',' }, column.name())?;
        }
        Ok(())
    }
}

impl FromStr for Feature {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (spec, chosen) = match text.rsplit_once('@') {
            Some((spec, chosen)) => (spec, chosen.split(',').map(|name| bars::named(name.trim())).collect()),
            None => (text, Ok(Vec::new())),
        };
        Self::new(spec.parse()?, &chosen?)
    }
}

impl TryFrom<&str> for Feature {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl TryFrom<IndicatorSpec> for Feature {
    type Error = Error;

    fn try_from(spec: IndicatorSpec) -> Result<Self, Self::Error> {
        Self::new(spec, &[])
    }
}
