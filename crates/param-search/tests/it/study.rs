use std::io::Write;
use std::sync::{Arc, Mutex};

use param_search::{
    CmaEs, CmaEsOptions, Direction, Domain, Error, Grid, GridOptions, Nsga2, Nsga2Options, Outcome, Parameter, Point,
    Problem, Random, Sampler, Sobol, SobolOptions, Space, Study, StudyOptions, SuccessiveHalving,
    SuccessiveHalvingOptions, Tpe, TpeOptions,
};
use proptest::prelude::*;

use crate::spaces::{cube, everything, number};

/// A file in memory that many hands may append to.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Memory {
    fn of(bytes: &[u8]) -> Self {
        Self(Arc::new(Mutex::new(bytes.to_vec())))
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

fn loss(point: &Point) -> f64 {
    point.values().iter().map(|v| (number(*v) - 1.0) * (number(*v) - 1.0)).sum()
}

fn sampler_of(kind: usize, seed: u64) -> Box<dyn Sampler + Send> {
    let single = Problem::minimize(everything()).unwrap();
    let finite = Space::new([Parameter::new("a", Domain::int(0, 30)), Parameter::new("b", Domain::boolean())]).unwrap();
    match kind {
        0 => Box::new(Random::new(&single, seed)),
        1 => Box::new(Sobol::new(&single, seed, SobolOptions::default()).unwrap()),
        2 => Box::new(Tpe::new(&single, seed, TpeOptions::default()).unwrap()),
        3 => Box::new(CmaEs::new(&single, seed, CmaEsOptions::default()).unwrap()),
        4 => {
            let options = Nsga2Options { population: 8, ..Nsga2Options::default() };
            Box::new(Nsga2::new(&single, seed, options).unwrap())
        }
        _ => {
            let options = GridOptions { float_points: None, shuffle: Some(seed) };
            Box::new(Grid::new(&Problem::minimize(finite).unwrap(), options).unwrap())
        }
    }
}

fn study_of(kind: usize, seed: u64) -> Study<Box<dyn Sampler + Send>> {
    let halving = SuccessiveHalving::new(SuccessiveHalvingOptions::default()).unwrap();
    Study::new(sampler_of(kind, seed), StudyOptions { n_trials: None, skip_repeats: true }).with_pruner(halving)
}

/// Goes on until `n` trials have ended, three being out at a time. What is done next depends on the study alone, as in
/// a program that resumes.
fn go_on(study: &mut Study<Box<dyn Sampler + Send>>, n: usize) {
    while study.trials().len() < n {
        while study.pending().len() < 3 {
            if study.trials().len() == 4 && study.n_queued() == 0 {
                let space = study.problem().space();
                let middle = space.decode(&vec![0.3; space.n_parameters()]);
                study.enqueue(middle).unwrap();
            }
            study.ask().unwrap();
        }
        let trial = study.pending().next().unwrap().clone();
        let mut hopeless = trial.is_hopeless;
        let first = trial.reports.len() as u64 + 1;
        for step in first..=4 {
            if !hopeless {
                hopeless = study.report(trial.id, step, loss(&trial.point) + step as f64).unwrap();
            }
        }
        let outcome = match trial.id {
            _ if hopeless => Outcome::Pruned,
            id if id % 11 == 5 => Outcome::Failed,
            _ => Outcome::value(loss(&trial.point)),
        };
        study.tell(trial.id, outcome).unwrap();
    }
}

#[test]
fn every_sampler_resumes_from_its_whole_journal() {
    for kind in 0..6 {
        let file = Memory::default();
        let mut study = study_of(kind, 3);
        study.open_journal(&b""[..], file.clone()).unwrap();
        go_on(&mut study, 30);
        let before = file.bytes();
        let mut resumed = study_of(kind, 3);
        resumed.open_journal(&before[..], file.clone()).unwrap();
        assert_eq!(file.bytes(), before, "a whole journal is left as it is");
        assert_eq!(resumed.trials(), study.trials());
        assert_eq!(resumed.ask().unwrap(), study.ask().unwrap(), "sampler {kind}");
    }
}

#[test]
fn a_torn_line_is_skipped_and_the_journal_stays_readable() {
    let file = Memory::default();
    let mut study = study_of(2, 1);
    study.open_journal(&b""[..], file.clone()).unwrap();
    go_on(&mut study, 12);
    let whole = file.bytes();
    for cut in [1, 30, whole.len() / 2, whole.len() - 1] {
        let file = Memory::of(&whole[..cut]);
        for n in [15, 18] {
            let mut resumed = study_of(2, 1);
            resumed.open_journal(&file.bytes()[..], file.clone()).unwrap();
            go_on(&mut resumed, n);
        }
        let mut last = study_of(2, 1);
        last.open_journal(&file.bytes()[..], std::io::sink()).unwrap();
        assert!(last.trials().len() >= 18, "cut at {cut}");
    }
}

#[test]
fn a_bad_line_inside_is_an_error_with_its_number() {
    let file = Memory::default();
    let mut study = study_of(0, 1);
    study.open_journal(&b""[..], file.clone()).unwrap();
    go_on(&mut study, 3);
    let text = String::from_utf8(file.bytes()).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[2] = "{\"ask\":{\"trial\":1,\"poi";
    let error = study_of(0, 1).open_journal(lines.join("\n").as_bytes(), std::io::sink()).unwrap_err();
    assert!(matches!(error, Error::BadLine { line: 3, .. }), "{error}");
}

#[test]
fn a_journal_of_something_else_is_refused() {
    let file = Memory::default();
    let mut study = study_of(0, 1);
    study.open_journal(&b""[..], file.clone()).unwrap();
    go_on(&mut study, 3);
    let open = |mut study: Study<_>| study.open_journal(&file.bytes()[..], std::io::sink()).unwrap_err();
    assert!(matches!(open(study_of(0, 2)), Error::OtherStudy { what: "sampler" }), "another seed");
    assert!(matches!(open(study_of(5, 1)), Error::OtherStudy { what: "space" }));
    let unpruned = Study::new(sampler_of(0, 1), StudyOptions { n_trials: None, skip_repeats: true });
    assert!(matches!(open(unpruned), Error::OtherStudy { what: "pruner" }));
    let text = String::from_utf8(file.bytes()).unwrap().replacen("\"fast\":", "\"fast\":1", 1);
    let moved = study_of(0, 1).open_journal(text.as_bytes(), std::io::sink());
    assert!(matches!(moved, Err(Error::Diverged { trial: 0 })));
    let newer = text.replacen("\"format\":1", "\"format\":2", 1);
    let error = study_of(0, 1).open_journal(newer.as_bytes(), std::io::sink()).unwrap_err();
    assert!(matches!(error, Error::OtherStudy { what: "format" }));
}

#[test]
fn results_that_are_none_leave_the_trial_pending() {
    let mut study = Study::new(Random::new(&Problem::minimize(cube(1)).unwrap(), 1), StudyOptions::default());
    let id = study.ask().unwrap().id;
    assert!(matches!(study.tell(id, Outcome::value(f64::NAN)), Err(Error::NotFinite { trial: 0, .. })));
    assert!(matches!(study.report(id, 1, f64::INFINITY), Err(Error::NotFinite { trial: 0, .. })));
    assert!(!study.report(id, 1, 0.5).unwrap());
    assert!(matches!(study.report(id, 1, 0.4), Err(Error::BadReport { trial: 0, step: 1 })));
    assert_eq!(study.pending().count(), 1);
    study.tell(id, Outcome::value(0.5)).unwrap();
    assert!(matches!(study.tell(id, Outcome::value(0.5)), Err(Error::NotPending { trial: 0 })));
    assert!(matches!(study.report(7, 1, 0.5), Err(Error::NotPending { trial: 7 })));
}

#[test]
fn the_budget_ends_a_study_and_recorded_trials_do_not_count() {
    let problem = Problem::maximize(cube(1)).unwrap();
    let options = StudyOptions { n_trials: Some(5), skip_repeats: false };
    let mut study = Study::new(Random::new(&problem, 1), options);
    study.record(problem.space().decode(&[0.9]), vec![], Outcome::value(100.0)).unwrap();
    let batch = study.ask_batch(9).unwrap();
    assert_eq!(batch.len(), 5);
    assert!(matches!(study.ask(), Err(Error::Budget { n_trials: 5 })));
    study.tell_batch(batch.into_iter().map(|s| (s.id, Outcome::value(1.0))).collect()).unwrap();
    assert_eq!(study.best().unwrap().id, 0);
}

#[test]
fn a_resumed_study_may_have_another_budget() {
    let with_budget = |n_trials| {
        let problem = Problem::minimize(cube(2)).unwrap();
        Study::new(Random::new(&problem, 1), StudyOptions { n_trials: Some(n_trials), skip_repeats: false })
    };
    let file = Memory::default();
    let mut study = with_budget(3);
    study.open_journal(&b""[..], file.clone()).unwrap();
    for suggestion in study.ask_batch(9).unwrap() {
        study.tell(suggestion.id, Outcome::Failed).unwrap();
    }
    for (budget, left) in [(5, 2), (2, 0)] {
        let mut resumed = with_budget(budget);
        resumed.open_journal(&file.bytes()[..], std::io::sink()).unwrap();
        assert_eq!(resumed.trials().len(), 3);
        assert_eq!(resumed.ask_batch(9).map_or(0, |batch| batch.len()), left);
    }
}

#[test]
fn repeats_are_answered_from_memory_until_everything_is_known() {
    let space = Space::new([Parameter::new("n", Domain::int(0, 5))]).unwrap();
    let tpe = Tpe::new(&Problem::minimize(space).unwrap(), 1, TpeOptions::default()).unwrap();
    let mut study = Study::new(tpe, StudyOptions { n_trials: None, skip_repeats: true });
    for _ in 0..6 {
        let suggestion = study.ask().unwrap();
        study.tell(suggestion.id, Outcome::value(loss(&suggestion.point))).unwrap();
    }
    let mut seen: Vec<_> = study.trials().iter().map(|trial| format!("{:?}", trial.point)).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 6);
    assert!(matches!(study.ask(), Err(Error::Exhausted)));
}

