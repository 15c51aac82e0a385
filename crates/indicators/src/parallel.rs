use rayon::prelude::*;

use crate::{Column, Error, IndicatorSpec, Profile};

/// One slice for each output of an indicator.
type Outputs = Vec<Vec<f64>>;

/// Many series on all processors at once. The threads are those of rayon's pool in which the call is made; the bits do
/// not depend on their number.
impl IndicatorSpec {
    /// Computes the indicator over the whole history of each series.
    ///
    /// Each of `series` has the columns that the catalogue lists, of one length; different series may differ in length.
    /// The result has, for each series, one column for each output, as long as the inputs.
    ///
    /// ```
    /// use indicators::{IndicatorSpec, Profile};
    ///
    /// let spec: IndicatorSpec = "sma(2)".parse()?;
    /// let means = spec.compute_many(Profile::Talib, &[&[&[1.0, 2.0, 4.0]], &[&[5.0, 7.0]]])?;
    /// assert_eq!(means[0][0][1..], [1.5, 3.0]);     // the first series' only output
    /// assert_eq!(means[1][0][1..], [6.0]);
    /// # Ok::<(), indicators::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::NotInProfile`]; [`Error::SeriesColumns`] and [`Error::SeriesLength`] with the first series whose columns
    /// do not fit. Nothing is computed then.
    pub fn compute_many(&self, profile: Profile, series: &[&[&[f64]]]) -> Result<Vec<Outputs>, Error> {
        self.maker(profile)?;
        for (place, columns) in series.iter().enumerate() {
            self.check_columns(place, columns)?;
        }
        Ok(series.par_iter().map(|columns| self.outputs(profile, columns)).collect())
    }

    /// Computes each of `specs` over the whole history of each series.
    ///
    /// `column` finds a column of a series; those of one series that an indicator reads have one length. The result has
    /// for each series, and in it for each of `specs`, one column for each output, as long as the inputs.
    ///
    /// ```
    /// use indicators::{Column, IndicatorSpec, Profile};
    ///
    /// let specs: Vec<IndicatorSpec> = ["sma(2)", "sma(3)"].map(str::parse).into_iter().collect::<Result<_, _>>()?;
    /// let closes = [vec![1.0, 2.0, 4.0], vec![5.0, 7.0]];
    /// let means = IndicatorSpec::compute_all(&specs, Profile::Talib, &closes, |close, column| {
    ///     matches!(column, Column::Source | Column::Close).then_some(close)
    /// })?;
    /// assert_eq!(means[1][0][0][1..], [6.0]);       // second series, first indicator, its only output
    /// # Ok::<(), indicators::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::NotInProfile`]; [`Error::SeriesLacks`] and [`Error::SeriesLength`] with the first series whose columns do
    /// not fit. Nothing is computed then.
    pub fn compute_all<'a, S>(
        specs: &[Self],
        profile: Profile,
        series: &'a [S],
        column: impl Fn(&'a S, Column) -> Option<&'a [f64]>,
    ) -> Result<Vec<Vec<Outputs>>, Error> {
        for spec in specs {
            spec.maker(profile)?;
        }
        let mut jobs = Vec::with_capacity(series.len() * specs.len());
        for (place, one) in series.iter().enumerate() {
            for spec in specs {
                let lacks = |column| Error::SeriesLacks { kind: spec.kind(), series: place, column };
                let inputs = spec.kind().info().inputs.iter();
                let columns = inputs.map(|&input| column(one, input).ok_or_else(|| lacks(input)));
                let columns = columns.collect::<Result<Vec<_>, _>>()?;
                spec.check_columns(place, &columns)?;
                jobs.push((spec, columns));
            }
        }
        let mut outputs: Vec<Outputs> = jobs.par_iter().map(|(spec, columns)| spec.outputs(profile, columns)).collect();
        let mut outputs = outputs.drain(..);
        Ok(series.iter().map(|_| outputs.by_ref().take(specs.len()).collect()).collect())
    }

    /// The outputs over checked columns.
    fn outputs(&self, profile: Profile, columns: &[&[f64]]) -> Outputs {
        let n_bars = columns.first().map_or(0, |column| column.len());
        let mut outputs = vec![vec![0.0; n_bars]; self.kind().info().outputs.len()];
        let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        self.compute(profile, columns, &mut slices).expect("checked: the profile has it");
        outputs
    }

    fn check_columns(&self, series: usize, columns: &[&[f64]]) -> Result<(), Error> {
        let (kind, inputs) = (self.kind(), self.kind().info().inputs);
        if columns.len() != inputs.len() {
            return Err(Error::SeriesColumns { kind, series, expected: inputs.len(), found: columns.len() });
        }
        let expected = columns.first().map_or(0, |column| column.len());
        for (&column, values) in inputs.iter().zip(columns) {
            if values.len() != expected {
                return Err(Error::SeriesLength { kind, series, column, expected, found: values.len() });
            }
        }
        Ok(())
    }
}
