use anyhow::{Result, bail};
use market_files::BarColumns;

use crate::args::BarsArgs;

/// The columns that the arguments ask for.
pub(crate) fn columns(options: &BarsArgs) -> Result<BarColumns> {
    match (options.side.price(), options.spread) {
        (None, _) if options.from_candles => bail!("candle files have one side: give --side bid or --side ask"),
        (None, _) => Ok(BarColumns::Quotes),
        (Some(side), true) => Ok(BarColumns::SideAndSpread(side)),
        (Some(side), false) => Ok(BarColumns::Side(side)),
    }
}
