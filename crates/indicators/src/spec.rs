use crate::{Error, IndicatorKind, ParameterInfo, Period, adx, atr, bollinger, ema, macd, rsi, sma, stochastic};

/// An indicator with its parameters.
///
/// As JSON an object with the kind's name beside the parameters: `{"kind": "rsi", "period": 14}`.
///
/// ```
/// use indicators::{IndicatorKind, IndicatorSpec, InputSlices};
///
/// let spec = IndicatorSpec::new(IndicatorKind::Sma, &[2.0])?;
/// assert_eq!(spec.lookback(), 1);
///
/// let mut out = [0.0; 3];
/// spec.compute(InputSlices::Price(&[1.0, 2.0, 4.0]), &mut [&mut out]);
/// assert!(out[0].is_nan());
/// assert_eq!(out[1..], [1.5, 3.0]);
/// # Ok::<(), indicators::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum IndicatorSpec {
    /// Simple moving average.
    Sma {
        /// Bars in the mean.
        period: Period,
    },
    /// Exponential moving average.
    Ema {
        /// Bars n in the weight 2/(n + 1).
        period: Period,
    },
    /// Wilder's relative strength index.
    Rsi {
        /// Bars n in the weight 1/n.
        period: Period,
    },
    /// Moving average convergence/divergence.
    Macd {
        /// Period of the average that is subtracted from.
        fast: Period,
        /// Period of the average that is subtracted.
        slow: Period,
        /// Period of the average of the difference.
        signal: Period,
    },
    /// Bollinger bands.
    Bollinger {
        /// Bars in the mean and in the deviation.
        period: Period,
        /// Distance of the bands from the mean in standard deviations; [`IndicatorSpec::new`] and serde take 0 to 100.
        #[cfg_attr(feature = "serde", serde(deserialize_with = "checked_deviations"))]
        #[cfg_attr(feature = "schemars", schemars(range(min = 0.0, max = 100.0)))]
        deviations: f64,
    },
    /// Stochastic oscillator.
    Stochastic {
        /// Bars in the range of highs and lows.
        k_period: Period,
        /// Bars in the mean that makes K.
        k_smoothing: Period,
        /// Bars in the mean of K that makes D.
        d_period: Period,
    },
    /// Average true range.
    Atr {
        /// Bars n in the weight 1/n.
        period: Period,
    },
    /// Average directional index.
    Adx {
        /// Bars n in the weight 1/n.
        period: Period,
    },
}

/// The columns an indicator is computed from.
#[derive(Clone, Copy, Debug)]
pub enum InputSlices<'a> {
    /// One price a bar, oldest first.
    Price(&'a [f64]),
    /// Three columns of the same length, oldest first.
    HighLowClose {
        /// Highest price of each bar.
        high: &'a [f64],
        /// Lowest price of each bar.
        low: &'a [f64],
        /// Last price of each bar.
        close: &'a [f64],
    },
}

impl IndicatorSpec {
    /// The indicator `kind` with the parameters `args`, in the order and range that [`IndicatorKind::info`] gives.
    ///
    /// # Errors
    /// [`Error::ParameterCount`] if `args` has another length than the catalogue's list,
    /// [`Error::ParameterRange`] for a NaN or a value outside of its range, and
    /// [`Error::ParameterFraction`] for a period with a fraction.
    pub fn new(kind: IndicatorKind, args: &[f64]) -> Result<Self, Error> {
        let parameters = kind.info().parameters;
        if args.len() != parameters.len() {
            return Err(Error::ParameterCount { kind, expected: parameters.len(), found: args.len() });
        }
        for (parameter, &value) in parameters.iter().zip(args) {
            check(kind, parameter, value)?;
        }
        let period = |index: usize| whole(kind, &parameters[index], args[index]);
        Ok(match kind {
            IndicatorKind::Sma => Self::Sma { period: period(0)? },
            IndicatorKind::Ema => Self::Ema { period: period(0)? },
            IndicatorKind::Rsi => Self::Rsi { period: period(0)? },
            IndicatorKind::Macd => Self::Macd { fast: period(0)?, slow: period(1)?, signal: period(2)? },
            IndicatorKind::Bollinger => Self::Bollinger { period: period(0)?, deviations: args[1] },
            IndicatorKind::Stochastic => {
                Self::Stochastic { k_period: period(0)?, k_smoothing: period(1)?, d_period: period(2)? }
            }
            IndicatorKind::Atr => Self::Atr { period: period(0)? },
            IndicatorKind::Adx => Self::Adx { period: period(0)? },
        })
    }

    /// Which indicator.
    pub fn kind(&self) -> IndicatorKind {
        match self {
            Self::Sma { .. } => IndicatorKind::Sma,
            Self::Ema { .. } => IndicatorKind::Ema,
            Self::Rsi { .. } => IndicatorKind::Rsi,
            Self::Macd { .. } => IndicatorKind::Macd,
            Self::Bollinger { .. } => IndicatorKind::Bollinger,
            Self::Stochastic { .. } => IndicatorKind::Stochastic,
            Self::Atr { .. } => IndicatorKind::Atr,
            Self::Adx { .. } => IndicatorKind::Adx,
        }
    }

