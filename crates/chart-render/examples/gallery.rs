//! Writes charts of several kinds and sizes: `cargo run --example gallery -- FOLDER`.

use std::error::Error;
use std::path::{Path, PathBuf};

use chart_render::{
    Area, Band, Candles, Chart, Histogram, Ink, Layer, Layout, Level, Line, Marker, MarkerShape, Pane, Size, Theme,
    Trade, ValueFormat, ValueRange, Volume, render,
};

mod series;
use series::{Series, mean, series};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("say into which folder: gallery FOLDER")?);
    std::fs::create_dir_all(&folder)?;
    analysis(&folder)?;
    model_input(&folder)?;
    thumbnails(&folder)?;
    report(&folder)?;
    trades(&folder)?;
    instruments(&folder)
}

fn write(folder: &Path, name: &str, chart: &Chart<'_>, theme: &Theme, size: Size) -> Result<(), Box<dyn Error>> {
    std::fs::write(folder.join(name), render(chart, theme, size)?.to_png()?)?;
    Ok(())
}

fn candles(bars: &Series) -> Layer<'_> {
    Layer::Candles(Candles::new(&bars.open, &bars.high, &bars.low, &bars.close))
}

fn volume_pane(bars: &Series) -> Pane<'_> {
    let layers = vec![Layer::Volume(Volume::new(&bars.volume, &bars.open, &bars.close))];
    Pane { weight: 0.22, format: ValueFormat::Compact, ..Pane::new(layers) }
}

/// The mean of `n` values and how far two deviations reach.
fn bands(values: &[f64], n: usize) -> (Vec<f64>, Vec<f64>) {
    let squares: Vec<f64> = values.iter().map(|value| value * value).collect();
    let pairs = mean(values, n).into_iter().zip(mean(&squares, n));
    pairs.map(|(m, square)| (m, 2.0 * (square - m * m).sqrt())).map(|(m, reach)| (m + reach, m - reach)).unzip()
}

/// Share of rises in the sum of the last `n` changes, in percent.
fn strength(values: &[f64], n: usize) -> Vec<f64> {
    let changes: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let rises = mean(&changes.iter().map(|change| change.max(0.0)).collect::<Vec<_>>(), n);
    let falls = mean(&changes.iter().map(|change| (-change).max(0.0)).collect::<Vec<_>>(), n);
    let share = rises.iter().zip(&falls).map(|(rise, fall)| 100.0 * rise / (rise + fall));
    std::iter::once(f64::NAN).chain(share).collect()
}

fn analysis(folder: &Path) -> Result<(), Box<dyn Error>> {
    let bars = series(180, 60, 1.0823, 0.0011);
    let (fast, slow) = (mean(&bars.close, 20), mean(&bars.close, 50));
    let (upper, lower) = bands(&bars.close, 20);
    let rsi = strength(&bars.close, 14);
    let trend: Vec<f64> =
        mean(&bars.close, 12).iter().zip(mean(&bars.close, 26)).map(|(fast, slow)| fast - slow).collect();
    let price = Pane {
        weight: 1.0,
        format: ValueFormat::Decimals(5),
        ..Pane::new(vec![
            Layer::Band(Band { ink: Ink::Palette(3), ..Band::new("Bollinger 20, 2", &upper, &lower) }),
            candles(&bars),
            Layer::Line(Line::new("SMA 20", &fast)),
            Layer::Line(Line::new("SMA 50", &slow)),
        ])
    };
    let levels = [30.0, 70.0].map(|value| Layer::Level(Level::new(value)));
    let rsi_pane = Pane {
        weight: 0.28,
        range: ValueRange::Fixed { min: 0.0, max: 100.0 },
        ..Pane::new(vec![
            levels[0],
            levels[1],
            Layer::Line(Line { ink: Ink::Palette(2), tag: true, ..Line::new("RSI 14", &rsi) }),
        ])
    };
    let histogram =
        Pane { weight: 0.25, ..Pane::new(vec![Layer::Histogram(Histogram::new("SMA 12 − SMA 26", &trend))]) };
    let panes = vec![price, volume_pane(&bars), rsi_pane, histogram];
    let mut chart =
        Chart { title: "EURUSD · 1 hour", subtitle: "synthetic · 180 bars", ..Chart::new(&bars.time, panes) };
    write(folder, "analysis-light.png", &chart, &Theme::light(), Size::new(1600, 900))?;
    write(folder, "analysis-dark.png", &chart, &Theme::dark(), Size::new(1600, 900))?;
    write(folder, "analysis-double.png", &chart, &Theme::light(), Size { scale: 2.0, ..Size::new(2400, 1600) })?;
    write(folder, "analysis-small.png", &chart, &Theme::light(), Size::new(480, 360))?;
    chart.layout.header = false;
    write(folder, "analysis-tiny.png", &chart, &Theme::light(), Size::new(32, 32))
}

fn model_input(folder: &Path) -> Result<(), Box<dyn Error>> {
    let bars = series(60, 60, 1.0823, 0.0011);
    let (fast, slow) = (mean(&bars.close, 10), mean(&bars.close, 20));
    let price = Pane::new(vec![candles(&bars), Layer::Line(Line::new("", &fast)), Layer::Line(Line::new("", &slow))]);
    let chart = Chart { layout: Layout::bare(), ..Chart::new(&bars.time, vec![price, volume_pane(&bars)]) };
    write(folder, "bare-448.png", &chart, &Theme::light(), Size::new(448, 448))?;
    write(folder, "bare-60x64.png", &chart, &Theme::light(), Size::new(60, 64))?;
    write(folder, "bare-dark-224.png", &chart, &Theme::dark(), Size::new(224, 224))
}

