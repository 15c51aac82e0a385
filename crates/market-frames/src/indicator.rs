use std::borrow::Cow;

use indicators::{Column as Input, IndicatorSpec, Profile};
use polars::prelude::{
    Column, DataType, Expr, Field, Float64Chunked, IntoColumn, IntoSeries, PlSmallStr, PolarsError, PolarsResult,
    Schema, Series, StructChunked,
};

use crate::Error;

/// How an indicator of a data frame is computed.
///
/// ```
/// use indicators::Profile;
/// use market_frames::{IndicatorOptions, Nulls, Undefined};
///
/// let options = IndicatorOptions { nulls: Nulls::Skip, ..IndicatorOptions::new(Profile::Talib) };
/// assert_eq!(options.undefined, Undefined::Null);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IndicatorOptions {
    /// Whose arithmetic it follows.
    pub profile: Profile,
    /// What it does at a null.
    pub nulls: Nulls,
    /// What stands where it has no value.
    pub undefined: Undefined,
}

impl IndicatorOptions {
    /// Nulls are missing values, and where there is no value there is null.
    pub const fn new(profile: Profile) -> Self {
        Self { profile, nulls: Nulls::Missing, undefined: Undefined::Null }
    }
}

/// What an indicator does at a null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nulls {
    /// It is a missing value, as NaN is: in TA-Lib's arithmetic the history begins anew behind it, TradingView's has rules
    /// of its own.
    Missing,
    /// The row has no value, and the history goes on behind it as if the row were not there.
    Skip,
    /// It is an error.
    Refuse,
}

/// What stands where an indicator has no value: on its first rows, and where data is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undefined {
    /// Null, which polars leaves out of means and extremes.
    Null,
    /// NaN, as the crate `indicators` has it.
    NaN,
}

/// An indicator as a lazy expression: a column of floats, or of structs with a field for each output where there are
/// several. It has as many rows as the inputs and is named by its call, `rsi(14)`.
///
/// - `inputs`: the columns that the [catalogue](indicators::IndicatorInfo::inputs) lists, in its order: floats, integers
///   or decimals; one row long where it is the same for all rows.
///
/// In [`over`](Expr::over), each group has a history of its own, in the order of its rows. Rows must be in the order of
/// time. The numbers have the bits of [`IndicatorSpec::compute`].
///
/// ```
/// use indicators::Profile;
/// use market_frames::{IndicatorOptions, indicator, indicator_output};
/// use polars::prelude::*;
///
/// let frame = df!("symbol" => ["A", "A", "B", "A", "B"], "close" => [1.0, 2.0, 7.0, 4.0, 9.0])?;
/// let options = IndicatorOptions::new(Profile::Talib);
/// let sma = indicator(&"sma(2)".parse()?, &[col("close")], options)?;
/// let signal = indicator_output(&"macd(2,3,1)".parse()?, "signal", &[col("close")], options)?;
///
/// let frame = frame.lazy().with_columns([sma.over([col("symbol")])?, signal]).collect()?;
/// let sma: Vec<Option<f64>> = frame.column("sma(2)")?.f64()?.iter().collect();
/// assert_eq!(sma, [None, Some(1.5), None, Some(3.0), Some(8.0)]);
/// assert_eq!(frame.column("macd(2,3,1).signal")?.null_count(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Error::Indicator`] if the indicator is not defined in the profile, [`Error::InputCount`] for another number of inputs
/// than it reads. When the frame is collected, [`PolarsError`] for inputs that hold no numbers, for inputs of different
/// lengths, and for a null where the options refuse it.
pub fn indicator(spec: &IndicatorSpec, inputs: &[Expr], options: IndicatorOptions) -> Result<Expr, Error> {
    let call = Call::new(spec, inputs, options)?;
    let name = spec.to_string();
    Ok(call.expression(inputs, None).alias(name))
}

/// One output of an indicator as a lazy expression: a column of floats named by call and output,
/// `macd(12,26,9).signal`. Otherwise as [`indicator`].
///
/// # Errors
/// As [`indicator`], and [`Error::UnknownOutput`].
pub fn indicator_output(
    spec: &IndicatorSpec,
    output: &str,
    inputs: &[Expr],
    options: IndicatorOptions,
) -> Result<Expr, Error> {
    let call = Call::new(spec, inputs, options)?;
    let outputs = spec.kind().info().outputs;
    let place = outputs.iter().position(|known| known.name == output).ok_or_else(|| Error::UnknownOutput {
        indicator: spec.kind().name(),
        output: output.to_owned(),
        known: outputs.iter().map(|known| known.name).collect(),
    })?;
    Ok(call.expression(inputs, Some(place)).alias(format!("{spec}.{output}")))
}

/// An indicator that is known to be computable.
#[derive(Clone, Debug)]
struct Call {
    spec: IndicatorSpec,
    options: IndicatorOptions,
}

impl Call {
    fn new(spec: &IndicatorSpec, inputs: &[Expr], options: IndicatorOptions) -> Result<Self, Error> {
        spec.lookback(options.profile).map_err(|source| Error::Indicator { source: Box::new(source) })?;
        let wanted: &[Input] = spec.kind().info().inputs;
        if inputs.len() != wanted.len() {
            let (expected, found) = (wanted.len(), inputs.len());
            return Err(Error::InputCount { indicator: spec.kind().name(), expected, found });
        }
        Ok(Self { spec: spec.clone(), options })
    }

    fn expression(self, inputs: &[Expr], output: Option<usize>) -> Expr {
        let call = self.clone();
        let output_type =
            move |_: &Schema, fields: &[Field]| Ok(Field::new(fields[0].name().clone(), call.dtype(output)));
        let compute = move |columns: &mut [Column]| self.compute(columns, output);
        inputs[0].clone().apply_many(compute, &inputs[1..], output_type)
    }

