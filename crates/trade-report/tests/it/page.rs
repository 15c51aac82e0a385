use serde_json::json;
use trade_report::{Equity, Header, Report, Strategy, trades_csv};

use crate::browser::Browser;
use crate::sample;

const RANGE: &str = "[TradeReport.view.state.from, TradeReport.view.state.to]";
const N_BARS: usize = 3_000;

fn whole() -> Report {
    sample::report(sample::candles(N_BARS, 7), "SAMPLE")
}

fn range(browser: &mut Browser) -> (f64, f64) {
    let range = browser.eval(RANGE);
    (range[0].as_f64().unwrap(), range[1].as_f64().unwrap())
}

fn width((from, to): (f64, f64)) -> f64 {
    to - from
}

#[test]
fn loads_alone_without_a_complaint_and_draws_every_chart() {
    let Some(mut browser) = Browser::open(&whole()) else { return };
    let colors = browser.eval(
        "[...document.querySelectorAll('canvas')].map((canvas) => {
            const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(data.buffer)).size; })",
    );
    let colors = colors.as_array().unwrap();
    assert_eq!(colors.len(), 3, "equity, candles, heat-map");
    assert!(colors.iter().all(|n| n.as_u64().unwrap() > 20), "a canvas is blank: {colors:?}");
    assert_eq!(browser.complaints(), [""; 0]);
    browser.eval("console.error('heard'); fetch('http://127.0.0.1:9/').catch(() => 0)");
    let heard = browser.complaints().join(" ");
    assert!(heard.contains("heard"), "the test would not hear a complaint");
    assert!(heard.contains("Content Security Policy"), "the page may reach the network: {heard}");
}

