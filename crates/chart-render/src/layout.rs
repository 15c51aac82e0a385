//! What stands around the data.

/// Which parts of a chart besides the data are drawn, and how much room they get. `Default` is everything on.
///
/// What does not fit is left out rather than drawn over something else: a title that would take more than a quarter of the
/// height, a time axis more than a quarter of the height, a value axis more than two fifths of the width, a legend more
/// than two fifths of its pane.
///
/// ```
/// use chart_render::Layout;
///
/// let layout = Layout { separators: false, ..Layout::default() };
/// assert!(layout.grid && !Layout::bare().grid);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each part is shown or not, whatever the others are")]
pub struct Layout {
    /// The chart's title and subtitle above the panes.
    pub header: bool,
    /// Pane titles and the names of the layers with their colours, at the top left of each pane.
    pub legend: bool,
    /// Labels at the right of each pane, with tags of the last values.
    pub value_axis: bool,
    /// Dates and times below the panes.
    pub time_axis: bool,
    /// Horizontal lines at the labelled values.
    pub grid: bool,
    /// Vertical lines between days, weeks, months or years.
    pub separators: bool,
    /// Lines between the panes and along the axes.
    pub border: bool,
    /// Free space around everything, in pixels at scale 1; 0 to 200. At most 4 % of the shorter side is used.
    pub margin: f64,
    /// Free space above and below the data of a pane, as a fraction of its height; 0 to 0.4.
    pub padding: f64,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            header: true,
            legend: true,
            value_axis: true,
            time_axis: true,
            grid: true,
            separators: true,
            border: true,
            margin: 14.0,
            padding: 0.05,
        }
    }
}

impl Layout {
    /// The data alone, from edge to edge, without any text: the input of a model.
    pub const fn bare() -> Self {
        Self {
            header: false,
            legend: false,
            value_axis: false,
            time_axis: false,
            grid: false,
            separators: false,
            border: false,
            margin: 0.0,
            padding: 0.02,
        }
    }
}
