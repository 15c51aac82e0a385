use inference::{
    Action, Analysis, Backend, Confidence, Error, Level, LevelKind, ModelInfo, Prediction, Request, Source, Timings,
};

/// Below it the market counts as oversold, above 100 less it as overbought: Wilder's own 30 and 70.
const OVERSOLD: f64 = 30.0;

/// An analyst of four fixed rules. No model, no images, no learning; the same numbers give the same answer.
///
/// Each rule votes +1 (up), −1 (down) or 0 on the newest bar:
///
/// | rule | +1 | −1 | source |
/// |---|---|---|---|
/// | `rsi` | below 30 | above 70 | Wilder 1978 |
/// | `macd` | `macd_histogram` above 0 | below 0 | Appel 2005 |
/// | `trend` | `close` > `sma_fast` > `sma_slow` | `close` < `sma_fast` < `sma_slow` | Murphy 1999 |
/// | `bands` | `close` below `bollinger_lower` | above `bollinger_upper` | Bollinger 2001 |
///
/// The sum S of the votes decides: BUY from +2 up, SELL from −2 down, else HOLD. The confidence is |S| / 4 for BUY and
/// SELL, and 1 − |S| / 4 for HOLD. It counts votes and is no probability. The bands are given as support and
/// resistance.
///
/// Sources: J. W. Wilder, *New Concepts in Technical Trading Systems* (1978); G. Appel, *Technical Analysis: Power
/// Tools for Active Investors* (2005); J. J. Murphy, *Technical Analysis of the Financial Markets* (1999);
/// J. Bollinger, *Bollinger on Bollinger Bands* (2001).
///
/// Every output is labelled: the source is `rules`, and the reasoning and the raw text begin with `rules:`.
///
/// ```
/// use inference::{Action, Backend, Request};
/// use model_client::RulesBackend;
///
/// let mut request = Request::new("EURUSD", "M5");
/// for (name, value) in RulesBackend::FEATURES.iter().zip([1.02, 45.0, 0.001, 1.01, 1.00, 1.05, 0.99]) {
///     request.features.push(name, value)?;
/// }
/// let mut out = vec![];
/// RulesBackend::new().predict(&[request], &mut out)?;
/// assert_eq!(out[0].analysis.action, Action::Buy);
/// assert_eq!(out[0].analysis.confidence.get(), 0.5);
/// assert_eq!(
///     out[0].analysis.reasoning,
///     "rules: 2 of 4 up, 0 down (rsi 0: 45; macd +1: 0.001; trend +1: 1.02, 1.01, 1; bands 0: 1.02 in 0.99 to 1.05)"
/// );
/// # Ok::<(), inference::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RulesBackend {
    info: ModelInfo,
}

impl RulesBackend {
    /// The features it decides from, all required: prices in the quote currency, `rsi` in 0..=100.
    pub const FEATURES: [&'static str; 7] =
        ["close", "rsi", "macd_histogram", "sma_fast", "sma_slow", "bollinger_upper", "bollinger_lower"];

    /// The one set of rules.
    pub fn new() -> Self {
        Self {
            info: ModelInfo {
                source: Source::Rules,
                reads_images: false,
                details: Some("rsi, macd, trend, bands: one vote each".to_owned()),
            },
        }
    }

    /// Answers one request. Its images and question are not looked at.
    ///
    /// # Errors
    /// [`Error::MissingFeatures`] if the request lacks some of [`RulesBackend::FEATURES`]: no rule votes on a number
    /// that is not there. [`Error::Feature`] if one is out of its range.
    pub fn analyse(&self, request: &Request) -> Result<Prediction, Error> {
        let inputs = Inputs::read(request)?;
        let votes = inputs.votes();
        let sum: i32 = votes.iter().sum();
        let share = f64::from(sum.abs()) / 4.0;
        let (action, confidence) = match sum {
            2.. => (Action::Buy, share),
            ..=-2 => (Action::Sell, share),
            _ => (Action::Hold, 1.0 - share),
        };
        let reasoning = inputs.reasoning(votes);
        let raw = format!("{reasoning} -> {action}");
        let analysis = Analysis {
            action,
            confidence: Confidence::new(confidence)?,
            reasoning,
            patterns: vec![],
            levels: vec![
                Level { kind: LevelKind::Support, price: inputs.lower },
                Level { kind: LevelKind::Resistance, price: inputs.upper },
            ],
            proposals: vec![],
        };
        analysis.validate()?;
        Ok(Prediction { analysis, source: Source::Rules, raw, repaired: false, timings: Timings::default() })
    }
}

impl Default for RulesBackend {
    fn default() -> Self {
        Self::new()
    }
}

impl Backend for RulesBackend {
    fn model(&self) -> &ModelInfo {
        &self.info
    }

