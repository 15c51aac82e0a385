//! Many indicators over the same bars.
mod bars;
mod feature;

pub use self::bars::Bars;
pub use self::feature::Feature;
use crate::{Error, Live, Profile, Snapshot};

/// Many indicators over the same bars: named columns of results from one pass over open, high, low, close and volume.
///
/// Its numbers are those of each indicator alone, bit for bit, and a missing value ends the history of those indicators
/// only that read it. A bar as an array is open, high, low, close, volume.
///
/// ```
/// use indicators::{Bars, FeatureSet, Profile};
///
/// let mut features = FeatureSet::new(["sma(2)", "sma(2)@high", "macd(2,3,2)"], Profile::Talib)?;
/// assert_eq!(features.names()[..3], ["sma(2)", "sma(2)@high", "macd(2,3,2).macd"]);
///
/// let bars = Bars { high: &[2.0, 4.0, 6.0], close: &[1.0, 2.0, 4.0], ..Bars::default() };
/// let columns = features.compute(&bars)?;
/// assert_eq!(columns[0][1..], [1.5, 3.0]);
/// assert_eq!(columns[1][1..], [3.0, 5.0]);
///
/// features.update([1.0, 2.0, 1.0, 1.0, 100.0]);
/// assert_eq!(features.update([1.0, 4.0, 1.0, 2.0, 100.0])[..2], [1.5, 3.0]);
/// # Ok::<(), indicators::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct FeatureSet {
    profile: Profile,
    features: Vec<Bound>,
    names: Vec<String>,
    lookback: Vec<usize>,
    /// Which columns of bars are read.
    read: [bool; 5],
    /// The results of one bar.
    values: Vec<f64>,
    /// The inputs of one indicator, kept for its memory.
    inputs: Vec<f64>,
}

#[derive(Clone, Debug)]
struct Bound {
    feature: Feature,
    live: Live,
    /// Places of its inputs in a bar.
    inputs: Box<[usize]>,
    n_outputs: usize,
}

impl Bound {
    fn new(feature: Feature, live: Live) -> Result<Self, Error> {
        let inputs = feature.columns().iter().map(|&column| bars::place(column)).collect::<Result<_, _>>()?;
        let n_outputs = feature.spec().kind().info().outputs.len();
        Ok(Self { feature, live, inputs, n_outputs })
    }
}

/// Bars that all indicators take before the next ones: their inputs stay in the second-level cache.
const BLOCK_BARS: usize = 8192;

impl FeatureSet {
    /// The features, each an [`IndicatorSpec`](crate::IndicatorSpec), a [`Feature`] or its text, without bars yet.
    ///
    /// # Errors
    /// [`Error::NotInProfile`], [`Error::RepeatedFeature`], and what is wrong with a feature.
    pub fn new<F>(features: impl IntoIterator<Item = F>, profile: Profile) -> Result<Self, Error>
    where
        F: TryInto<Feature>,
        Error: From<F::Error>,
    {
        let bind = |feature: F| {
            let feature: Feature = feature.try_into()?;
            let live = feature.spec().live(profile)?;
            Bound::new(feature, live)
        };
        Self::of(features.into_iter().map(bind).collect::<Result<_, _>>()?, profile)
    }

    fn of(features: Vec<Bound>, profile: Profile) -> Result<Self, Error> {
        let (mut names, mut lookback) = (Vec::<String>::new(), Vec::new());
        let mut read = [false; 5];
        for bound in &features {
            for name in bound.feature.names() {
                if names.contains(&name) {
                    return Err(Error::RepeatedFeature { name });
                }
                names.push(name);
            }
            lookback.extend(bound.feature.spec().lookback(profile)?);
            for &place in &bound.inputs {
                read[place] = true;
            }
        }
        let values = vec![f64::NAN; names.len()];
        let longest = features.iter().map(|bound| bound.inputs.len()).max().unwrap_or(0);
        Ok(Self { profile, features, names, lookback, read, values, inputs: Vec::with_capacity(longest) })
    }

    /// In which arithmetic.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Its features, in the order in which they were given.
    pub fn features(&self) -> impl ExactSizeIterator<Item = &Feature> {
        self.features.iter().map(|bound| &bound.feature)
    }

    /// What its result columns are called: `rsi(14)`, `macd(12,26,9).signal`, `sma(20)@high`.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// For each result column the number of leading bars without a value.
    pub fn lookback(&self) -> &[usize] {
        &self.lookback
    }

    /// Takes the next bar and gives the results, NaN where there is no value.
    pub fn update(&mut self, bar: [f64; 5]) -> &[f64] {
        self.each(bar, Live::update)
    }

    /// What [`FeatureSet::update`] would give for `bar`. The state is as before afterwards.
    pub fn peek(&mut self, bar: [f64; 5]) -> &[f64] {
        self.each(bar, Live::peek)
    }

    /// Takes `bar` in place of the last one.
    ///
    /// # Errors
    /// [`Error::NothingToReplace`] if no bar came since the construction or the restore.
    pub fn replace(&mut self, bar: [f64; 5]) -> Result<&[f64], Error> {
        self.take_back()?;
        Ok(self.update(bar))
    }

