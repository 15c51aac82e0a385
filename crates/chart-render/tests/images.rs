//! Exact pixels. `UPDATE_REF=1` renews the images in `tests/ref`: look at them before you commit them.

use std::path::Path;

use chart_render::{
    Area, Band, Candles, Chart, Error, Histogram, Image, Ink, Layer, Layout, Level, Line, Marker, MarkerShape, Pane,
    Size, Theme, Trade, ValueFormat, ValueRange, Volume, render,
};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ColorType, ExtendedColorType, ImageEncoder, ImageFormat, load_from_memory_with_format};

#[path = "../examples/series/mod.rs"]
mod series;
use series::{mean, series};

/// Compares with `tests/ref/NAME.png`; leaves what was drawn and where it differs in the target folder if it does.
fn compare(name: &str, chart: &Chart<'_>, theme: &Theme, size: Size) {
    let image = render(chart, theme, size).expect("the chart is valid");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ref").join(name).with_extension("png");
    if std::env::var_os("UPDATE_REF").is_some() {
        write(&path, &image);
    }
    let expected = decode(&std::fs::read(&path).expect("the reference image is there"));
    if image != expected {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (drawn, changed) = (folder.join(format!("{name}.png")), folder.join(format!("{name}-difference.png")));
        write(&drawn, &image);
        write(&changed, &difference(&image, &expected));
        panic!("{name} differs: see {} and {}", drawn.display(), changed.display());
    }
}

/// Writes a small file, slowly.
fn write(path: &Path, image: &Image) {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::NoFilter);
    let written = encoder.write_image(&image.pixels, image.width, image.height, ExtendedColorType::Rgb8);
    written.expect("every image is a valid PNG");
    std::fs::write(path, bytes).expect("the folder is writable");
}

fn decode(bytes: &[u8]) -> Image {
    let decoded = load_from_memory_with_format(bytes, ImageFormat::Png).expect("a whole PNG");
    assert_eq!(decoded.color(), ColorType::Rgb8);
    Image { width: decoded.width(), height: decoded.height(), pixels: decoded.into_bytes() }
}

/// Black where equal, the amount of the difference elsewhere; white if the sizes differ.
fn difference(a: &Image, b: &Image) -> Image {
    let pixels = if (a.width, a.height) == (b.width, b.height) {
        a.pixels.iter().zip(&b.pixels).map(|(a, b)| a.abs_diff(*b)).collect()
    } else {
        vec![255; a.pixels.len()]
    };
    Image { pixels, ..*a }
}

#[test]
fn a_price_chart_has_candles_band_lines_volume_and_axes() {
    let bars = series(70, 60, 1.0823, 0.0011);
    let (fast, slow) = (mean(&bars.close, 10), mean(&bars.close, 25));
    let (above, below): (Vec<f64>, Vec<f64>) = slow.iter().map(|value| (value * 1.004, value * 0.996)).unzip();
    let price = Pane {
        format: ValueFormat::Decimals(5),
        ..Pane::new(vec![
            Layer::Band(Band { ink: Ink::Palette(3), ..Band::new("Band", &above, &below) }),
            Layer::Candles(Candles::new(&bars.open, &bars.high, &bars.low, &bars.close)),
            Layer::Line(Line::new("SMA 10", &fast)),
            Layer::Line(Line { tag: true, ..Line::new("SMA 25", &slow) }),
        ])
    };
    let volume = Pane {
        weight: 0.3,
        format: ValueFormat::Compact,
        ..Pane::new(vec![Layer::Volume(Volume::new(&bars.volume, &bars.open, &bars.close))])
    };
    let chart = Chart { title: "EURUSD", subtitle: "1 hour", ..Chart::new(&bars.time, vec![price, volume]) };
    compare("price", &chart, &Theme::light(), Size::new(640, 400));
}

#[test]
fn a_bare_chart_has_only_data() {
    let bars = series(60, 60, 1.0823, 0.0011);
    let slow = mean(&bars.close, 10);
    let price = Pane::new(vec![
        Layer::Candles(Candles::new(&bars.open, &bars.high, &bars.low, &bars.close)),
        Layer::Line(Line::new("never shown", &slow)),
    ]);
    let volume =
        Pane { weight: 0.25, ..Pane::new(vec![Layer::Volume(Volume::new(&bars.volume, &bars.open, &bars.close))]) };
    let chart = Chart { title: "never shown", layout: Layout::bare(), ..Chart::new(&bars.time, vec![price, volume]) };
    compare("bare", &chart, &Theme::dark(), Size::new(224, 224));
}

