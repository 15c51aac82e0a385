use std::ops::Range;

use backtest::{Market, Profile, Trade};
use chart_render::{
    Area, Candles, Chart, Ink, Layer, Layout, Line, Pane, Size, Theme, Trade as ChartTrade, ValueFormat, Volume, render,
};
use indicators::Unit;
use market::{BarGrid, BarsView, Timeframe, UnixNanos};
use strategy::{IndicatorCall, Params, Strategy};

use crate::Error;
use crate::export::traded::Traded;
use crate::page;
use crate::stages::split::Split;

/// Bars that a chart of trades shows.
const TRADE_CHART_BARS: usize = 240;
/// Bars to the right of the last trade.
const TRADE_CHART_MARGIN: usize = 15;
/// Longest range of the overview in candles, weekends counted, so that each is wide enough to be seen.
const OVERVIEW_BARS: i64 = 560;
/// Bars that the analyst sees, and the width and height of its picture in pixels.
const ANALYST_BARS: usize = 96;
const ANALYST_SIZE: u32 = 448;

/// Price over the whole range, in bars long enough to be seen.
pub(crate) fn overview(symbol: &str, bars: BarsView<'_>, price_decimals: u8) -> Result<Vec<u8>, Error> {
    let steps = [Timeframe::M5, Timeframe::M15, Timeframe::M30, Timeframe::H1, Timeframe::H4, Timeframe::D1];
    let span = bars.open_time[bars.len() - 1].0 - bars.open_time[0].0;
    let fits = |grid: &BarGrid| grid.is_multiple_of(bars.grid) && span / grid.timeframe().nanos() <= OVERVIEW_BARS;
    let grids = steps.into_iter().filter_map(|step| BarGrid::new(step, bars.grid.day_start()).ok());
    let grid = grids.into_iter().find(fits).unwrap_or(bars.grid);
    let doing = "drawing the overview";
    let resampled = market::resample(bars, grid).map_err(Error::failed(doing))?;
    let view = resampled.view();
    let subtitle = format!("{grid}, mid prices");
    let time = nanos(view.open_time);
    let mut panes = vec![price_pane(view, price_decimals, Vec::new())];
    panes.extend(volume_pane(view));
    let chart = Chart { title: symbol, subtitle: &subtitle, ..Chart::new(&time, panes) };
    png(&chart, Size::new(1_200, 560), doing)
}

/// The newest bars without text, as a model is shown them.
pub(crate) fn for_analyst(bars: BarsView<'_>) -> Result<Vec<u8>, Error> {
    let view = bars.slice(bars.len().saturating_sub(ANALYST_BARS)..bars.len());
    let time = nanos(view.open_time);
    let candles = Candles { tag: false, ..Candles::new(view.open, view.high, view.low, view.close) };
    let chart = Chart { layout: Layout::bare(), ..Chart::new(&time, vec![Pane::new(vec![Layer::Candles(candles)])]) };
    png(&chart, Size::new(ANALYST_SIZE, ANALYST_SIZE), "drawing the analyst's chart")
}

/// Equity and drawdown, with what the search saw apart from the holdout.
pub(crate) fn equity(
    traded: &Traded<'_>,
    split: &Split,
    bars: BarsView<'_>,
    initial_cash: f64,
) -> Result<Vec<u8>, Error> {
    let equity = page::equity(&traded.performance(&traded.parts(), initial_cash), bars).equity;
    let mut drawdown = vec![0.0; equity.len()];
    trade_stats::drawdowns(&equity, &mut drawdown);
    for value in &mut drawdown {
        *value = -*value;
    }
    let boundary = split.search.end;
    let part = |inside: &dyn Fn(usize) -> bool| -> Vec<f64> {
        equity.iter().enumerate().map(|(bar, &value)| if inside(bar) { value } else { f64::NAN }).collect()
    };
    let searched = part(&|bar| bar < boundary);
    let held_out = part(&|bar| bar >= boundary);
    let time = nanos(bars.open_time);
    let seen = Line { ink: Ink::Palette(0), ..Line::new("search period", &searched) };
    let unseen = Line { ink: Ink::Palette(1), tag: true, ..Line::new("holdout", &held_out) };
    let cash = chart_render::Level { name: "initial cash", ..chart_render::Level::new(initial_cash) };
    let money = Pane { title: "Equity", ..Pane::new(vec![Layer::Level(cash), Layer::Line(seen), Layer::Line(unseen)]) };
    let fall = Area { baseline: Some(0.0), ink: Ink::Down, ..Area::new("", &drawdown) };
    let falls =
        Pane { title: "Drawdown", weight: 0.4, format: ValueFormat::Percent(2), ..Pane::new(vec![Layer::Area(fall)]) };
    let chart =
        Chart { title: &traded.strategy.name, subtitle: "net of all costs", ..Chart::new(&time, vec![money, falls]) };
    png(&chart, Size::new(1_200, 520), "drawing the equity")
}

