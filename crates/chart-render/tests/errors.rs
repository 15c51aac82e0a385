//! Every error, what it says, and that it comes before any drawing.

use chart_render::{
    Area, Candles, Chart, Error, Image, Layer, Layout, Level, Line, Marker, MarkerShape, Pane, Size, Theme, Trade,
    ValueFormat, ValueRange, Volume, render,
};

const TIME: [i64; 3] = [0, 60, 120];
const FLAT: [f64; 3] = [1.0, 1.0, 1.0];
const SIZE: Size = Size::new(320, 200);

fn line(values: &[f64]) -> Pane<'_> {
    Pane::new(vec![Layer::Line(Line::new("line", values))])
}

fn message(chart: &Chart<'_>, theme: &Theme, size: Size) -> String {
    render(chart, theme, size).expect_err("the chart is not valid").to_string()
}

fn of_pane(pane: Pane<'_>) -> String {
    message(&Chart::new(&TIME, vec![line(&FLAT), pane]), &Theme::default(), SIZE)
}

fn of_layer(layer: Layer<'_>) -> String {
    of_pane(Pane::new(vec![layer]))
}

#[test]
fn impossible_sizes_are_refused() {
    let chart = Chart::new(&TIME, vec![line(&FLAT)]);
    for (width, height) in [(0, 0), (7, 100), (100, 8193), (u32::MAX, u32::MAX)] {
        let shown = message(&chart, &Theme::default(), Size::new(width, height));
        assert_eq!(
            shown,
            format!("an image of {width} x {height} pixels is not possible: each side must be 8 to 8192")
        );
    }
    for scale in [0.0, -1.0, f64::NAN, 9.0] {
        assert!(message(&chart, &Theme::default(), Size { scale, ..SIZE }).starts_with("scale is "));
    }
    let many = Chart::new(&TIME, vec![line(&FLAT); 30]);
    assert_eq!(
        message(&many, &Theme::default(), Size::new(64, 64)),
        "30 panes do not fit into 58 pixels: each needs 4"
    );
}

#[test]
fn settings_out_of_range_are_named() {
    let chart = Chart::new(&TIME, vec![line(&FLAT)]);
    let theme = Theme { font_px: f64::NAN, ..Theme::light() };
    assert_eq!(message(&chart, &theme, SIZE), "theme font_px is NaN, but must be 6 to 64");
    let layout = Layout { padding: 0.5, ..Layout::default() };
    assert_eq!(
        message(&Chart { layout, ..chart }, &Theme::light(), SIZE),
        "layout padding is 0.5, but must be 0 to 0.4"
    );
    assert_eq!(of_pane(Pane { weight: 0.0, ..line(&FLAT) }), "pane weight is 0, but must be 0.01 to 100");
    assert_eq!(
        of_pane(Pane { format: ValueFormat::Decimals(13), ..line(&FLAT) }),
        "decimals is 13, but must be 0 to 12"
    );
    let thin = Line { width: Some(0.1), ..Line::new("", &FLAT) };
    assert_eq!(of_layer(Layer::Line(thin)), "line width is 0.1, but must be 0.5 to 20");
}

#[test]
fn a_chart_without_panes_or_bars_is_refused() {
    assert_eq!(message(&Chart::new(&TIME, vec![]), &Theme::light(), SIZE), "the chart has no pane");
    let shown = message(&Chart::new(&[], vec![line(&[])]), &Theme::light(), SIZE);
    assert_eq!(shown, "the chart has no bar: its time column is empty");
}

#[test]
fn time_does_not_go_back() {
    let chart = Chart::new(&[0, 5, 4], vec![line(&FLAT)]);
    assert_eq!(message(&chart, &Theme::light(), SIZE), "time goes back at bar 2");
}

#[test]
fn columns_of_another_length_are_named() {
    let shown = of_layer(Layer::Candles(Candles::new(&FLAT, &FLAT, &FLAT[..2], &FLAT)));
    assert_eq!(shown, "pane 1, layer 0: low has 2 values for 3 bars");
    assert_eq!(of_layer(Layer::Line(Line::new("", &[]))), "pane 1, layer 0: values has 0 values for 3 bars");
}

#[test]
fn values_that_are_no_numbers_are_named() {
    let holey = [1.0, f64::NAN, 1.0];
    let shown = of_layer(Layer::Candles(Candles::new(&FLAT, &FLAT, &FLAT, &holey)));
    assert_eq!(shown, "pane 1, layer 0: close is NaN at position 1");
    let endless = [1.0, 1.0, f64::INFINITY];
    assert_eq!(of_layer(Layer::Line(Line::new("", &endless))), "pane 1, layer 0: values is inf at position 2");
    assert_eq!(of_layer(Layer::Level(Level::new(f64::NAN))), "pane 1, layer 0: level is NaN at position 0");
    let area = Area { baseline: Some(f64::NAN), ..Area::new("", &FLAT) };
    assert_eq!(of_layer(Layer::Area(area)), "pane 1, layer 0: baseline is NaN at position 0");
}

#[test]
fn impossible_bars_are_named() {
    let shown = of_layer(Layer::Candles(Candles::new(&FLAT, &[1.0, 1.0, 0.5], &FLAT, &FLAT)));
    assert_eq!(shown, "pane 1, layer 0: high is below low at bar 2");
    let shown = of_layer(Layer::Volume(Volume::new(&[1.0, -1.0, 1.0], &FLAT, &FLAT)));
    assert_eq!(shown, "pane 1, layer 0: volume is negative at bar 1");
}

#[test]
fn trades_and_markers_stand_at_bars_of_the_chart() {
    let trade = Trade { long: true, entry_bar: 1, entry_price: 1.0, exit_bar: 2, exit_price: 1.0, profit: 0.0 };
    let shown = of_layer(Layer::Trades(&[trade, Trade { exit_bar: 3, ..trade }]));
    assert_eq!(shown, "pane 1, layer 0: position 1 stands at bar 3 of 3");
    let shown = of_layer(Layer::Trades(&[Trade { exit_bar: 0, ..trade }]));
    assert_eq!(shown, "pane 1, layer 0: trade 0 ends before it starts");
    let marker = Marker { bar: 9, value: 1.0, shape: MarkerShape::Dot, ink: chart_render::Ink::Up };
    assert_eq!(of_layer(Layer::Markers(&[marker])), "pane 1, layer 0: position 0 stands at bar 9 of 3");
}

#[test]
fn ranges_need_an_extent() {
    for (min, max) in [(1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY)] {
        let pane = Pane { range: ValueRange::Fixed { min, max }, ..line(&FLAT) };
        assert_eq!(of_pane(pane), format!("pane 1: no scale from {min} to {max}"));
    }
    assert!(
        of_layer(Layer::Line(Line::new("", &[f64::MIN, 0.0, f64::MAX]))).starts_with("pane 1: no scale from -1797")
    );
}

#[test]
fn an_image_whose_pixels_do_not_match_its_size_is_no_png() {
    let image = Image { width: 2, height: 2, pixels: vec![0; 11] };
    let shown = image.to_png().unwrap_err().to_string();
    assert_eq!(shown, "11 bytes of pixels for an image of 2 x 2, which has three bytes a pixel");
    let empty = Image { width: 0, height: 0, pixels: vec![] };
    assert!(matches!(empty.to_png(), Err(Error::Png { .. })));
}