#[test]
fn the_pareto_front_is_of_feasible_trials() {
    let problem = Problem::new(cube(1), [Direction::Minimize, Direction::Maximize]).unwrap();
    let mut study = Study::new(Random::new(&problem, 1), StudyOptions::default());
    let mut tell = |values: [f64; 2], violation: f64| {
        let id = study.ask().unwrap().id;
        study.tell(id, Outcome::Complete { values: values.to_vec(), violations: vec![violation] }).unwrap();
    };
    tell([1.0, 1.0], 0.0);
    tell([0.0, 0.5], -1.0);
    tell([2.0, 0.9], 0.0);
    tell([-5.0, 9.0], 0.1);
    let front: Vec<u64> = study.pareto_front().iter().map(|trial| trial.id).collect();
    assert_eq!(front, [0, 1]);
    assert!(study.best().is_none(), "one best does not exist among several objectives");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn interrupted_anywhere_and_resumed_is_uninterrupted(kind in 0..6_usize, seed in 0..50_u64, cut in 0.0..1.0_f64) {
        let file = Memory::default();
        let mut study = study_of(kind, seed);
        study.open_journal(&b""[..], file.clone()).unwrap();
        go_on(&mut study, 24);
        let whole = file.bytes();
        // Between two lines, anywhere from before the header to the end.
        let ends: Vec<usize> = (0..whole.len()).filter(|i| whole[*i] == b'\n').map(|i| i + 1).collect();
        let at = ends.iter().zip(0_u32..).filter(|(_, i)| f64::from(*i) <= cut * ends.len() as f64).count() - 1;
        let partial = Memory::of(&whole[..ends[at]]);
        let mut resumed = study_of(kind, seed);
        resumed.open_journal(&partial.bytes()[..], partial.clone()).unwrap();
        go_on(&mut resumed, 24);
        prop_assert_eq!(partial.bytes(), whole);
        prop_assert_eq!(resumed.trials(), study.trials());
        prop_assert_eq!(resumed.ask().unwrap(), study.ask().unwrap());
    }

    #[test]
    fn the_order_in_which_workers_finish_changes_nothing(kind in 0..5_usize, seed in 0..50_u64, turn in 0..8_usize) {
        let run = |turn: usize| {
            let mut study = Study::new(sampler_of(kind, seed), StudyOptions::default());
            for _ in 0..6 {
                let mut batch = study.ask_batch(8).unwrap();
                batch.rotate_left(turn);
                study.tell_batch(batch.into_iter().map(|s| (s.id, Outcome::value(loss(&s.point)))).collect()).unwrap();
            }
            study.trials().to_vec()
        };
        prop_assert_eq!(run(0), run(turn));
    }
}