#[test]
fn equity_and_drawdown_of_thousands_of_bars_fit_a_report() {
    let bars = series(20_000, 15, 10_000.0, 0.001);
    let drawdown: Vec<f64> = bars.close.iter().map(|equity| (equity / 12_100.0 - 1.0).min(0.0)).collect();
    let below = Area { baseline: Some(0.0), ink: Ink::Down, ..Area::new("Drawdown", &drawdown) };
    let panes = vec![
        Pane::new(vec![Layer::Area(Area { tag: true, ..Area::new("Equity", &bars.close) })]),
        Pane { weight: 0.5, format: ValueFormat::Percent(1), ..Pane::new(vec![Layer::Area(below)]) },
    ];
    compare("equity", &Chart::new(&bars.time, panes), &Theme::light(), Size::new(480, 260));
}

#[test]
fn trades_markers_and_levels_stand_at_their_prices() {
    let bars = series(40, 30, 151.234, 0.0012);
    let trade = |long, entry_bar: usize, exit_bar: usize, profit| Trade {
        long,
        entry_bar,
        entry_price: bars.open[entry_bar],
        exit_bar,
        exit_price: bars.close[exit_bar],
        profit,
    };
    let trades = [trade(true, 4, 12, 1.0), trade(false, 15, 15, 0.0), trade(false, 20, 33, -1.0)];
    let markers = [(6, MarkerShape::Dot), (26, MarkerShape::Up), (30, MarkerShape::Down)].map(|(bar, shape)| Marker {
        bar,
        value: bars.close[bar],
        shape,
        ink: Ink::Auto,
    });
    let price = Pane {
        title: "30 minutes",
        format: ValueFormat::Decimals(3),
        ..Pane::new(vec![
            Layer::Candles(Candles::new(&bars.open, &bars.high, &bars.low, &bars.close)),
            Layer::Level(Level { name: "Target", tag: true, ink: Ink::Up, ..Level::new(bars.close[20] * 1.002) }),
            Layer::Trades(&trades),
            Layer::Markers(&markers),
        ])
    };
    let chart = Chart { title: "USDJPY", ..Chart::new(&bars.time, vec![price]) };
    compare("trades", &chart, &Theme::dark(), Size { scale: 1.5, ..Size::new(600, 360) });
}

#[test]
fn lines_break_at_gaps_and_histograms_pale_as_they_shrink() {
    let wave: Vec<f64> = (0..80).map(|i| f64::from((i * 7 % 40) - 20) / 10.0).collect();
    let gappy: Vec<f64> =
        wave.iter().enumerate().map(|(i, value)| if i % 13 < 3 { f64::NAN } else { 50.0 + value * 15.0 }).collect();
    let time: Vec<i64> = (0..80).map(|i| 1_746_403_200_000_000_000 + i * 86_400_000_000_000).collect();
    let panes = vec![
        Pane {
            range: ValueRange::Fixed { min: 0.0, max: 100.0 },
            ..Pane::new(vec![
                Layer::Level(Level::new(30.0)),
                Layer::Level(Level::new(70.0)),
                Layer::Line(Line { ink: Ink::Palette(2), ..Line::new("Gaps", &gappy) }),
            ])
        },
        Pane::new(vec![Layer::Histogram(Histogram::new("Histogram", &wave))]),
    ];
    compare("oscillators", &Chart::new(&time, panes), &Theme::light(), Size::new(480, 260));
}

#[test]
fn a_png_decodes_to_the_pixels_drawn() -> Result<(), Error> {
    let chart = Chart::new(&[0, 1, 2], vec![Pane::new(vec![Layer::Line(Line::new("", &[1.0, 3.0, 2.0]))])]);
    for (width, height) in [(8, 8), (33, 17), (301, 200)] {
        let image = render(&chart, &Theme::light(), Size::new(width, height))?;
        assert_eq!(decode(&image.to_png()?), image);
    }
    Ok(())
}