    fn predict(&self, batch: &[Request], out: &mut Vec<Prediction>) -> Result<(), Error> {
        for (index, request) in batch.iter().enumerate() {
            let prediction = self.analyse(request).map_err(|source| Error::Request {
                index,
                backend: self.info.source.to_string(),
                source: source.into(),
            })?;
            out.push(prediction);
        }
        Ok(())
    }
}

/// The features, all there and in range.
#[derive(Clone, Copy)]
struct Inputs {
    close: f64,
    rsi: f64,
    histogram: f64,
    fast: f64,
    slow: f64,
    upper: f64,
    lower: f64,
}

impl Inputs {
    fn read(request: &Request) -> Result<Self, Error> {
        let missing: Vec<_> =
            RulesBackend::FEATURES.into_iter().filter(|name| request.features.get(name).is_none()).collect();
        if !missing.is_empty() {
            return Err(Error::MissingFeatures { names: missing });
        }
        let [close, rsi, histogram, fast, slow, upper, lower] = RulesBackend::FEATURES;
        let wrong = |name: &str, value, problem| Error::Feature { name: name.to_owned(), value, problem };
        let get = |name: &str| request.features.get(name).expect("no feature is missing");
        for price in [close, fast, slow, upper, lower] {
            if get(price) <= 0.0 {
                return Err(wrong(price, get(price), "is no price above 0"));
            }
        }
        if !(0.0..=100.0).contains(&get(rsi)) {
            return Err(wrong(rsi, get(rsi), "is not between 0 and 100"));
        }
        if get(lower) > get(upper) {
            return Err(wrong(lower, get(lower), "is above the upper band"));
        }
        Ok(Self {
            close: get(close),
            rsi: get(rsi),
            histogram: get(histogram),
            fast: get(fast),
            slow: get(slow),
            upper: get(upper),
            lower: get(lower),
        })
    }

    /// One vote a rule: rsi, macd, trend, bands.
    fn votes(self) -> [i32; 4] {
        let vote = |up: bool, down: bool| i32::from(up) - i32::from(down);
        [
            vote(self.rsi < OVERSOLD, self.rsi > 100.0 - OVERSOLD),
            vote(self.histogram > 0.0, self.histogram < 0.0),
            vote(self.close > self.fast && self.fast > self.slow, self.close < self.fast && self.fast < self.slow),
            vote(self.close < self.lower, self.close > self.upper),
        ]
    }

    fn reasoning(self, votes: [i32; 4]) -> String {
        let up = votes.iter().filter(|&&vote| vote > 0).count();
        let down = votes.iter().filter(|&&vote| vote < 0).count();
        let [rsi, macd, trend, bands] = votes.map(|vote| match vote {
            1.. => "+1",
            0 => "0",
            ..0 => "-1",
        });
        let Self { close, rsi: strength, histogram, fast, slow, upper, lower } = self;
        let [close, strength, histogram, fast, slow, upper, lower] =
            [close, strength, histogram, fast, slow, upper, lower].map(six_decimals);
        format!(
            "rules: {up} of 4 up, {down} down (rsi {rsi}: {strength}; macd {macd}: {histogram}; \
             trend {trend}: {close}, {fast}, {slow}; bands {bands}: {close} in {lower} to {upper})"
        )
    }
}

/// At most six decimals, without trailing zeros.
fn six_decimals(value: f64) -> String {
    format!("{value:.6}").trim_end_matches('0').trim_end_matches('.').to_owned()
}
