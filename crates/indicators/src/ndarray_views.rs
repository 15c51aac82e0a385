//! Indicators of `ndarray` views, whatever their strides.
use std::borrow::Cow;

use ndarray::{Array2, ArrayView1, ArrayView2, ShapeBuilder};

use crate::{Error, IndicatorSpec, Profile};

impl IndicatorSpec {
    /// Computes the indicator of columns, one view for each that the catalogue lists, all of one length. Views with gaps
    /// between their numbers are copied first.
    ///
    /// The result has a row for each bar and a column, in one piece of memory, for each output.
    ///
    /// ```
    /// use indicators::{IndicatorSpec, Profile};
    /// use ndarray::{array, s};
    ///
    /// let spec: IndicatorSpec = "sma(2)".parse()?;
    /// let prices = array![1.0, 9.0, 2.0, 9.0, 4.0];
    /// let means = spec.compute_views(Profile::Talib, &[prices.slice(s![..;2])])?;
    /// assert_eq!(means.slice(s![1.., 0]), array![1.5, 3.0]);
    /// # Ok::<(), indicators::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::NotInProfile`].
    ///
    /// # Panics
    /// If the number of columns or their lengths do not fit.
    pub fn compute_views(&self, profile: Profile, columns: &[ArrayView1<'_, f64>]) -> Result<Array2<f64>, Error> {
        let pieces: Vec<Cow<'_, [f64]>> = columns.iter().map(in_one_piece).collect();
        let inputs: Vec<&[f64]> = pieces.iter().map(|piece| &**piece).collect();
        let (n_bars, n_outputs) = (columns.first().map_or(0, ArrayView1::len), self.kind().info().outputs.len());
        let mut values = vec![0.0; n_bars * n_outputs];
        let mut outputs: Vec<&mut [f64]> = Vec::with_capacity(n_outputs);
        let mut rest = values.as_mut_slice();
        for _ in 0..n_outputs {
            let (output, behind) = rest.split_at_mut(n_bars);
            outputs.push(output);
            rest = behind;
        }
        self.compute(profile, &inputs, &mut outputs)?;
        Ok(Array2::from_shape_vec((n_bars, n_outputs).f(), values).expect("as many values as bars and outputs"))
    }

    /// Computes the indicator of a matrix with a row for each bar and a column for each input that the catalogue lists.
    /// Otherwise as [`IndicatorSpec::compute_views`].
    ///
    /// # Errors
    /// [`Error::NotInProfile`].
    ///
    /// # Panics
    /// If the number of columns does not fit.
    #[expect(clippy::needless_pass_by_value, reason = "views go by value, as in ndarray itself")]
    pub fn compute_matrix(&self, profile: Profile, bars: ArrayView2<'_, f64>) -> Result<Array2<f64>, Error> {
        self.compute_views(profile, &bars.columns().into_iter().collect::<Vec<_>>())
    }
}

fn in_one_piece<'a>(view: &'a ArrayView1<'_, f64>) -> Cow<'a, [f64]> {
    match view.as_slice() {
        Some(values) => Cow::Borrowed(values),
        None => Cow::Owned(view.to_vec()),
    }
}
