//! Says no before anything is drawn.

use crate::chart::{Candles, Chart, Layer, Marker, Pane, Trade, ValueFormat, ValueRange, Volume};
use crate::error::Error;
use crate::image::Size;
use crate::layout::Layout;
use crate::theme::Theme;

/// Checks everything that later stages rely on.
pub(crate) fn check(chart: &Chart<'_>, theme: &Theme, size: Size) -> Result<(), Error> {
    let Size { width, height, scale } = size;
    if ![width, height].iter().all(|side| (Size::MIN_SIDE..=Size::MAX_SIDE).contains(side)) {
        return Err(Error::Size { width, height });
    }
    setting("scale", scale, 0.25, 8.0)?;
    check_looks(&chart.layout, theme)?;
    if chart.panes.is_empty() {
        return Err(Error::NoPane);
    }
    if chart.time.is_empty() {
        return Err(Error::NoBars);
    }
    if let Some(before) = chart.time.windows(2).position(|pair| pair[1] < pair[0]) {
        return Err(Error::TimeGoesBack { bar: before + 1 });
    }
    chart.panes.iter().enumerate().try_for_each(|(index, pane)| check_pane(index, pane, chart.time.len()))
}

fn setting(name: &'static str, value: f64, min: f64, max: f64) -> Result<(), Error> {
    if (min..=max).contains(&value) { Ok(()) } else { Err(Error::Setting { name, value, min, max }) }
}

fn check_looks(layout: &Layout, theme: &Theme) -> Result<(), Error> {
    setting("layout margin", layout.margin, 0.0, 200.0)?;
    setting("layout padding", layout.padding, 0.0, 0.4)?;
    setting("theme font_px", theme.font_px, 6.0, 64.0)?;
    setting("theme title_px", theme.title_px, 6.0, 64.0)?;
    setting("theme line_px", theme.line_px, 0.5, 20.0)
}

fn check_pane(index: usize, pane: &Pane<'_>, n_bars: usize) -> Result<(), Error> {
    setting("pane weight", pane.weight, 0.01, 100.0)?;
    match pane.format {
        ValueFormat::Decimals(decimals) => setting("decimals", f64::from(decimals), 0.0, 12.0)?,
        ValueFormat::Percent(decimals) => setting("percent decimals", f64::from(decimals), 0.0, 10.0)?,
        ValueFormat::Auto | ValueFormat::Compact => (),
    }
    if let ValueRange::Fixed { min, max } = pane.range
        && !(min.is_finite() && max.is_finite() && min < max)
    {
        return Err(Error::Range { pane: index, min, max });
    }
    pane.layers.iter().enumerate().try_for_each(|(layer, shown)| At { pane: index, layer, n_bars }.layer(shown))
}

/// Where a layer stands, for its errors.
#[derive(Clone, Copy)]
struct At {
    pane: usize,
    layer: usize,
    n_bars: usize,
}

impl At {
    fn layer(self, layer: &Layer<'_>) -> Result<(), Error> {
        match *layer {
            Layer::Candles(candles) => self.candles(&candles),
            Layer::Volume(volume) => self.volume(&volume),
            Layer::Line(line) => {
                setting("line width", line.width.unwrap_or(1.0), 0.5, 20.0)?;
                self.gappy("values", line.values)
            }
            Layer::Band(band) => {
                self.gappy("upper", band.upper)?;
                self.gappy("lower", band.lower)
            }
            Layer::Area(area) => {
                self.number("baseline", 0, area.baseline.unwrap_or(0.0))?;
                self.gappy("values", area.values)
            }
            Layer::Histogram(histogram) => self.gappy("values", histogram.values),
            Layer::Level(level) => self.number("level", 0, level.value),
            Layer::Trades(trades) => trades.iter().enumerate().try_for_each(|(i, trade)| self.trade(i, trade)),
            Layer::Markers(markers) => markers.iter().enumerate().try_for_each(|(i, marker)| self.marker(i, marker)),
        }
    }

    fn candles(self, candles: &Candles<'_>) -> Result<(), Error> {
        self.full("open", candles.open)?;
        self.full("high", candles.high)?;
        self.full("low", candles.low)?;
        self.full("close", candles.close)?;
        match candles.high.iter().zip(candles.low).position(|(high, low)| high < low) {
            Some(bar) => Err(Error::HighBelowLow { pane: self.pane, layer: self.layer, bar }),
            None => Ok(()),
        }
    }

    fn volume(self, volume: &Volume<'_>) -> Result<(), Error> {
        self.full("open", volume.open)?;
        self.full("close", volume.close)?;
        self.gappy("volume", volume.volume)?;
        match volume.volume.iter().position(|&value| value < 0.0) {
            Some(bar) => Err(Error::NegativeVolume { pane: self.pane, layer: self.layer, bar }),
            None => Ok(()),
        }
    }

    fn trade(self, position: usize, trade: &Trade) -> Result<(), Error> {
        self.bar(position, trade.entry_bar)?;
        self.bar(position, trade.exit_bar)?;
        self.number("entry_price", position, trade.entry_price)?;
        self.number("exit_price", position, trade.exit_price)?;
        self.number("profit", position, trade.profit)?;
        if trade.exit_bar < trade.entry_bar {
            return Err(Error::ExitBeforeEntry { pane: self.pane, layer: self.layer, position });
        }
        Ok(())
    }

    fn marker(self, position: usize, marker: &Marker) -> Result<(), Error> {
        self.bar(position, marker.bar)?;
        self.number("value", position, marker.value)
    }

    fn bar(self, position: usize, bar: usize) -> Result<(), Error> {
        let Self { pane, layer, n_bars } = self;
        if bar < n_bars { Ok(()) } else { Err(Error::NoSuchBar { pane, layer, position, bar, n_bars }) }
    }

    fn number(self, column: &'static str, position: usize, value: f64) -> Result<(), Error> {
        let Self { pane, layer, .. } = self;
        if value.is_finite() { Ok(()) } else { Err(Error::NotFinite { pane, layer, column, position, value }) }
    }

    /// A column without gaps.
    fn full(self, column: &'static str, values: &[f64]) -> Result<(), Error> {
        self.length(column, values)?;
        match values.iter().position(|value| !value.is_finite()) {
            Some(bar) => self.number(column, bar, values[bar]),
            None => Ok(()),
        }
    }

    /// A column whose NaNs are gaps.
    fn gappy(self, column: &'static str, values: &[f64]) -> Result<(), Error> {
        self.length(column, values)?;
        match values.iter().position(|value| value.is_infinite()) {
            Some(bar) => self.number(column, bar, values[bar]),
            None => Ok(()),
        }
    }

    fn length(self, column: &'static str, values: &[f64]) -> Result<(), Error> {
        let Self { pane, layer, n_bars } = self;
        if values.len() == n_bars {
            Ok(())
        } else {
            Err(Error::Length { pane, layer, column, len: values.len(), n_bars })
        }
    }
}