/// Candles around the last trades, with the strategy's own lines.
pub(crate) fn trades(
    traded: &Traded<'_>,
    bars: BarsView<'_>,
    profile: Profile,
    price_decimals: u8,
) -> Result<Vec<u8>, Error> {
    let Excerpt { shown, window, .. } = Excerpt::of(traded, bars);
    let columns = overlay_columns(traded.strategy, traded.params, bars, profile)?;
    let lines =
        columns.iter().map(|(name, values)| Layer::Line(Line::new(name, &values[window.clone()]))).collect::<Vec<_>>();
    let shown: Vec<ChartTrade> = shown.into_iter().map(|trade| chart_trade(trade, window.start)).collect();
    let view = bars.slice(window);
    let time = nanos(view.open_time);
    let layers = lines.into_iter().chain([Layer::Trades(&shown)]).collect();
    let mut panes = vec![price_pane(view, price_decimals, layers)];
    panes.extend(volume_pane(view));
    let subtitle = view.timeframe().to_string();
    let chart = Chart { title: &traded.strategy.name, subtitle: &subtitle, ..Chart::new(&time, panes) };
    png(&chart, Size::new(1_200, 560), "drawing trades")
}

/// What a chart of trades shows: the last trades of the holdout, or of the search period where it has none.
pub(crate) struct Excerpt<'a> {
    part: &'static str,
    n_trades: usize,
    shown: Vec<&'a Trade>,
    window: Range<usize>,
}

impl<'a> Excerpt<'a> {
    pub(crate) fn of(traded: &'a Traded<'_>, bars: BarsView<'_>) -> Self {
        let (part, report) = if traded.out_of_sample.trades.is_empty() {
            ("search period", &traded.in_sample)
        } else {
            ("holdout", &traded.out_of_sample)
        };
        let window = around_last_trade(&report.trades, bars.len());
        let inside = |trade: &&Trade| trade.entry_bar >= window.start && trade.exit_bar < window.end;
        let shown = report.trades.iter().filter(inside).collect();
        Self { part, n_trades: report.trades.len(), shown, window }
    }

    /// The same in words.
    pub(crate) fn caption(&self, bars: BarsView<'_>) -> String {
        let Self { part, n_trades, shown, window } = self;
        let (from, to) = (bars.open_time[window.start], bars.open_time[window.end - 1]);
        format!("The last {} of {n_trades} trades in the {part}, {from} to {to}.", shown.len())
    }
}

fn around_last_trade(trades: &[Trade], n_bars: usize) -> Range<usize> {
    let last = trades.last().map_or(n_bars, |trade| trade.exit_bar + 1);
    let end = (last + TRADE_CHART_MARGIN).min(n_bars);
    end.saturating_sub(TRADE_CHART_BARS)..end
}

fn chart_trade(trade: &Trade, first_bar: usize) -> ChartTrade {
    ChartTrade {
        long: trade.direction == backtest::Direction::Long,
        entry_bar: trade.entry_bar - first_bar,
        entry_price: trade.entry_price,
        exit_bar: trade.exit_bar - first_bar,
        exit_price: trade.exit_price,
        profit: trade.profit,
    }
}

/// The strategy's indicators on the scale of the price, each once, over all bars.
fn overlay_columns(
    strategy: &Strategy,
    params: &Params,
    bars: BarsView<'_>,
    profile: Profile,
) -> Result<Vec<(String, Vec<f64>)>, Error> {
    let mut calls: Vec<&IndicatorCall> = Vec::new();
    strategy.for_each_indicator(&mut |call, longer| {
        let info = call.kind.info();
        let on_price = info.outputs.iter().any(|output| output.name == call.output && output.unit == Unit::Price);
        if on_price && longer.is_none() && !calls.contains(&call) {
            calls.push(call);
        }
    });
    let market = Market::new(bars);
    calls.into_iter().map(|call| overlay_column(call, params, &market, profile)).collect()
}

fn overlay_column(
    call: &IndicatorCall,
    params: &Params,
    market: &Market<'_>,
    profile: Profile,
) -> Result<(String, Vec<f64>), Error> {
    let values =
        market.indicator_values(call, params, profile).map_err(Error::failed("computing the chart's lines"))?;
    let info = call.kind.info();
    let numbers: Vec<String> = call.args.iter().map(|arg| arg.value(params).to_string()).collect();
    let output = if info.outputs.len() == 1 { String::new() } else { format!(" {}", call.output) };
    Ok((format!("{}({}){output}", info.name, numbers.join(", ")), values))
}

fn price_pane<'a>(bars: BarsView<'a>, price_decimals: u8, over: Vec<Layer<'a>>) -> Pane<'a> {
    let candles = Layer::Candles(Candles::new(bars.open, bars.high, bars.low, bars.close));
    let layers = [candles].into_iter().chain(over).collect();
    Pane { format: ValueFormat::Decimals(price_decimals), ..Pane::new(layers) }
}

/// The volume, if there is any.
fn volume_pane(bars: BarsView<'_>) -> Option<Pane<'_>> {
    if bars.volume.iter().all(|&volume| volume == 0.0) {
        return None;
    }
    let volume = Layer::Volume(Volume::new(bars.volume, bars.open, bars.close));
    Some(Pane { weight: 0.22, format: ValueFormat::Compact, ..Pane::new(vec![volume]) })
}

fn nanos(time: &[UnixNanos]) -> Vec<i64> {
    time.iter().map(|time| time.0).collect()
}

fn png(chart: &Chart<'_>, size: Size, doing: &str) -> Result<Vec<u8>, Error> {
    let image = render(chart, &Theme::light(), size).map_err(Error::failed(doing))?;
    image.to_png().map_err(Error::failed(doing))
}
