//! Writes a chart of a made-up series: `cargo run --example candles -- candles.png`.

use std::error::Error;

use chart_render::{Candles, Chart, Layer, Line, Pane, Size, Theme, ValueFormat, Volume, render};

mod series;
use series::{mean, series};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("say where to write: candles FILE.png")?;
    let bars = series(120, 60, 1.0823, 0.001);
    let slow = mean(&bars.close, 20);

    let price = Pane {
        format: ValueFormat::Decimals(5),
        ..Pane::new(vec![
            Layer::Candles(Candles::new(&bars.open, &bars.high, &bars.low, &bars.close)),
            Layer::Line(Line::new("Mean of 20", &slow)),
        ])
    };
    let volume = Pane {
        weight: 0.25,
        format: ValueFormat::Compact,
        ..Pane::new(vec![Layer::Volume(Volume::new(&bars.volume, &bars.open, &bars.close))])
    };
    let chart = Chart { title: "Made-up market", ..Chart::new(&bars.time, vec![price, volume]) };
    std::fs::write(path, render(&chart, &Theme::light(), Size::new(1280, 720))?.to_png()?)?;
    Ok(())
}
