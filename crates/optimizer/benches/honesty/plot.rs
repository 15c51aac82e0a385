use std::fmt::Write as _;

use crate::experiment::Row;
use crate::laboratory::binomial::clopper_pearson;

const WIDTH: f64 = 330.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 56.0;
const TOP: f64 = 56.0;
const GAP: f64 = 44.0;
const MAX_STRENGTH: f64 = 4.0;

/// A line of the plot: what it shows, its colour, its dashes, and its count in a row.
type Line = (&'static str, &'static str, &'static str, fn(&Row) -> usize);

const LINES: [Line; 6] = [
    ("peers: the most profitable is profitable", "#c0392b", "", |row| row.count("peers_profit")),
    ("… and earns on fresh bars", "#c0392b", "5 4", |row| row.true_claims[1]),
    ("peers: t-test of the best Sharpe ratio", "#e08e0b", "", |row| row.count("peers_t_test")),
    ("earlier verdict (every test by itself)", "#7f8c8d", "", |row| row.count("earlier_verdict")),
    ("this crate: edge found, with 95 % interval", "#1f5fa8", "", |row| row.count("verdict")),
    ("… and earns on fresh bars", "#1f5fa8", "5 4", |row| row.true_claims[0]),
];

/// Power curves, a panel for each kind of edge; `without` are the markets without one.
pub(crate) fn svg(without: &Row, panels: &[(&str, Vec<Row>)]) -> String {
    let width = LEFT + panels.len() as f64 * (WIDTH + GAP);
    let height = TOP + HEIGHT + 150.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" \
         font-size=\"13\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n"
    );
    text(
        &mut out,
        [LEFT, 18.0],
        "start",
        "Share of markets in which an edge is claimed, by the strength of the planted edge",
    );
    for (index, (name, rows)) in panels.iter().enumerate() {
        let left = LEFT + index as f64 * (WIDTH + GAP);
        axes(&mut out, left, index == 0, name);
        let points: Vec<&Row> = std::iter::once(without).chain(rows).collect();
        band(&mut out, left, &points);
        for line in &LINES {
            curve(&mut out, left, &points, line);
        }
    }
    legend(&mut out);
    out.push_str("</svg>\n");
    out
}

fn place(left: f64, strength: f64, share: f64) -> [f64; 2] {
    [left + strength / MAX_STRENGTH * WIDTH, TOP + (1.0 - share) * HEIGHT]
}

fn axes(out: &mut String, left: f64, is_first: bool, name: &str) {
    for tenth in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let [x, y] = place(left, 0.0, tenth);
        draw(out, &format!("<line x1=\"{x}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\" stroke=\"#dddddd\"/>", x + WIDTH));
        if is_first {
            text(out, [x - 8.0, y + 4.0], "end", &format!("{:.0} %", 100.0 * tenth));
        }
    }
    let [x, y] = place(left, 0.0, 0.05);
    draw(
        out,
        &format!(
            "<line x1=\"{x}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\" stroke=\"black\" stroke-dasharray=\"2 3\"/>",
            x + WIDTH
        ),
    );
    text(out, [x + WIDTH - 4.0, y - 4.0], "end", "5 %");
    for strength in [0.0, 1.0, 2.0, 3.0, 4.0] {
        let [x, y] = place(left, strength, 0.0);
        let label = if strength == 0.0 { "no edge".to_owned() } else { format!("{strength}") };
        text(out, [x, y + 18.0], "middle", &label);
    }
    let [x, y] = place(left, MAX_STRENGTH / 2.0, 0.0);
    text(out, [x, TOP - 7.0], "middle", name);
    text(out, [x, y + 36.0], "middle", "annual Sharpe ratio of the paid rule, after costs");
}

/// Exact interval of the verdict's share.
fn band(out: &mut String, left: f64, points: &[&Row]) {
    let ends = points.iter().map(|row| (row.strength, clopper_pearson(row.count("verdict"), row.n, 0.95)));
    let ends: Vec<(f64, [f64; 2])> = ends.collect();
    let lower = ends.iter().map(|(strength, [low, _])| place(left, *strength, *low));
    let upper = ends.iter().rev().map(|(strength, [_, high])| place(left, *strength, *high));
    let corners = lower.chain(upper).map(|[x, y]| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
    draw(out, &format!("<polygon points=\"{corners}\" fill=\"#1f5fa8\" fill-opacity=\"0.15\"/>"));
}

fn curve(out: &mut String, left: f64, points: &[&Row], (_, colour, dashes, count): &Line) {
    let share = |row: &&Row| place(left, row.strength, count(row) as f64 / row.n as f64);
    let corners = points.iter().map(share).map(|[x, y]| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
    draw(
        out,
        &format!(
            "<polyline points=\"{corners}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>"
        ),
    );
}

fn legend(out: &mut String) {
    for (index, (name, colour, dashes, _)) in LINES.iter().enumerate() {
        let x = LEFT + (index % 2) as f64 * (WIDTH + GAP);
        let y = TOP + HEIGHT + 68.0 + (index / 2) as f64 * 24.0;
        draw(
            out,
            &format!(
                "<line x1=\"{x}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>",
                x + 34.0
            ),
        );
        text(out, [x + 44.0, y + 4.0], "start", name);
    }
}

fn text(out: &mut String, [x, y]: [f64; 2], anchor: &str, words: &str) {
    draw(out, &format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{words}</text>"));
}

fn draw(out: &mut String, element: &str) {
    writeln!(out, "{element}").expect("a string takes all");
}
