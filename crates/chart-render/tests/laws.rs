//! What holds for every chart.

use chart_render::{
    Area, Band, Candles, Chart, Error, Histogram, Image, Ink, Layer, Layout, Level, Line, Marker, MarkerShape, Pane,
    Size, Theme, Trade, ValueFormat, ValueRange, Volume, render,
};
use proptest::prelude::*;

/// Any number, with the odd ones often.
fn number() -> impl Strategy<Value = f64> + Clone {
    prop_oneof![
        6 => -1e3..1e3_f64,
        2 => any::<f64>(),
        1 => Just(f64::NAN),
        1 => Just(0.0),
        1 => Just(f64::MAX),
        1 => Just(-1e-320),
    ]
}

fn price() -> impl Strategy<Value = f64> {
    prop_oneof![8 => 0.5..2.0_f64, 1 => -1e15..1e15_f64, 1 => Just(1.0)]
}

/// Columns for one chart: times, prices in the order open, high, low, close, and values with gaps.
#[derive(Debug, Clone)]
struct Columns {
    time: Vec<i64>,
    price: [Vec<f64>; 4],
    values: [Vec<f64>; 2],
}

fn columns(value: impl Strategy<Value = f64> + Clone + 'static) -> impl Strategy<Value = Columns> {
    let row = (price(), price(), price(), price(), value.clone(), value, 0..1_000_000_000_000_000_i64);
    (proptest::collection::vec(row, 1..300), any::<i64>()).prop_map(|(rows, start)| {
        let mut out = Columns { time: vec![], price: Default::default(), values: Default::default() };
        let mut at = start;
        for (a, b, open, close, first, second, step) in rows {
            at = at.saturating_add(step);
            out.time.push(at);
            for (column, value) in out.price.iter_mut().zip([open, a.max(b), a.min(b), close]) {
                column.push(value);
            }
            out.values[0].push(first);
            out.values[1].push(second);
        }
        out
    })
}

fn looks() -> impl Strategy<Value = (Layout, Theme, Size)> {
    let size = (8..500_u32, 8..400_u32, prop_oneof![Just(1.0), 0.25..8.0_f64])
        .prop_map(|(width, height, scale)| Size { width, height, scale });
    (prop_oneof![Just(Layout::default()), Just(Layout::bare())], any::<[bool; 7]>(), any::<bool>(), size).prop_map(
        |(layout, [header, legend, value_axis, time_axis, grid, separators, border], dark, size)| {
            let free = Layout { header, legend, value_axis, time_axis, grid, separators, border, ..layout };
            let layout = if header == legend { layout } else { free };
            (layout, if dark { Theme::dark() } else { Theme::light() }, size)
        },
    )
}

