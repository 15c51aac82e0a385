use indicators::{IndicatorSpec, Profile};
use inference::{Backend, ImageInput, Prediction, Request};
use market::synthetic::{SyntheticConfig, generate};
use market::{BarsView, PriceSide, Timeframe, UnixNanos, aggregate};
use model_client::{ModelOptions, Ollama, OllamaBackend, RulesBackend, Settings};

use crate::Error;
use crate::export::charts::for_analyst;
use crate::plan::{AnalystPlan, RunPlan};
use crate::report::AnalystSummary;

/// Tuesday 2024-01-09 00:00 UTC.
const SAMPLE_START_SECONDS: i64 = 1_704_758_400;

/// Lets the analyst comment on the newest bars: a chart and named numbers in, a labelled comment out.
pub(crate) fn run(plan: &RunPlan, bars: BarsView<'_>, chart_png: Vec<u8>) -> Result<AnalystSummary, Error> {
    let request = request(plan.data.instrument.symbol.as_str(), bars, plan.backtest.profile, chart_png)?;
    let backend = backend(&plan.analyst, plan.seed)?;
    let mut answers: Vec<Prediction> = Vec::new();
    backend.predict(&[request], &mut answers).map_err(Error::failed("asking the analyst"))?;
    Ok(summary(&answers[0], plan.data.instrument.price_decimals))
}

/// A question about the newest of two days of synthetic bars, to try an analyst on.
///
/// # Errors
/// [`Error::Failed`] if the chart cannot be drawn.
///
/// # Panics
/// Never: the start is a time of this century.
pub fn sample_request(seed: u64) -> Result<Request, Error> {
    let start = UnixNanos::from_seconds(SAMPLE_START_SECONDS).expect("the start is a time of this century");
    let ticks = generate(&SyntheticConfig::eurusd(start, 2), seed).map_err(Error::failed("making the sample"))?;
    let bars = aggregate(ticks.view(), Timeframe::M5).bars(PriceSide::Mid);
    request("EURUSD", bars.view(), Profile::Talib, for_analyst(bars.view())?)
}

fn request(symbol: &str, bars: BarsView<'_>, profile: Profile, chart_png: Vec<u8>) -> Result<Request, Error> {
    let mut request = Request::new(symbol, &bars.timeframe().to_string());
    request.images.push(ImageInput::png(chart_png).map_err(Error::failed("handing the chart to the analyst"))?);
    for (name, value) in features(bars, profile)? {
        request.features.push(name, value).map_err(Error::failed("handing numbers to the analyst"))?;
    }
    Ok(request)
}

fn backend(plan: &AnalystPlan, seed: u64) -> Result<Box<dyn Backend>, Error> {
    Ok(match plan {
        AnalystPlan::Rules => Box::new(RulesBackend::new()),
        AnalystPlan::Ollama { model, url } => {
            let doing = || format!("asking {model} at {url}");
            let ollama = Ollama::new(url, Settings::new(seed)).map_err(Error::failed(doing()))?;
            Box::new(OllamaBackend::connect(ollama, model, ModelOptions::default()).map_err(Error::failed(doing()))?)
        }
    })
}

/// Values at the newest bar of what the rule-based analyst reads; a model gets the same.
fn features(bars: BarsView<'_>, profile: Profile) -> Result<Vec<(&'static str, f64)>, Error> {
    const READ: [(&str, &str, usize); 6] = [
        ("rsi", "rsi(14)", 0),
        ("macd_histogram", "macd(12,26,9)", 2),
        ("sma_fast", "sma(20)", 0),
        ("sma_slow", "sma(50)", 0),
        ("bollinger_upper", "bollinger(20,2)", 0),
        ("bollinger_lower", "bollinger(20,2)", 2),
    ];
    let close = bars.close[bars.len() - 1];
    let mut features = vec![("close", close)];
    for (name, call, output) in READ {
        let value = last_value(bars.close, call, output, profile);
        features.push((name, value.map_err(Error::failed("computing the analyst's numbers"))?));
    }
    Ok(features)
}

/// An output of the indicator `call` of `close` at the last bar.
fn last_value(close: &[f64], call: &str, output: usize, profile: Profile) -> Result<f64, indicators::Error> {
    let spec: IndicatorSpec = call.parse()?;
    let mut columns = vec![vec![f64::NAN; close.len()]; spec.kind().info().outputs.len()];
    let mut slices: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    spec.compute(profile, &[close], &mut slices)?;
    Ok(columns[output][close.len() - 1])
}

fn summary(answer: &Prediction, price_decimals: u8) -> AnalystSummary {
    let analysis = &answer.analysis;
    let decimals = usize::from(price_decimals);
    AnalystSummary {
        label: answer.source.to_string(),
        action: analysis.action.to_string(),
        confidence: analysis.confidence.get(),
        reasoning: analysis.reasoning.clone(),
        patterns: analysis.patterns.iter().map(|p| format!("{} ({:.2})", p.name, p.confidence.get())).collect(),
        levels: analysis.levels.iter().map(|l| format!("{} {:.decimals$}", l.kind, l.price)).collect(),
    }
}
