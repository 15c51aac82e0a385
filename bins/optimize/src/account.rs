//! Money and costs from the flags, and in words.

use anyhow::{Context, Result, bail};
use backtest::{Account, Commission, Costs, Spread};
use market::{BarsView, Instrument, Symbol};

use crate::args::MarketArgs;

/// The account of a run; `symbol` is what the bars say.
pub(crate) fn account(args: &MarketArgs, symbol: Option<&Symbol>, bars: &BarsView<'_>) -> Result<Account> {
    let instrument = instrument(args, symbol)?;
    let unknown = "the bars name no instrument: give --instrument SYMBOL (EURUSD), or --tick-size and --quantity-step";
    let step = |flag: Option<f64>, of: fn(&Instrument) -> f64| flag.or(instrument.as_ref().map(of)).context(unknown);
    let account = Account {
        initial_cash: args.cash,
        tick_size: step(args.tick_size, |it| it.tick_size)?,
        quantity_step: step(args.quantity_step, |it| it.quantity_step)?,
        costs: Costs {
            commission: commission(&args.commission)?,
            slippage_ticks: args.slippage,
            spread: spread(args.spread.as_deref(), bars)?,
        },
    };
    account.validate().context("the account is not valid")?;
    Ok(account)
}

fn instrument(args: &MarketArgs, symbol: Option<&Symbol>) -> Result<Option<Instrument>> {
    let Some(name) = args.instrument.as_deref().or(symbol.map(Symbol::as_str)) else { return Ok(None) };
    match dukascopy::instrument(name) {
        Some(info) => Ok(Some(info.market_instrument())),
        None if args.tick_size.is_some() && args.quantity_step.is_some() => Ok(None),
        None => {
            let near: Vec<&str> = dukascopy::similar_instruments(name, 3).iter().map(|info| info.symbol).collect();
            bail!(
                "the steps of {name} are not known (near names: {}): give --tick-size and --quantity-step",
                near.join(", ")
            )
        }
    }
}

fn commission(text: &str) -> Result<Commission> {
    let number = |number: &str| number.trim().parse::<f64>().ok();
    let fee = if text == "none" {
        Some(Commission::None)
    } else if let Some(percent) = text.strip_suffix('%') {
        number(percent).map(Commission::Percent)
    } else if let Some(per_unit) = text.strip_suffix("/unit") {
        number(per_unit).map(Commission::PerUnit)
    } else {
        text.strip_suffix("/order").and_then(number).map(Commission::PerOrder)
    };
    fee.with_context(|| format!("--commission {text}: write 0.0035%, 0.00002/unit, 1.5/order or none"))
}

fn spread(text: Option<&str>, bars: &BarsView<'_>) -> Result<Spread> {
    match text {
        Some("none") => Ok(Spread::None),
        Some(text) => {
            let price = text
                .parse()
                .ok()
                .with_context(|| format!("--spread {text}: write a price such as 0.00008, or none"))?;
            Ok(Spread::Fixed(price))
        }
        None => match bars.spread.iter().position(|spread| spread.is_nan()) {
            None => Ok(Spread::FromBars),
            Some(bar) => bail!(
                "bar {bar} at {} has no spread: give --spread PRICE, or --spread none if trading is to have no spread",
                bars.open_time[bar]
            ),
        },
    }
}

/// Money and costs in one line; what costs nothing is said too.
pub(crate) fn in_words(account: &Account, bars: &BarsView<'_>) -> String {
    let Costs { commission, slippage_ticks, spread } = account.costs;
    let commission = match commission {
        Commission::None => "no commission".to_owned(),
        Commission::Percent(percent) => format!("commission {percent} % of each order"),
        Commission::PerUnit(fee) => format!("commission {fee} a unit"),
        Commission::PerOrder(fee) => format!("commission {fee} an order"),
    };
    let spread = match spread {
        Spread::None => "no spread".to_owned(),
        Spread::Fixed(price) => format!("spread {price}"),
        Spread::FromBars => {
            let mean = bars.spread.iter().sum::<f64>() / bars.spread.len() as f64;
            format!("spread of each bar ({mean:.7} on average)")
        }
    };
    let (cash, tick, step) = (account.initial_cash, account.tick_size, account.quantity_step);
    format!(
        "cash {cash}, {commission}, slippage {slippage_ticks} ticks of {tick}, {spread}, quantities in steps of {step}"
    )
}

#[cfg(test)]
mod tests {
    use backtest::Commission;

    use super::commission;

    #[test]
    fn commissions_carry_their_unit() {
        assert_eq!(commission("0.0035%").unwrap(), Commission::Percent(0.0035));
        assert_eq!(commission("2e-5/unit").unwrap(), Commission::PerUnit(2e-5));
        assert_eq!(commission("1.5/order").unwrap(), Commission::PerOrder(1.5));
        assert_eq!(commission("none").unwrap(), Commission::None);
        assert!(commission("0.0035").is_err() && commission("x%").is_err());
    }
}