    /// Leading bars on which at least one output has no value.
    ///
    /// Outputs of one indicator begin together, except for ADX, whose directional indices begin earlier.
    pub fn lookback(&self) -> usize {
        match *self {
            Self::Sma { period } | Self::Ema { period } | Self::Bollinger { period, .. } => period.get() - 1,
            Self::Rsi { period } | Self::Atr { period } => period.get(),
            Self::Macd { fast, slow, signal } => fast.max(slow).get() + signal.get() - 2,
            Self::Stochastic { k_period, k_smoothing, d_period } => {
                k_period.get() + k_smoothing.get() + d_period.get() - 3
            }
            Self::Adx { period } => 2 * period.get() - 1,
        }
    }

    /// Computes the indicator over a whole history.
    ///
    /// `outputs` are as many slices as the catalogue lists outputs, in its order, each as long as the input; all of
    /// them are overwritten. The numbers are those of the function of the same name, for example
    /// [`macd`](fn@crate::macd).
    ///
    /// # Panics
    /// If the input is not of the columns that the catalogue names, if a number of slices or a length does not fit, or
    /// if the deviations of a hand-made [`IndicatorSpec::Bollinger`] are not 0 to 100.
    pub fn compute(&self, input: InputSlices<'_>, outputs: &mut [&mut [f64]]) {
        match *self {
            Self::Sma { period } => sma(self.price(input), period, self.one(outputs)),
            Self::Ema { period } => ema(self.price(input), period, self.one(outputs)),
            Self::Rsi { period } => rsi(self.price(input), period, self.one(outputs)),
            Self::Macd { fast, slow, signal } => {
                let [line, signal_line, histogram] = self.exactly(outputs);
                macd(self.price(input), fast, slow, signal, line, signal_line, histogram);
            }
            Self::Bollinger { period, deviations } => {
                let [upper, middle, lower] = self.exactly(outputs);
                bollinger(self.price(input), period, deviations, upper, middle, lower);
            }
            Self::Stochastic { k_period, k_smoothing, d_period } => {
                let ([high, low, close], [k, d]) = (self.bars(input), self.exactly(outputs));
                stochastic(high, low, close, k_period, k_smoothing, d_period, k, d);
            }
            Self::Atr { period } => {
                let [high, low, close] = self.bars(input);
                atr(high, low, close, period, self.one(outputs));
            }
            Self::Adx { period } => {
                let ([high, low, close], [line, plus_di, minus_di]) = (self.bars(input), self.exactly(outputs));
                adx(high, low, close, period, line, plus_di, minus_di);
            }
        }
    }

    fn price<'a>(&self, input: InputSlices<'a>) -> &'a [f64] {
        match input {
            InputSlices::Price(price) => price,
            InputSlices::HighLowClose { .. } => panic!("{} reads one price, not high, low and close", self.name()),
        }
    }

    fn bars<'a>(&self, input: InputSlices<'a>) -> [&'a [f64]; 3] {
        match input {
            InputSlices::HighLowClose { high, low, close } => [high, low, close],
            InputSlices::Price(_) => panic!("{} reads high, low and close, not one price", self.name()),
        }
    }

    fn one<'o>(&self, outputs: &'o mut [&mut [f64]]) -> &'o mut [f64] {
        let [output] = self.exactly(outputs);
        output
    }

    fn exactly<'o, 'a, const N: usize>(&self, outputs: &'o mut [&'a mut [f64]]) -> &'o mut [&'a mut [f64]; N] {
        let found = outputs.len();
        outputs.try_into().unwrap_or_else(|_| panic!("{} has {N} outputs, not {found}", self.name()))
    }

    fn name(&self) -> &'static str {
        self.kind().info().name
    }
}

fn check(kind: IndicatorKind, parameter: &ParameterInfo, value: f64) -> Result<(), Error> {
    let ParameterInfo { name, min, max, .. } = *parameter;
    if (min..=max).contains(&value) {
        Ok(())
    } else {
        Err(Error::ParameterRange { kind, parameter: name, value, min, max })
    }
}

fn whole(kind: IndicatorKind, parameter: &ParameterInfo, value: f64) -> Result<Period, Error> {
    let fraction = || Error::ParameterFraction { kind, parameter: parameter.name, value };
    if value.fract() != 0.0 {
        return Err(fraction());
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 100,000, checked before")]
    Period::new(value as usize).ok_or_else(fraction)
}

#[cfg(feature = "serde")]
fn checked_deviations<'de, D: serde::Deserializer<'de>>(source: D) -> Result<f64, D::Error> {
    use serde::de::Error as _;

    let value = <f64 as serde::Deserialize>::deserialize(source)?;
    let kind = IndicatorKind::Bollinger;
    check(kind, &kind.info().parameters[1], value).map_err(D::Error::custom)?;
    Ok(value)
}