#[test]
fn wheel_and_pointer_change_the_visible_range() {
    let Some(mut browser) = Browser::open(&whole()) else { return };
    let all = range(&mut browser);
    assert_eq!(all, (-0.5, N_BARS as f64 - 0.5));
    let [left, top, wide, high] = browser.place("#candles");
    let (x, y) = (left + wide / 2.0, top + high / 2.0);
    browser.mouse("mouseWheel", x, y, &json!({ "deltaX": 0, "deltaY": -300 }));
    assert_eq!(range(&mut browser), all, "without focus the wheel is the page's");
    let [left, top, wide, high] = browser.focus("#candles");
    let (x, y) = (left + wide / 2.0, top + high / 2.0);
    browser.mouse("mouseWheel", x, y, &json!({ "deltaX": 0, "deltaY": -900 }));
    let zoomed = range(&mut browser);
    assert!(width(zoomed) < 0.5 * width(all), "{zoomed:?}");
    browser.drag((x, y), (x - 100.0, y), 0);
    let panned = range(&mut browser);
    assert!(panned.0 > zoomed.0 && (width(panned) - width(zoomed)).abs() < 1e-6, "{zoomed:?} to {panned:?}");
    browser.drag((left + 100.0, y), (left + 200.0, y), 8);
    let selected = range(&mut browser);
    let expected = width(panned) * 100.0 / (wide - 66.0);
    assert!((width(selected) - expected).abs() < 1.0, "{selected:?} is not {expected} wide");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn keys_pan_zoom_jump_and_reset() {
    let Some(mut browser) = Browser::open(&whole()) else { return };
    browser.focus("#equity");
    let all = range(&mut browser);
    for _ in 0..8 {
        browser.key("+");
    }
    let zoomed = range(&mut browser);
    assert!((width(zoomed) / width(all) - 0.8_f64 * 0.8 * 0.8 * 0.8 * 0.8 * 0.8 * 0.8 * 0.8).abs() < 1e-9);
    browser.key("ArrowRight");
    let right = range(&mut browser);
    assert!((right.0 - zoomed.0 - 0.1 * width(zoomed)).abs() < 1e-6);
    browser.key("Home");
    assert!((range(&mut browser).0 - all.0).abs() < 1e-9);
    browser.key("End");
    assert!((range(&mut browser).1 - all.1).abs() < 1e-9);
    browser.key("-");
    assert!(width(range(&mut browser)) > width(zoomed));
    browser.key("Escape");
    assert_eq!(range(&mut browser), all);
    browser.key("?");
    assert_eq!(browser.eval("document.getElementById('help').open"), true);
    browser.key("Escape");
    assert_eq!(browser.eval("document.getElementById('help').open"), false);
}

#[test]
fn trades_are_walked_sorted_filtered_and_paged() {
    let report = whole();
    let Some(mut browser) = Browser::open(&report) else { return };
    let trades = &report.strategies[0].trades;
    browser.focus("#candles");
    browser.key("n");
    browser.key("n");
    assert_eq!(browser.number("TradeReport.view.state.trade"), 1.0);
    let status = browser.text("document.getElementById('status').textContent");
    assert!(status.starts_with(&format!("Trade 2 of {}", trades.len())), "{status}");
    assert_eq!(browser.text("document.querySelector('tr[aria-selected=true]').cells[0].textContent"), "2");
    browser.key("p");
    assert_eq!(browser.number("TradeReport.view.state.trade"), 0.0);

    let sort = "[...document.querySelectorAll('#trade-table th button')].find((b) => b.textContent.startsWith('Profit')).click()";
    let first = "TradeReport.report.strategies[0].trades.profit[TradeReport.table.state.rows[0]]";
    browser.eval(sort);
    let least = trades.iter().map(|trade| trade.profit).fold(f64::INFINITY, f64::min);
    assert_eq!(browser.number(first), least);
    browser.eval(sort);
    let most = trades.iter().map(|trade| trade.profit).fold(f64::NEG_INFINITY, f64::max);
    assert_eq!(browser.number(first), most);
    assert_eq!(browser.text("document.querySelector('th[aria-sort]').getAttribute('aria-sort')"), "descending");

    browser.eval(
        "(() => { const s = document.getElementById('trade-outcome'); s.value = 'win'; s.dispatchEvent(new Event('input')); })()",
    );
    let wins = trades.iter().filter(|trade| trade.profit > 0.0).count();
    assert_eq!(browser.number("TradeReport.table.state.rows.length"), wins as f64);
    browser.eval("document.getElementById('page-next').click()");
    assert_eq!(browser.number("TradeReport.table.state.page"), f64::from(u8::from(wins > 25)));
}

#[test]
fn the_cell_of_the_heat_map_moves_by_keys() {
    let Some(mut browser) = Browser::open(&whole()) else { return };
    browser.focus("canvas.heat");
    let readout = "document.querySelector('canvas.heat').nextElementSibling.textContent";
    assert!(browser.text(readout).starts_with("fast 20, slow 80: "), "starts at the chosen cell");
    assert!(browser.text(readout).ends_with("(chosen)"));
    browser.key("ArrowRight");
    browser.key("ArrowUp");
    assert!(browser.text(readout).starts_with("fast 24, slow 100: "));
    browser.key("Home");
    assert!(browser.text(readout).starts_with("fast 4, slow 100: "));
    for _ in 0..6 {
        browser.key("ArrowDown");
    }
    browser.key("End");
    assert_eq!(browser.text(readout), "fast 56, slow 20: no result");
}

#[test]
fn the_strategy_selector_changes_charts_table_and_figures() {
    let report = whole();
    let Some(mut browser) = Browser::open(&report) else { return };
    browser.eval("(() => { const s = document.getElementById('strategy'); s.value = '2'; s.dispatchEvent(new Event('change')); })()");
    browser.settle();
    assert_eq!(browser.number("TradeReport.table.state.rows.length"), report.strategies[2].trades.len() as f64);
    let shown = "[...document.querySelectorAll('.strategy')].filter((s) => !s.hidden).map((s) => s.dataset.strategy)";
    assert_eq!(browser.eval(shown), json!(["2"]));
}

#[test]
fn texts_of_the_report_are_inert() {
    const EVIL: &str = "</script><img src=x onerror='document.title=`owned`'>\"'<b>&amp;{{ 7*7 }}";
    let mut report = whole();
    EVIL.clone_into(&mut report.header.title);
    EVIL.clone_into(&mut report.header.run_id);
    EVIL.clone_into(&mut report.header.currency);
    EVIL.clone_into(&mut report.periods[0].label);
    EVIL.clone_into(&mut report.heat_maps[0].x.name);
    report.warnings[0].text = EVIL.to_owned();
    for strategy in &mut report.strategies {
        EVIL.clone_into(&mut strategy.name);
        EVIL.clone_into(&mut strategy.metrics[0].definition);
        EVIL.clone_into(&mut strategy.trades[0].reason);
    }
    let Some(mut browser) = Browser::open(&report) else { return };
    browser.focus("#candles");
    browser.key("n");
    assert_eq!(browser.text("document.querySelector('h1').textContent"), EVIL);
    assert_eq!(browser.text("document.title"), EVIL);
    assert_eq!(browser.number("document.querySelectorAll('img, h1 *, td b > *').length"), 0.0);
    assert_eq!(browser.text("document.querySelector('abbr').dataset.definition"), EVIL);
    assert!(browser.text("document.querySelector('tr[aria-selected=true]').textContent").contains(EVIL));
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn the_script_reads_what_was_written_and_derives_the_same() {
    let report = whole();
    let Some(mut browser) = Browser::open(&report) else { return };
    let bars = report.candles.as_ref().unwrap();
    let opens: Vec<f64> = bars.open_time_ms.iter().map(|&time| time as f64).collect();
    for (name, expected) in [("open_time", &opens), ("low", &bars.low), ("volume", &bars.volume)] {
        assert!(&browser.numbers(&format!("[...TradeReport.report.candles.{name}]")) == expected, "{name} differs");
    }
    let equity = report.strategies[1].equity.as_ref().unwrap();
    let falls = browser.numbers("(({ equity, initial }) => [...TradeReport.derive.drawdowns(equity, initial)])(TradeReport.report.strategies[1].equity)");
    let expected: Vec<f64> = equity.drawdowns().into_iter().map(Option::unwrap).collect();
    assert!(falls == expected, "drawdowns differ");
    assert_eq!(browser.text("TradeReport.download.tradesCsv(TradeReport.report)"), trades_csv(&report).unwrap());
}

#[test]
fn decimation_keeps_every_extreme() {
    let report = whole();
    let Some(mut browser) = Browser::open(&report) else { return };
    let bars = report.candles.as_ref().unwrap();
    let groups = browser.eval("TradeReport.decimate.candles(TradeReport.report.candles, 10, 2000, 7)");
    let groups = groups.as_array().unwrap();
    assert_eq!(groups[0]["from"], 7, "groups start at multiples of their size");
    for group in groups {
        let end = |key: &str| usize::try_from(group[key].as_u64().unwrap()).unwrap();
        let range = end("from")..end("to");
        let high = bars.high[range.clone()].iter().copied().fold(f64::MIN, f64::max);
        let low = bars.low[range.clone()].iter().copied().fold(f64::MAX, f64::min);
        assert_eq!(
            [&group["open"], &group["high"], &group["low"], &group["close"]].map(|price| price.as_f64().unwrap()),
            [bars.open[range.start], high, low, bars.close[range.end - 1]]
        );
    }
    let line = "(() => { const v = TradeReport.report.candles.close; const p = v.map((_, i) => i);
        const points = TradeReport.decimate.line(p, v, 0, v.length, 100);
        const y = points.map(([, value]) => value);
        return [points.length, Math.min(...y) === Math.min(...v), Math.max(...y) === Math.max(...v),
            points.every(([x], i) => i === 0 || x > points[i - 1][0])]; })()";
    let line = browser.eval(line);
    assert!(line[0].as_u64().unwrap() <= 400, "{line}");
    assert_eq!([&line[1], &line[2], &line[3]], [true, true, true]);
}

