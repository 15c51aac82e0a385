use market_files::BarColumns;

use crate::args::BarsArgs;

/// The columns that the arguments ask for.
pub(crate) fn columns(options: &BarsArgs) -> BarColumns {
    match (options.side.price(), options.spread) {
        (None, _) => BarColumns::Quotes,
        (Some(side), true) => BarColumns::SideAndSpread(side),
        (Some(side), false) => BarColumns::Side(side),
    }
}
