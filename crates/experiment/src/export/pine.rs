use backtest::Profile;
use broker::{Account, Commission, Spread};
use market::BarsView;
use pinegen::{Options, generate};

use crate::Error;
use crate::export::traded::Traded;
use crate::report::PerformanceReport;

/// The Pine script of one of the best, with the account of the back-test and a header that says what it is worth.
pub(crate) fn script(
    traded: &Traded<'_>,
    account: &Account,
    bars: BarsView<'_>,
    report: &PerformanceReport,
) -> Result<String, Error> {
    let options = Options {
        provenance: provenance(traded, report),
        initial_cash: account.initial_cash,
        commission: commission(account.costs.commission),
        slippage_ticks: account.costs.slippage_ticks + half_spread_ticks(account, bars),
        quantity_step: account.quantity_step,
    };
    generate(traded.strategy, traded.params, &options)
        .map_err(Error::failed(format!("writing the Pine script of {}", traded.strategy.name)))
}

fn provenance(traded: &Traded<'_>, report: &PerformanceReport) -> Vec<String> {
    let figures = |period: &str, metrics: &backtest::Metrics| {
        let sharpe = metrics.sharpe.map_or("undefined".to_owned(), |sharpe| format!("{:.2}", sharpe.annual()));
        format!(
            "{period}: return {:.2} %, Sharpe p.a. {sharpe}, max. drawdown {:.2} %, {} trades",
            100.0 * metrics.total_return,
            100.0 * metrics.max_drawdown,
            metrics.n_trades
        )
    };
    vec![
        String::new(),
        format!("Run {}, rank {} of {} parameter sets tried", report.run_id, traded.rank, report.search.n_tried),
        format!("Data: {} {}, {}", report.data.symbol, report.data.timeframe, report.data.source),
        format!("Range: {} to {}", report.data.first, report.data.last),
        figures("In-sample", &traded.in_sample.metrics),
        figures("Out-of-sample", &traded.out_of_sample.metrics),
        format!("Verdict of the whole search: {}", report.verdict.headline),
        format!("Costs of the back-test: {}", report.costs.description),
        indicators(report.profile),
        "TradingView knows no spread: the slippage below holds half of the mean spread, rounded to whole ticks"
            .to_owned(),
    ]
}

fn indicators(profile: Profile) -> String {
    match profile {
        Profile::TradingView => "Indicators of the back-test: those of TradingView, bit by bit".to_owned(),
        Profile::Talib | Profile::Fast => format!(
            "Indicators of the back-test: profile {profile}; some of TradingView's differ near the start of the history"
        ),
    }
}

fn commission(commission: Commission) -> pinegen::Commission {
    match commission {
        Commission::None => pinegen::Commission::None,
        Commission::Percent(value) => pinegen::Commission::Percent(value),
        Commission::PerUnit(value) => pinegen::Commission::PerUnit(value),
        Commission::PerOrder(value) => pinegen::Commission::PerOrder(value),
    }
}

/// Half of the mean spread in whole ticks.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a spread is a small number of ticks above 0"
)]
fn half_spread_ticks(account: &Account, bars: BarsView<'_>) -> u32 {
    let spread = match account.costs.spread {
        Spread::None => 0.0,
        Spread::Fixed(spread) => spread,
        Spread::FromBars => bars.spread.iter().sum::<f64>() / bars.len() as f64,
    };
    (spread / 2.0 / account.tick_size).round() as u32
}
