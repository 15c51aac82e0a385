use param_search::{
    Direction, Error, Outcome, Percentile, PercentileOptions, Point, Pruner, Report, SuccessiveHalving,
    SuccessiveHalvingOptions, Trial, Wilcoxon, WilcoxonOptions, wilcoxon_greater,
};

use crate::golden::{assert_close, lines};

#[test]
fn p_values_are_those_of_scipy() {
    let cases = lines("wilcoxon.jsonl");
    assert!(cases.len() > 60, "{}", cases.len());
    for case in cases {
        let differences: Vec<f64> =
            case["differences"].as_array().unwrap().iter().map(|d| d.as_f64().unwrap()).collect();
        let ours = wilcoxon_greater(&differences).unwrap();
        assert_close(ours, case["p"].as_f64().unwrap(), 1e-12, &format!("{differences:?}"));
    }
}

#[test]
fn no_differences_and_none_that_is_finite_have_no_p_value() {
    assert_eq!(wilcoxon_greater(&[]), None);
    assert_eq!(wilcoxon_greater(&[1.0, f64::NAN]), None);
    assert_eq!(wilcoxon_greater(&[0.0, 0.0, 0.0]), Some(1.0));
}

fn pruner_of(name: &str) -> Box<dyn Pruner> {
    let percentile = |options| Box::new(Percentile::new(options).unwrap());
    match name {
        "median" => percentile(PercentileOptions::default()),
        "percentile 25" => {
            percentile(PercentileOptions { percentile: 25.0, n_startup_trials: 3, n_warmup_steps: 2, n_min_trials: 1 })
        }
        "halving" => {
            let options = SuccessiveHalvingOptions { min_resource: 1, reduction_factor: 3 };
            Box::new(SuccessiveHalving::new(options).unwrap())
        }
        "wilcoxon" => Box::new(Wilcoxon::new(WilcoxonOptions::default()).unwrap()),
        other => panic!("no pruner {other}"),
    }
}

#[test]
fn decisions_are_those_of_optuna() {
    let mut n_pruned = 0;
    for case in lines("pruners.jsonl") {
        let mut pruner = pruner_of(case["pruner"].as_str().unwrap());
        let direction = match case["direction"].as_str().unwrap() {
            "minimize" => Direction::Minimize,
            _ => Direction::Maximize,
        };
        let mut ended = Vec::new();
        for (id, trial) in (0..).zip(case["trials"].as_array().unwrap()) {
            let values: Vec<f64> = trial["values"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
            let pruned = trial["pruned"].as_bool().unwrap();
            let mut reports = Vec::new();
            for (step, &value) in (1..).zip(&values) {
                reports.push(Report { step, value });
                let expected = pruned && reports.len() == values.len();
                let ours = pruner.is_hopeless(id, &reports, &ended, direction);
                assert_eq!(ours, expected, "{} {direction:?} trial {id} step {step}", case["pruner"]);
            }
            n_pruned += u32::from(pruned);
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let outcome = if pruned { Outcome::Pruned } else { Outcome::value(mean) };
            ended.push(Trial { id, point: Point::new(vec![]), reports, outcome });
        }
    }
    assert!(n_pruned > 100, "{n_pruned}");
}

#[test]
fn rejects_settings_outside_of_their_range() {
    let percentile = PercentileOptions { percentile: 101.0, ..PercentileOptions::default() };
    assert!(matches!(Percentile::new(percentile), Err(Error::BadSetting { setting: "percentile", .. })));
    let halving = |min_resource, reduction_factor| {
        SuccessiveHalving::new(SuccessiveHalvingOptions { min_resource, reduction_factor })
    };
    assert!(matches!(halving(0, 4), Err(Error::BadSetting { setting: "min_resource", .. })));
    assert!(matches!(halving(1, 1), Err(Error::BadSetting { setting: "reduction_factor", .. })));
    let wilcoxon = Wilcoxon::new(WilcoxonOptions { p_threshold: f64::NAN, n_startup_steps: 2 });
    assert!(matches!(wilcoxon, Err(Error::BadSetting { setting: "p_threshold", .. })));
}