/// Every kind of layer over the columns.
fn draw(
    columns: &Columns,
    value: f64,
    format: ValueFormat,
    layout: Layout,
    theme: &Theme,
    size: Size,
) -> Result<Image, Error> {
    let [open, high, low, close] = &columns.price;
    let [first, second] = &columns.values;
    let last = columns.time.len() - 1;
    let (entry_bar, exit_bar) = (last / 3, last / 2);
    let trade =
        Trade { long: value > 0.0, entry_bar, entry_price: value, exit_bar, exit_price: close[0], profit: value };
    let marker = Marker { bar: last, value, shape: MarkerShape::Dot, ink: Ink::Auto };
    let size_of: Vec<f64> = first.iter().map(|value| value.abs()).collect();
    let (trades, markers) =
        ([trade, Trade { long: false, ..trade }], [marker, Marker { bar: 0, shape: MarkerShape::Up, ..marker }]);
    let panes = vec![
        Pane {
            title: "Pane",
            format,
            ..Pane::new(vec![
                Layer::Band(Band::new("Band", first, second)),
                Layer::Candles(Candles::new(open, high, low, close)),
                Layer::Line(Line { tag: true, ..Line::new("A line with a long name that may not fit", first) }),
                Layer::Trades(&trades),
                Layer::Markers(&markers),
            ])
        },
        Pane {
            weight: 0.1,
            format: ValueFormat::Compact,
            ..Pane::new(vec![Layer::Volume(Volume::new(&size_of, open, close))])
        },
        Pane {
            range: ValueRange::Fixed { min: -10.0, max: 20.0 },
            ..Pane::new(vec![
                Layer::Histogram(Histogram::new("Histogram", first)),
                Layer::Area(Area { baseline: Some(value), tag: true, ..Area::new("Area", second) }),
                Layer::Level(Level { name: "Level", tag: true, ..Level::new(value) }),
                Layer::Candles(Candles::new(open, high, low, close)),
            ])
        },
    ];
    let chart = Chart { title: "Ünïcode 漢字 title", subtitle: "sub", layout, ..Chart::new(&columns.time, panes) };
    render(&chart, theme, size)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_input_gives_a_full_image_or_an_error(
        columns in columns(number()), value in number(), decimals in 0..14_u8, (layout, theme, size) in looks(),
    ) {
        if let Ok(image) = draw(&columns, value, ValueFormat::Decimals(decimals), layout, &theme, size) {
            prop_assert_eq!((image.width, image.height), (size.width, size.height));
            prop_assert_eq!(image.pixels.len() as u64, u64::from(size.width) * u64::from(size.height) * 3);
        }
    }

    #[test]
    fn usual_input_gives_an_image_and_always_the_same_bytes(
        columns in columns(prop_oneof![9 => 0.5..2.0_f64, 1 => Just(f64::NAN)]), (layout, theme, size) in looks(),
    ) {
        prop_assume!(size.height >= 64);
        let first = draw(&columns, 1.0, ValueFormat::Auto, layout, &theme, size).unwrap();
        let again = draw(&columns.clone(), 1.0, ValueFormat::Auto, layout, &theme, size).unwrap();
        prop_assert_eq!(first.to_png().unwrap(), again.to_png().unwrap());
    }

    #[test]
    fn a_taller_candle_reaches_higher(low in 1.0..2.0_f64, part in 0.0..1.0_f64, height in 40..400_u32) {
        // Two candles from the same foot: the second reaches a part of the way of the first.
        let high = [low + 1.0, low + part];
        let feet = [low, low];
        let pane = Pane {
            range: ValueRange::Fixed { min: low - 0.5, max: low + 1.5 },
            ..Pane::new(vec![Layer::Candles(Candles::new(&feet, &high, &feet, &high))])
        };
        let chart = Chart { layout: Layout::bare(), ..Chart::new(&[0, 1], vec![pane]) };
        let image = render(&chart, &Theme::light(), Size::new(40, height)).unwrap();
        let top = |x: usize| image.pixels.chunks_exact(3).skip(x).step_by(40).position(|pixel| pixel != [255; 3]);
        let (first, second) = (top(10).unwrap(), top(30).unwrap());
        prop_assert!(first <= second);
        prop_assert!(part < 0.9 || second - first <= usize::try_from(height).unwrap() / 16);
    }
}

#[test]
fn four_thousand_by_three_thousand_pixels_are_possible() {
    let values: Vec<f64> = (0..50_000_i32).map(|i| f64::from(i % 977)).collect();
    let time: Vec<i64> = (0..50_000).map(|i| i * 60_000_000_000).collect();
    let chart = Chart::new(&time, vec![Pane::new(vec![Layer::Area(Area::new("Area", &values))])]);
    let image = render(&chart, &Theme::light(), Size { scale: 3.0, ..Size::new(4000, 3000) }).unwrap();
    assert_eq!(image.pixels.len(), 36_000_000);
}

#[test]
fn one_bar_is_a_chart() {
    let pane = Pane::new(vec![Layer::Candles(Candles::new(&[1.0], &[1.0], &[1.0], &[1.0]))]);
    let image = render(&Chart::new(&[0], vec![pane]), &Theme::light(), Size::new(200, 120)).unwrap();
    assert!(image.pixels.iter().any(|&byte| byte != 255));
}
