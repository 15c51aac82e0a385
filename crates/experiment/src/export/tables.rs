use backtest::Trade;
use market::BarsView;

use crate::Error;
use crate::export::traded::Traded;
use crate::stages::split::Split;

/// `trades.csv`: every trade of the best, by rank and time. Times are ISO 8601 in UTC, money in quote currency.
pub(crate) fn trades(top: &[Traded<'_>]) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = [
        "rank",
        "strategy",
        "period",
        "direction",
        "entry_time",
        "entry_price",
        "exit_time",
        "exit_price",
        "quantity",
        "profit",
        "costs",
        "exit_reason",
    ];
    let written = writer.write_record(header).and_then(|()| {
        for traded in top {
            for (period, report) in [("in_sample", &traded.in_sample), ("out_of_sample", &traded.out_of_sample)] {
                for trade in &report.trades {
                    writer.write_record(trade_row(traded, period, trade))?;
                }
            }
        }
        Ok(())
    });
    written.map_err(Error::failed("writing trades.csv"))?;
    finish(writer, "trades.csv")
}

fn trade_row(traded: &Traded<'_>, period: &str, trade: &Trade) -> [String; 12] {
    [
        traded.rank.to_string(),
        traded.strategy.name.clone(),
        period.to_owned(),
        trade.direction.name().to_owned(),
        trade.entry_time.to_string(),
        trade.entry_price.to_string(),
        trade.exit_time.to_string(),
        trade.exit_price.to_string(),
        trade.quantity.to_string(),
        trade.profit.to_string(),
        trade.costs.to_string(),
        trade.exit_reason.name().to_owned(),
    ]
}

/// `equity.csv`: equity of each of the best at every bar's close.
pub(crate) fn equity(
    top: &[Traded<'_>],
    split: &Split,
    bars: BarsView<'_>,
    initial_cash: f64,
) -> Result<Vec<u8>, Error> {
    let curves: Vec<Vec<f64>> = top.iter().map(|traded| traded.equity(initial_cash, bars.len())).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = top.iter().map(|traded| format!("equity_{}", traded.rank));
    let header = ["open_time".to_owned(), "period".to_owned()].into_iter().chain(names);
    let written = writer.write_record(header).and_then(|()| {
        for (bar, time) in bars.open_time.iter().enumerate() {
            let values = curves.iter().map(|curve| curve[bar].to_string());
            writer.write_record([time.to_string(), period(bar, split).to_owned()].into_iter().chain(values))?;
        }
        Ok(())
    });
    written.map_err(Error::failed("writing equity.csv"))?;
    finish(writer, "equity.csv")
}

fn period(bar: usize, split: &Split) -> &'static str {
    if split.search.contains(&bar) {
        "in_sample"
    } else if split.holdout.contains(&bar) {
        "out_of_sample"
    } else {
        "embargo"
    }
}

fn finish(writer: csv::Writer<Vec<u8>>, name: &str) -> Result<Vec<u8>, Error> {
    writer.into_inner().map_err(|error| Error::failed(format!("writing {name}"))(error.into_error()))
}