    /// As if the last bar had not come.
    pub(crate) fn take_back(&mut self) -> Result<(), Error> {
        // All have taken the same bars, so that the first one is the only one that could refuse.
        self.features.iter_mut().try_for_each(|bound| bound.live.take_back())
    }

    fn each(&mut self, bar: [f64; 5], mut take: impl FnMut(&mut Live, &[f64], &mut [f64])) -> &[f64] {
        let mut values = self.values.as_mut_slice();
        for bound in &mut self.features {
            self.inputs.clear();
            self.inputs.extend(bound.inputs.iter().map(|&place| bar[place]));
            let (own, others) = values.split_at_mut(bound.n_outputs);
            take(&mut bound.live, &self.inputs, own);
            values = others;
        }
        &self.values
    }

    /// Takes the next bars and writes the results of each, a slice for each name. Fresh memory costs more to write to than
    /// the numbers cost to compute; slices that are used again do not.
    ///
    /// # Errors
    /// [`Error::ColumnLength`] if a column of bars that is read, or one of results, differs in length, and
    /// [`Error::ResultCount`]. Nothing has been taken then.
    pub fn run(&mut self, bars: &Bars<'_>, outputs: &mut [&mut [f64]]) -> Result<(), Error> {
        let n_bars = self.check(bars, outputs)?;
        let mut rest: Vec<&mut [f64]> = outputs.iter_mut().map(|column| &mut **column).collect();
        let mut block = Vec::with_capacity(rest.len());
        let (columns, mut inputs) = (bars.columns(), Vec::with_capacity(self.inputs.capacity()));
        for start in (0..n_bars).step_by(BLOCK_BARS) {
            let end = n_bars.min(start + BLOCK_BARS);
            block.clear();
            for column in &mut rest {
                let (now, later) = std::mem::take(column).split_at_mut(end - start);
                block.push(now);
                *column = later;
            }
            let mut block = block.as_mut_slice();
            for bound in &mut self.features {
                inputs.clear();
                inputs.extend(bound.inputs.iter().map(|&place| &columns[place][start..end]));
                let (own, others) = block.split_at_mut(bound.n_outputs);
                bound.live.run(&inputs, own);
                block = others;
            }
        }
        Ok(())
    }

    /// The number of bars, if everything fits.
    fn check(&self, bars: &Bars<'_>, outputs: &[&mut [f64]]) -> Result<usize, Error> {
        let n_bars = bars.len(self.read)?;
        if outputs.len() != self.names.len() {
            return Err(Error::ResultCount { expected: self.names.len(), found: outputs.len() });
        }
        match self.names.iter().zip(outputs).find(|(_, output)| output.len() != n_bars) {
            Some((name, output)) => {
                Err(Error::ColumnLength { column: name.clone(), expected: n_bars, found: output.len() })
            }
            None => Ok(n_bars),
        }
    }

    /// The results of a whole history, a column for each name, whatever bars the set itself has taken.
    ///
    /// # Errors
    /// [`Error::ColumnLength`].
    pub fn compute(&self, bars: &Bars<'_>) -> Result<Vec<Vec<f64>>, Error> {
        let mut fresh = Self::new(self.features().cloned(), self.profile)?;
        let mut columns = vec![vec![f64::NAN; bars.len(self.read)?]; self.names.len()];
        let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        fresh.run(bars, &mut outputs)?;
        Ok(columns)
    }

    /// Everything needed to go on elsewhere with the same bits.
    pub fn snapshot(&mut self) -> FeatureSnapshot {
        let stored = |bound: &mut Bound| Stored { chosen: bound.feature.chosen(), state: bound.live.snapshot() };
        FeatureSnapshot { profile: self.profile, features: self.features.iter_mut().map(stored).collect() }
    }

    /// Goes on from a snapshot.
    ///
    /// # Errors
    /// [`Error::Snapshot`] if it is damaged, or of a version whose states are of another form, and what a feature of it
    /// may be refused for.
    pub fn restore(snapshot: &FeatureSnapshot) -> Result<Self, Error> {
        let bind = |stored: &Stored| {
            let live = Live::restore(&stored.state)?;
            if live.profile() != snapshot.profile {
                return Err(Error::Snapshot { kind: live.spec().kind() });
            }
            Bound::new(Feature::new(live.spec().clone(), &stored.chosen)?, live)
        };
        Self::of(snapshot.features.iter().map(bind).collect::<Result<_, _>>()?, snapshot.profile)
    }

    /// Appends everything it remembers, as words.
    pub(crate) fn read(&mut self, words: &mut Vec<u64>) {
        for bound in &mut self.features {
            let start = words.len();
            words.push(0);
            bound.live.read(words);
            words[start] = (words.len() - start - 1) as u64;
        }
    }

    /// Goes on from words that [`FeatureSet::read`] gave.
    pub(crate) fn write(&mut self, mut words: &[u64]) {
        for bound in &mut self.features {
            let (&length, rest) = words.split_first().expect("a length for each feature");
            let (own, others) = rest.split_at(usize::try_from(length).expect("it was a length"));
            bound.live.write(own);
            words = others;
        }
    }
}

/// A stored [`FeatureSet`]; with the feature `serde` it can be written in any format.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct FeatureSnapshot {
    profile: Profile,
    features: Vec<Stored>,
}

#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
struct Stored {
    chosen: Vec<crate::Column>,
    state: Snapshot,
}