#[test]
fn the_crosshair_moves_and_leaves_the_plot_as_it_was() {
    let Some(mut browser) = Browser::open(&whole()) else { return };
    let [left, top, wide, high] = browser.place("#candles");
    let picture = "document.getElementById('candles').toDataURL()";
    let before = browser.text(picture);
    let values = browser.text("document.getElementById('equity-values').textContent");
    browser.mouse("mouseMoved", left + wide / 3.0, top + high / 2.0, &json!({}));
    assert_ne!(browser.text(picture), before, "no crosshair");
    assert_ne!(browser.text("document.getElementById('equity-values').textContent"), values, "charts are not linked");
    browser.mouse("mouseMoved", left + wide / 3.0, top + high + 300.0, &json!({}));
    assert!(browser.text(picture) == before, "the crosshair left traces");
}

#[test]
fn nothing_is_wider_than_a_narrow_screen() {
    let Some(mut browser) = Browser::open(&whole()) else { return };
    for width in [360, 768, 3840] {
        browser.resize(width, 900);
        browser.settle();
        let wide = browser.number("document.scrollingElement.scrollWidth");
        assert!(wide <= f64::from(width), "{wide} pixels on a screen of {width}");
    }
}

#[test]
fn headline_tables_and_trades_are_seen_without_a_script() {
    let Some(mut browser) = Browser::open_without_script(&whole()) else { return };
    let seen = browser.text("document.body.innerText");
    for text in
        ["Verdict: no edge found", "Win rate", "Return by month", "trades", "averages crossed", "need JavaScript"]
    {
        assert!(seen.contains(text), "{text} is not seen");
    }
    for text in ["Show all", "Trades as CSV"] {
        assert!(!seen.contains(text), "{text} is offered and would do nothing");
    }
}

#[test]
fn what_is_absent_does_no_harm() {
    let empty = || Report::new(Header::new("Little", 0, 0, "USD"));
    let bars_only = Report { candles: Some(sample::candles(3, 1)), ..empty() };
    let point = Equity::new(vec![5], vec![-1.0]);
    let strategies = vec![Strategy { equity: Some(point), ..Strategy::new("a point") }, Strategy::new("a name")];
    let equity_only = Report { strategies, ..empty() };
    let mut no_bars = Report { candles: None, ..whole() };
    no_bars.heat_maps[0].values.fill(None);
    for report in [empty(), bars_only, equity_only, no_bars] {
        let Some(mut browser) = Browser::open(&report) else { return };
        if browser.eval("document.querySelector('canvas.chart') !== null") == true {
            browser.focus("canvas.chart");
            for key in ["+", "ArrowLeft", "n", "p", "End", "Escape"] {
                browser.key(key);
            }
        }
        assert_eq!(browser.complaints(), [""; 0]);
    }
}