fn thumbnails(folder: &Path) -> Result<(), Box<dyn Error>> {
    let bars = series(40, 15, 1.0823, 0.0006);
    let price = Pane { format: ValueFormat::Decimals(5), ..Pane::new(vec![candles(&bars)]) };
    let chart = Chart { title: "EURUSD M15", ..Chart::new(&bars.time, vec![price]) };
    write(folder, "thumbnail-200x120.png", &chart, &Theme::light(), Size::new(200, 120))?;
    write(folder, "thumbnail-dark-320x200.png", &chart, &Theme::dark(), Size::new(320, 200))
}

/// Equity and drawdown over tens of thousands of bars, and as many candles.
fn report(folder: &Path) -> Result<(), Box<dyn Error>> {
    let bars = series(40_000, 15, 10_000.0, 0.0022);
    let mut peak = f64::NEG_INFINITY;
    let drawdown: Vec<f64> = bars
        .close
        .iter()
        .map(|equity| (equity / f64::max(peak, *equity), peak = f64::max(peak, *equity)).0 - 1.0)
        .collect();
    let hold = mean(&bars.close, 2000);
    let equity = Pane::new(vec![
        Layer::Area(Area { tag: true, ..Area::new("Equity", &bars.close) }),
        Layer::Line(Line { ink: Ink::Muted, width: Some(1.2), ..Line::new("Buy and hold", &hold) }),
    ]);
    let below = Pane {
        weight: 0.4,
        format: ValueFormat::Percent(1),
        ..Pane::new(vec![Layer::Area(Area { baseline: Some(0.0), ink: Ink::Down, ..Area::new("Drawdown", &drawdown) })])
    };
    let chart = Chart {
        title: "Walk-forward equity",
        subtitle: "out of sample, costs included",
        ..Chart::new(&bars.time, vec![equity, below])
    };
    write(folder, "equity-light.png", &chart, &Theme::light(), Size::new(1200, 500))?;
    write(folder, "equity-dark.png", &chart, &Theme::dark(), Size::new(1200, 500))?;

    let bars = series(10_000, 5, 1.0823, 0.0003);
    let slow = mean(&bars.close, 500);
    let price = Pane {
        format: ValueFormat::Decimals(5),
        ..Pane::new(vec![candles(&bars), Layer::Line(Line::new("SMA 500", &slow))])
    };
    let chart = Chart { title: "EURUSD · 10,000 bars", ..Chart::new(&bars.time, vec![price, volume_pane(&bars)]) };
    write(folder, "crowded.png", &chart, &Theme::light(), Size::new(1400, 700))?;

    let bars = series(700, 1440, 1.0823, 0.005);
    let price = Pane { format: ValueFormat::Decimals(4), ..Pane::new(vec![candles(&bars)]) };
    let chart = Chart { title: "EURUSD · daily", ..Chart::new(&bars.time, vec![price]) };
    write(folder, "daily.png", &chart, &Theme::light(), Size::new(1200, 600))
}

fn trades(folder: &Path) -> Result<(), Box<dyn Error>> {
    let bars = series(120, 30, 151.234, 0.0012);
    let closed: Vec<Trade> = [(8, 21, true), (27, 38, false), (45, 46, true), (58, 83, true), (90, 104, false)]
        .map(|(entry_bar, exit_bar, long)| {
            let (entry_price, exit_price) = (bars.open[entry_bar], bars.close[exit_bar]);
            let profit = if long { exit_price - entry_price } else { entry_price - exit_price };
            Trade { long, entry_bar, entry_price, exit_bar, exit_price, profit }
        })
        .to_vec();
    let high = bars.high.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let top = bars.high.iter().position(|value| *value >= high).ok_or("no bars")?;
    let marker = [Marker { bar: top, value: high, shape: MarkerShape::Down, ink: Ink::Muted }];
    let stop = Level { name: "Stop loss", ink: Ink::Down, tag: true, ..Level::new(bars.close[104] * 0.9985) };
    let target = Level { name: "Take profit", ink: Ink::Up, tag: true, ..Level::new(bars.close[104] * 1.002) };
    let price = Pane {
        title: "30 minutes",
        format: ValueFormat::Decimals(3),
        ..Pane::new(vec![
            candles(&bars),
            Layer::Level(stop),
            Layer::Level(target),
            Layer::Markers(&marker),
            Layer::Trades(&closed),
        ])
    };
    let chart = Chart { title: "USDJPY", subtitle: "five trades", ..Chart::new(&bars.time, vec![price]) };
    write(folder, "trades-light.png", &chart, &Theme::light(), Size::new(1200, 600))?;
    write(folder, "trades-dark.png", &chart, &Theme::dark(), Size::new(1200, 600))
}

fn instruments(folder: &Path) -> Result<(), Box<dyn Error>> {
    let bars = series(90, 240, 43_250.5, 0.006);
    let slow = mean(&bars.close, 20);
    let price = Pane {
        format: ValueFormat::Decimals(1),
        ..Pane::new(vec![candles(&bars), Layer::Line(Line { tag: true, ..Line::new("SMA 20", &slow) })])
    };
    let chart = Chart { title: "BTCUSD · 4 hours", ..Chart::new(&bars.time, vec![price, volume_pane(&bars)]) };
    write(folder, "bitcoin.png", &chart, &Theme::dark(), Size::new(1000, 560))?;

    let bars = series(7, 1, 0.000_012_3, 0.002);
    let price = Pane::new(vec![candles(&bars)]);
    let chart = Chart { title: "Seven bars", ..Chart::new(&bars.time, vec![price]) };
    write(folder, "seven.png", &chart, &Theme::light(), Size::new(640, 360))
}
