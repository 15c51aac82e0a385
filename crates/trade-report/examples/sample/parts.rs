//! Parts of the sample whose figures are made up.

use trade_report::{
    Axis, Commentary, DataQuality, Fact, Fold, FoldCell, FoldFigure, HeatMap, Metric, Overfitting, Parameter,
    QualityRow, Report, Search, Severity, StageTime, TimeRange, Timing, Tone, Tried, Unit, Verdict, WalkForward,
    Warning,
};

use super::Random;

pub(super) fn heat_map() -> HeatMap {
    let (x, y): (Vec<f64>, Vec<f64>) =
        ((1..=14).map(|i| f64::from(4 * i)).collect(), (1..=10).map(|i| f64::from(20 * i)).collect());
    let mut random = Random(3);
    let cell = |slow: &f64, fast: &f64, noise: f64| {
        (fast < slow).then(|| 0.9 - (fast - 20.0).abs() / 30.0 - (slow - 90.0).abs() / 120.0 + 0.2 * noise)
    };
    let pairs = y.iter().flat_map(|slow| x.iter().map(move |fast| (slow, fast)));
    let values = pairs.map(|(slow, fast)| cell(slow, fast, random.around_zero())).collect();
    let axis = |name: &str, values| Axis { name: name.to_owned(), values };
    HeatMap {
        title: "Fast and slow average".to_owned(),
        metric: "Sharpe ratio p.a., in-sample".to_owned(),
        unit: Unit::Ratio,
        x: axis("fast", x),
        y: axis("slow", y),
        values,
        chosen: Some((4, 3)),
    }
}

pub(super) fn walk_forward(time: &dyn Fn(usize) -> i64) -> WalkForward {
    let fold = |at: usize| Fold {
        train: TimeRange { from_ms: time(at * 5), to_ms: time(at * 5 + 50) },
        test: TimeRange { from_ms: time(at * 5 + 50), to_ms: time(at * 5 + 55) },
        choice: "Moving averages".to_owned(),
        parameters: vec![Parameter { name: "fast".to_owned(), value: (12 + 2 * at).to_string() }],
        cells: vec![
            FoldCell { in_sample: Some(1.6 - 0.1 * at as f64), out_of_sample: Some([0.4, -0.7, 0.2, -0.1, 0.6][at]) },
            FoldCell { in_sample: Some(0.05), out_of_sample: Some([0.004, -0.009, 0.002, -0.001, 0.007][at]) },
        ],
    };
    let figure = |name: &str, unit| FoldFigure { name: name.to_owned(), unit };
    WalkForward {
        summary: "In each fold the best parameter set is chosen in-sample and traded on the bars that follow."
            .to_owned(),
        figures: vec![figure("Sharpe ratio p.a.", Unit::Ratio), figure("Return", Unit::Fraction)],
        folds: (0..5).map(fold).collect(),
    }
}

pub(super) fn opening(report: &mut Report) {
    report.verdict = Some(Verdict {
        tone: Tone::Bad,
        headline: "no edge found".to_owned(),
        reasons: vec!["The deflated Sharpe ratio is 0.310; 0.95 is asked.".to_owned()],
        rule: "a deflated Sharpe ratio of 0.95 and a profit in walk-forward and holdout".to_owned(),
    });
    let fact = |value: &str, caption: &str, tone| Fact { value: value.to_owned(), caption: caption.to_owned(), tone };
    report.facts = vec![
        fact("1,240", "parameter sets tried", Tone::Neutral),
        fact("0.310", "deflated Sharpe ratio; 0.95 is asked", Tone::Bad),
        fact("1.20 USD", "cost of a trade", Tone::Neutral),
    ];
    let warning = |severity, text: &str| Warning { severity, text: text.to_owned() };
    report.warnings = vec![
        warning(Severity::Serious, "No edge was found. What follows is the best of many tries; do not trade it."),
        warning(Severity::Caution, "The data are made by a program."),
        warning(Severity::Note, "A back-test knows no outages and no market impact."),
    ];
    report.recommendations = vec!["Test the idea on another market before any more parameters.".to_owned()];
    let evidence = |name: &str, value: f64, definition: &str, unit| Metric {
        name: name.to_owned(),
        definition: definition.to_owned(),
        unit,
        group: String::new(),
        key: false,
        cells: vec![Some(value.into())],
    };
    report.evidence = vec![
        evidence("Deflated Sharpe", 0.31, "Probability that the best is better than luck's best.", Unit::Probability),
        evidence("Track record needed", 48_210.0, "Bars until the ratio can be trusted at 95 %.", Unit::Bars),
    ];
}

pub(super) fn closing(report: &mut Report) {
    let mut random = Random(5);
    report.overfitting = Some(Overfitting {
        pbo: 0.44,
        logits: (0..252).map(|_| 0.2 + 1.5 * random.around_zero()).collect(),
        note: "252 splits of 10 parts, 1,240 trials.".to_owned(),
    });
    report.search = Some(Search {
        summary: "The best of so many tries is large by luck alone.".to_owned(),
        min_trades: 30,
        metric: "Sharpe p.a.".to_owned(),
        unit: Unit::Ratio,
        rows: vec![Tried {
            name: "Moving averages".to_owned(),
            n_tried: 1_240,
            n_considered: 1_102,
            n_profitable: 318,
            median: Some(-0.41),
            best: Some(1.62),
        }],
    });
    report.commentary = Some(Commentary {
        by: "rules".to_owned(),
        headline: "Hold".to_owned(),
        text: "The price is near the middle of its range.".to_owned(),
        points: vec!["No pattern in the last bars.".to_owned()],
    });
    report.data_quality = Some(DataQuality {
        summary: "All bars are there, none is doubtful.".to_owned(),
        rows: vec![QualityRow {
            name: "weekend".to_owned(),
            count: 12,
            example: "2024-01-06".to_owned(),
            action: "none".to_owned(),
        }],
    });
    report.method = vec!["Signals come from closed bars; orders fill at the next bar's open.".to_owned()];
    let stage = |name: &str, seconds| StageTime { name: name.to_owned(), seconds, note: String::new() };
    report.timing = Some(Timing {
        note: "2 threads.".to_owned(),
        stages: vec![stage("search", 12.4), stage("walk-forward", 75.0), stage("report", 0.3)],
    });
}