    fn dtype(&self, output: Option<usize>) -> DataType {
        match (output, self.spec.kind().info().outputs) {
            (Some(_), _) | (None, [_]) => DataType::Float64,
            (None, outputs) => DataType::Struct(
                outputs.iter().map(|output| Field::new(output.name.into(), DataType::Float64)).collect(),
            ),
        }
    }

    fn compute(&self, columns: &[Column], output: Option<usize>) -> PolarsResult<Column> {
        let numbers: Vec<Float64Chunked> =
            columns.iter().map(|column| self.numbers(column)).collect::<PolarsResult<_>>()?;
        let values = match self.options.nulls {
            Nulls::Skip if numbers.iter().any(|column| column.null_count() > 0) => self.skipping(&numbers)?,
            _ => self.values(&numbers.iter().map(filled).collect::<Vec<_>>())?,
        };
        let name = columns[0].name().clone();
        let outputs = self.spec.kind().info().outputs;
        let mut values = values.into_iter();
        let only = output.or((outputs.len() == 1).then_some(0)).and_then(|place| values.nth(place));
        if let Some(only) = only {
            return Ok(self.column(name, only).into_column());
        }
        let n_rows = columns.iter().map(Column::len).max().unwrap_or(0);
        let fields: Vec<Series> =
            outputs.iter().zip(values).map(|(output, values)| self.column(output.name.into(), values)).collect();
        Ok(StructChunked::from_series(name, n_rows, fields.iter())?.into_column())
    }

    /// The column as one piece of floats.
    fn numbers(&self, column: &Column) -> PolarsResult<Float64Chunked> {
        let dtype = column.dtype();
        if !(dtype.is_numeric() || dtype.is_null()) {
            return Err(self.refused(format!("column `{}` is of type {dtype}, not of numbers", column.name())));
        }
        let floats = column.as_materialized_series().cast(&DataType::Float64)?;
        let floats = floats.f64()?.rechunk().into_owned();
        if self.options.nulls == Nulls::Refuse && floats.null_count() > 0 {
            let row = floats.is_null().first_true_idx().unwrap_or(0);
            return Err(self.refused(format!("column `{}` is null in row {row}", column.name())));
        }
        Ok(floats)
    }

    /// The outputs of the rows without a null, each in its row.
    fn skipping(&self, columns: &[Float64Chunked]) -> PolarsResult<Vec<Vec<f64>>> {
        let n_rows = columns.iter().map(Float64Chunked::len).max().unwrap_or(0);
        let is_known =
            |row: usize| columns.iter().all(|column| column.get(if column.len() == 1 { 0 } else { row }).is_some());
        let known: Vec<usize> = (0..n_rows).filter(|&row| is_known(row)).collect();
        let kept = |column: &Float64Chunked| -> Vec<f64> {
            let at = |&row: &usize| column.get(if column.len() == 1 { 0 } else { row }).unwrap_or(f64::NAN);
            known.iter().map(at).collect()
        };
        let kept: Vec<Cow<'_, [f64]>> = columns.iter().map(|column| Cow::Owned(kept(column))).collect();
        let spread = |values: Vec<f64>| {
            let mut rows = vec![f64::NAN; n_rows];
            known.iter().zip(values).for_each(|(&row, value)| rows[row] = value);
            rows
        };
        Ok(self.values(&kept)?.into_iter().map(spread).collect())
    }

    /// The outputs of columns, of which those of one row stand for as many as the others have.
    fn values(&self, columns: &[Cow<'_, [f64]>]) -> PolarsResult<Vec<Vec<f64>>> {
        let lengths = columns.iter().map(|column| column.len());
        let n_rows = if lengths.clone().any(|length| length == 0) { 0 } else { lengths.max().unwrap_or(0) };
        let mut repeated: Vec<Cow<'_, [f64]>> = Vec::with_capacity(columns.len());
        for column in columns {
            repeated.push(match **column {
                [value] if n_rows != 1 => Cow::Owned(vec![value; n_rows]),
                ref all if all.len() == n_rows => Cow::Borrowed(all),
                ref other => {
                    let lengths = format!("{} and {n_rows} rows", other.len());
                    return Err(self.refused(format!("its inputs differ in length: {lengths}")));
                }
            });
        }
        let inputs: Vec<&[f64]> = repeated.iter().map(|column| &**column).collect();
        let mut outputs = vec![vec![0.0; n_rows]; self.spec.kind().info().outputs.len()];
        let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        self.spec
            .compute(self.options.profile, &inputs, &mut slices)
            .map_err(|error| self.refused(error.to_string()))?;
        Ok(outputs)
    }

    fn column(&self, name: PlSmallStr, values: Vec<f64>) -> Series {
        let has_undefined = values.iter().fold(false, |found, value| found | value.is_nan());
        if self.options.undefined == Undefined::NaN || !has_undefined {
            return Float64Chunked::from_vec(name, values).into_series();
        }
        let known = values.iter().map(|value| !value.is_nan()).collect();
        Float64Chunked::from_vec_validity(name, values, Some(known)).into_series()
    }

    #[expect(clippy::needless_pass_by_value, reason = "a message made for this call")]
    fn refused(&self, what: String) -> PolarsError {
        PolarsError::ComputeError(format!("{}: {what}", self.spec).into())
    }
}

/// The values of a column in one piece; NaN for null.
fn filled(column: &Float64Chunked) -> Cow<'_, [f64]> {
    match column.cont_slice() {
        Ok(values) => Cow::Borrowed(values),
        Err(_) => Cow::Owned(column.iter().map(|value| value.unwrap_or(f64::NAN)).collect()),
    }
}
