use chart_render::{Band, Candles, Histogram, Ink, Layer, Level, Line, Marker, Pane, ValueFormat, ValueRange, Volume};

/// A pane with columns of its own.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) weight: f64,
    pub(super) range: ValueRange,
    pub(super) format: ValueFormat,
    pub(super) marks: Vec<Mark>,
}

/// A layer with columns of its own.
#[derive(Debug)]
pub(super) enum Mark {
    /// Open, high, low and close.
    Candles([Vec<f64>; 4]),
    /// Volume, with the open and close that colour it.
    Volume([Vec<f64>; 3]),
    Line {
        name: &'static str,
        values: Vec<f64>,
        ink: Ink,
    },
    Band {
        upper: Vec<f64>,
        lower: Vec<f64>,
        ink: Ink,
    },
    Histogram {
        name: &'static str,
        values: Vec<f64>,
    },
    Level(f64),
    Markers(Vec<Marker>),
}

impl Sheet {
    pub(super) fn new(weight: f64, marks: Vec<Mark>) -> Self {
        Self { weight, range: ValueRange::Auto, format: ValueFormat::Auto, marks }
    }

    pub(super) fn pane(&self) -> Pane<'_> {
        let layers = self.marks.iter().map(Mark::layer).collect();
        Pane { weight: self.weight, range: self.range, format: self.format, ..Pane::new(layers) }
    }
}

impl Mark {
    fn layer(&self) -> Layer<'_> {
        match self {
            Self::Candles([open, high, low, close]) => {
                Layer::Candles(Candles { tag: false, ..Candles::new(open, high, low, close) })
            }
            Self::Volume([volume, open, close]) => {
                Layer::Volume(Volume { name: "volume", ..Volume::new(volume, open, close) })
            }
            Self::Line { name, values, ink } => Layer::Line(Line { ink: *ink, ..Line::new(name, values) }),
            Self::Band { upper, lower, ink } => Layer::Band(Band { ink: *ink, ..Band::new("", upper, lower) }),
            Self::Histogram { name, values } => Layer::Histogram(Histogram::new(name, values)),
            Self::Level(value) => Layer::Level(Level::new(*value)),
            Self::Markers(markers) => Layer::Markers(markers),
        }
    }

    /// The columns that give a pane its range.
    pub(super) fn values(&self) -> Vec<&[f64]> {
        match self {
            Self::Line { values, .. } | Self::Histogram { values, .. } => vec![values],
            Self::Band { upper, lower, .. } => vec![upper, lower],
            Self::Candles([_, high, low, _]) => vec![high, low],
            Self::Volume(_) | Self::Level(_) | Self::Markers(_) => Vec::new(),
        }
    }
}
