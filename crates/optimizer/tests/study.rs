//! Studies of strategies: equal on any number of threads, resumed as if they had never stopped, fit for what follows.
#![expect(clippy::unwrap_used, reason = "a broken set-up is a failed test")]

#[expect(dead_code, reason = "support of all test files")]
mod support;

use std::collections::BTreeSet;
use std::io::Write;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use backtest::{Market, Plan};
use optimizer::{
    Candidate, Control, Criterion, Error, Fate, FinalistRule, Findings, Goal, Job, Objective, RankConfig, Selection,
    StrategySpace, StudyJob, StudyOutcome, StudyRun, StudySettings, WalkForward, candidates, evidence, finalists, rank,
    search, study_folds, trade_folds,
};
use param_search::{
    CmaEs, CmaEsOptions, Grid, GridOptions, Nsga2, Nsga2Options, Percentile, PercentileOptions, Random, Sampler, Study,
    StudyOptions, SuccessiveHalving, SuccessiveHalvingOptions, Tpe, TpeOptions,
};
use proptest::prelude::*;
use strategy::{Params, Strategy};
use support::{NOISE, account, average_cross, bars, plans, quiet, rsi_reversal};
use trade_stats::Bootstrap;

const SELECTION: Selection = Selection { objective: Objective::Sharpe, min_trades: 5 };
const WINDOW: Range<usize> = 50..550;

fn single(batch: usize, parts: usize) -> StudySettings {
    StudySettings { goal: Goal::Single(SELECTION), batch, parts }
}

fn options(n_trials: u64) -> StudyOptions {
    StudyOptions { n_trials: Some(n_trials), skip_repeats: true }
}

/// Gives `test` a job of some strategies over 600 bars of noise.
fn with_job<T>(strategies: &[Strategy], test: impl FnOnce(StudyJob<'_, '_>) -> T) -> T {
    let bars = bars(600, 3, &NOISE);
    let (market, account, plans) = (Market::new(bars.view()), account(), plans(strategies));
    let space = StrategySpace::of(&plans).unwrap();
    test(StudyJob { plans: &plans, space: &space, market: &market, account: &account })
}

fn both() -> [Strategy; 2] {
    [average_cross(), rsi_reversal()]
}

fn tpe(job: &StudyJob<'_, '_>, goal: &Goal) -> Tpe {
    Tpe::new(&goal.problem(job.space).unwrap(), 7, TpeOptions::default()).unwrap()
}

fn median() -> Percentile {
    Percentile::new(PercentileOptions::default()).unwrap()
}

fn finished<S: Sampler>(job: StudyJob<'_, '_>, study: &mut Study<S>, settings: StudySettings) -> StudyOutcome {
    let mut run = StudyRun::new(job, WINDOW, study, settings).unwrap();
    while run.step(&quiet()).unwrap() > 0 {}
    run.outcome(&quiet()).unwrap()
}

/// A study with TPE over both strategies, pruned by the median rule in four parts.
fn pruned_study(job: StudyJob<'_, '_>) -> StudyOutcome {
    let settings = single(6, 4);
    let mut study = Study::new(tpe(&job, &settings.goal), options(45)).with_pruner(median());
    finished(job, &mut study, settings)
}

#[test]
fn outcomes_are_equal_bytes_on_one_two_and_eight_threads() {
    let on = |n_threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
        let tpe = pool.install(|| with_job(&both(), pruned_study));
        let front = pool.install(|| with_job(&both(), finished_front));
        serde_json::to_string(&(tpe, front)).unwrap()
    };
    let one = on(1);
    for n_threads in [2, 8] {
        assert!(one == on(n_threads), "{n_threads} threads differ from one");
    }
}

fn finished_front(job: StudyJob<'_, '_>) -> StudyOutcome {
    let criteria = vec![Criterion::NetReturn, Criterion::MaxDrawdown];
    let settings = StudySettings { goal: Goal::Several { criteria, min_trades: 2 }, batch: 8, parts: 0 };
    let sampler = Nsga2::new(&settings.goal.problem(job.space).unwrap(), 5, Nsga2Options::default()).unwrap();
    finished(job, &mut Study::new(sampler, options(40)), settings)
}

#[test]
fn trials_are_those_of_a_search_and_the_best_is_the_best_of_them() {
    with_job(&both(), |job| {
        let settings = single(5, 0);
        let outcome = finished(job, &mut Study::new(tpe(&job, &settings.goal), options(33)), settings);
        assert_eq!((outcome.n_tried(), outcome.trials.len()), (33, 33));
        let job = Job { plans: job.plans, candidates: &outcome.candidates, market: job.market, account: job.account };
        assert_eq!(search(&job, WINDOW, &quiet()).unwrap(), outcome.trials);
        assert_eq!(outcome.best, [SELECTION.best(&outcome.trials).unwrap().candidate]);
        for (trial, fate) in outcome.trials.iter().zip(&outcome.fates) {
            let counts = SELECTION.value(&trial.metrics).is_some();
            assert_eq!(*fate, if counts { Fate::Counted } else { Fate::NotCounted });
        }
    });
}

#[test]
fn a_shuffled_grid_tries_the_points_of_the_optimizers_grid_once_each() {
    with_job(&both(), |job| {
        let options = GridOptions { shuffle: Some(3), ..GridOptions::default() };
        let settings = single(64, 0);
        let grid = Grid::new(&settings.goal.problem(job.space).unwrap(), options).unwrap();
        let outcome = finished(job, &mut Study::new(grid, StudyOptions::default()), settings);
        let key = |candidate: &Candidate| {
            (candidate.strategy, candidate.params.values().iter().map(|value| value.to_bits()).collect::<Vec<_>>())
        };
        let expected = candidates(job.plans, &optimizer::Sampler::Grid { max_points: 1_000 }).unwrap();
        let (tried, all): (BTreeSet<_>, BTreeSet<_>) =
            (outcome.candidates.iter().map(key).collect(), expected.iter().map(key).collect());
        assert_eq!((outcome.n_tried(), tried), (expected.len(), all));
    });
}

#[test]
fn every_sampler_searches_one_strategy() {
    with_job(&[average_cross()], |job| {
        let settings = single(4, 0);
        let problem = settings.goal.problem(job.space).unwrap();
        let samplers: [Box<dyn Sampler>; 3] = [
            Box::new(Random::new(&problem, 1)),
            Box::new(CmaEs::new(&problem, 1, CmaEsOptions::default()).unwrap()),
            Box::new(tpe(&job, &settings.goal)),
        ];
        for sampler in samplers {
            let outcome = finished(job, &mut Study::new(sampler, options(12)), settings.clone());
            assert_eq!(outcome.n_tried(), 12);
            assert!(outcome.candidates.iter().all(|tried| tried.params.values()[0] < tried.params.values()[1]));
        }
    });
}

#[test]
fn pruned_tries_count_for_luck_and_their_successors_can_be_ranked() {
    with_job(&both(), |job| {
        let outcome = pruned_study(job);
        let n_pruned = outcome.fates.iter().filter(|fate| **fate == Fate::Pruned).count();
        assert!(n_pruned > 5, "{:?}", outcome.fates);
        assert_eq!((outcome.n_tried(), outcome.trials.len()), (45, 45 - n_pruned));
        assert!(outcome.trials.iter().all(|trial| outcome.fates[trial.candidate] != Fate::Pruned));
        let job = Job { plans: job.plans, candidates: &outcome.candidates, market: job.market, account: job.account };
        let folds = WalkForward { n_folds: 2, train_fraction: 0.6, embargo_bars: 5, anchored: false };
        let folds = folds.folds(WINDOW).unwrap();
        let rule = FinalistRule { selection: SELECTION, per_strategy: 5 };
        let finalists = finalists(&job, WINDOW, &outcome.trials, &folds, &rule, &quiet()).unwrap();
        assert!(finalists.iter().all(|finalist| finalist.stability.is_some() || finalist.metrics.net_profit <= 0.0));
        let ranking = rank(&finalists, &RankConfig { min_trades: 1, ..RankConfig::default() }).unwrap();
        assert!(!ranking.top.is_empty());
        let walk_forward = optimizer::walk_forward(&job, &folds, &SELECTION, &quiet()).unwrap();
        let findings = Findings {
            trials: &outcome.trials,
            min_trades: 5,
            finalists: &finalists,
            walk_forward: &walk_forward,
            market_test: None,
            field: None,
            cross_validation: None,
            holdout: None,
        };
        let bootstrap = Bootstrap { mean_block: 10.0, n_resamples: 20, seed: 1 };
        let without = evidence(&findings, &bootstrap);
        let with = without.of_all_tries(&findings, outcome.n_tried());
        assert_eq!(without.of_all_tries(&findings, without.n_trials), without);
        assert_eq!(with.n_trials, 45);
        assert!(with.luck_sharpe > without.luck_sharpe && with.deflated_sharpe < without.deflated_sharpe);
    });
}

#[test]
fn proposals_come_first_and_are_moved_to_the_grid() {
    with_job(&both(), |job| {
        let settings = single(4, 0);
        let mut study = Study::new(tpe(&job, &settings.goal), options(6));
        let mut run = StudyRun::new(job, WINDOW, &mut study, settings).unwrap();
        let proposal = |strategy, values: [f64; 2]| Candidate { strategy, params: Params::new(values.to_vec()) };
        run.propose(&proposal(1, [6.0, 21.3])).unwrap();
        run.propose(&proposal(0, [2.0, 30.0])).unwrap();
        for wrong in
            [proposal(0, [3.0, 30.0]), proposal(0, [8.0, 5.0]), proposal(1, [6.0, 99.0]), proposal(2, [6.0, 9.0])]
        {
            assert!(
                matches!(run.propose(&wrong), Err(Error::Study { .. } | Error::UnknownStrategy { .. })),
                "{wrong:?}"
            );
        }
        while run.step(&quiet()).unwrap() > 0 {}
        let outcome = run.outcome(&quiet()).unwrap();
        assert_eq!(outcome.candidates[..2], [proposal(1, [6.0, 20.0]), proposal(0, [2.0, 30.0])]);
        assert_eq!(outcome.n_tried(), 6);
    });
}

/// What a study writes, for a test to cut.
#[derive(Clone, Default)]
struct Journal(Arc<Mutex<Vec<u8>>>);

impl Write for Journal {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The pruned study, resumed after `past`; what it comes to and its whole journal.
fn resumed(job: StudyJob<'_, '_>, past: &[u8]) -> (StudyOutcome, Vec<u8>) {
    let settings = single(6, 4);
    let journal = Journal::default();
    let halving = SuccessiveHalving::new(SuccessiveHalvingOptions { min_resource: 1, reduction_factor: 2 }).unwrap();
    let mut study = Study::new(tpe(&job, &settings.goal), options(27)).with_pruner(halving);
    study.open_journal(past, journal.clone()).unwrap();
    let outcome = finished(job, &mut study, settings);
    drop(study);
    let written = journal.0.lock().unwrap().clone();
    (outcome, [past, &written].concat())
}

#[test]
fn a_study_that_was_cut_anywhere_goes_on_as_if_it_had_not_been() {
    with_job(&both(), |job| {
        let (outcome, journal) = resumed(job, &[]);
        assert!(outcome.fates.contains(&Fate::Pruned) && outcome.fates.contains(&Fate::Counted));
        let text = String::from_utf8(journal.clone()).unwrap();
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        for end in ends.into_iter().step_by(5) {
            let (again, whole) = resumed(job, &journal[..end]);
            assert!(again == outcome, "cut behind byte {end}");
            assert!(whole == journal, "cut behind byte {end}");
            assert!(resumed(job, &journal[..end - 3]).0 == outcome, "cut 3 bytes before {end}");
        }
    });
}

#[test]
fn a_journal_of_other_bars_is_refused() {
    let (_, journal) = with_job(&both(), |job| resumed(job, &[]));
    let (other, account, plans) = (bars(600, 4, &NOISE), account(), plans(&both()));
    let (market, space) = (Market::new(other.view()), StrategySpace::of(&plans).unwrap());
    let job = StudyJob { plans: &plans, space: &space, market: &market, account: &account };
    let settings = single(6, 4);
    let halving = SuccessiveHalving::new(SuccessiveHalvingOptions { min_resource: 1, reduction_factor: 2 }).unwrap();
    let mut study = Study::new(tpe(&job, &settings.goal), options(27)).with_pruner(halving);
    study.open_journal(&journal[..], Journal::default()).unwrap();
    let run = StudyRun::new(job, WINDOW, &mut study, settings).unwrap();
    assert!(matches!(run.outcome(&quiet()), Err(Error::OtherResults { .. })));
}

#[test]
fn a_cancelled_study_finishes_its_batch_later() {
    with_job(&both(), |job| {
        let settings = single(5, 3);
        let expected = {
            let mut study = Study::new(tpe(&job, &settings.goal), options(20)).with_pruner(median());
            finished(job, &mut study, settings.clone())
        };
        let (cancel, n_told) = (AtomicBool::new(false), AtomicUsize::new(0));
        let tell = |n| {
            cancel.store(n_told.fetch_add(n, Ordering::Relaxed) == 9, Ordering::Relaxed);
        };
        let control = Control { on_progress: &tell, cancel: &cancel };
        let mut study = Study::new(tpe(&job, &settings.goal), options(20)).with_pruner(median());
        let mut run = StudyRun::new(job, WINDOW, &mut study, settings).unwrap();
        assert_eq!((run.step(&control).unwrap(), run.step(&control).unwrap()), (5, 5));
        assert!(matches!(run.step(&control), Err(Error::Cancelled)));
        cancel.store(false, Ordering::Relaxed);
        while run.step(&control).unwrap() > 0 {}
        assert!(run.best().is_some());
        assert_eq!(run.outcome(&quiet()).unwrap(), expected);
    });
}

#[test]
fn folds_are_searched_without_their_future() {
    let folds = WalkForward { n_folds: 2, train_fraction: 0.6, embargo_bars: 5, anchored: false };
    let folds = folds.folds(0..500).unwrap();
    let first_fold = |n_bars: u32| {
        let bars = bars(n_bars, 3, &NOISE);
        let (market, account, plans) = (Market::new(bars.view()), account(), plans(&both()));
        let space = StrategySpace::of(&plans).unwrap();
        let job = StudyJob { plans: &plans, space: &space, market: &market, account: &account };
        let settings = single(6, 0);
        let known = &folds[..if n_bars < 500 { 1 } else { 2 }];
        let mut study = |_| Ok(Study::new(tpe(&job, &settings.goal), options(18)));
        let tried = study_folds(job, known, &settings, &mut study, &quiet()).unwrap();
        assert_eq!((tried.in_sample.len(), tried.candidates.len()), (known.len(), 18 * known.len()));
        let all = Job { plans: &plans, candidates: &tried.candidates, market: &market, account: &account };
        let report = trade_folds(&all, known, &tried.in_sample, &SELECTION, &quiet()).unwrap();
        for (fold, result) in report.folds.iter().enumerate() {
            let chosen = result.choice.as_ref().unwrap().candidate;
            assert!((18 * fold..18 * (fold + 1)).contains(&chosen));
        }
        (tried.candidates[..18].to_vec(), report.folds[0].clone())
    };
    let test_end = u32::try_from(folds[0].test.end).unwrap();
    assert_eq!(first_fold(test_end), first_fold(500));
}

#[test]
fn settings_that_make_no_sense_are_errors() {
    with_job(&both(), |job| {
        let study = || Study::new(tpe(&job, &Goal::Single(SELECTION)), options(5));
        let begin = |window: Range<usize>, settings: StudySettings| {
            StudyRun::new(job, window, &mut study(), settings).map(|_| ()).unwrap_err()
        };
        assert!(matches!(begin(0..601, single(1, 0)), Error::Window { n_bars: 600, .. }));
        assert!(matches!(begin(0..600, single(0, 0)), Error::Setting { name: "batch", .. }));
        assert!(matches!(begin(0..9, single(1, 5)), Error::Setting { name: "parts", .. }));
        let goal = |criteria: &[Criterion]| Goal::Several { criteria: criteria.to_vec(), min_trades: 1 };
        let several = StudySettings { goal: goal(&[Criterion::Sharpe, Criterion::Calmar]), batch: 1, parts: 0 };
        assert!(matches!(begin(0..600, several), Error::OtherStudy { what: "list of objectives" }));
        let not_of_one = goal(&[Criterion::Stability]).problem(job.space).unwrap_err();
        assert_eq!(
            not_of_one.to_string(),
            "Stability is no figure of a single back-test, so a study cannot search for it"
        );
        assert!(matches!(goal(&[]).problem(job.space), Err(Error::Study { .. })));
    });
    with_job(&[average_cross()], |other| {
        with_job(&both(), |job| {
            let mut study = Study::new(tpe(&other, &Goal::Single(SELECTION)), options(5));
            let error = StudyRun::new(job, 0..600, &mut study, single(1, 0)).map(|_| ()).unwrap_err();
            assert!(matches!(error, Error::OtherStudy { what: "space" }));
        });
    });
    assert!(matches!(StrategySpace::of(&[]), Err(Error::NoCandidates)));
}

#[test]
fn a_strategy_without_inputs_is_one_choice() {
    let mut fixed = average_cross();
    (fixed.inputs, fixed.constraints) = (Vec::new(), Vec::new());
    let text = fixed.to_json().replace(r#""input": 0"#, r#""const": 3.0"#).replace(r#""input": 1"#, r#""const": 9.0"#);
    with_job(&[Strategy::from_json(&text).unwrap()], |job| {
        assert_eq!(job.space.space().n_points(), Some(1));
        let settings = single(1, 0);
        let sampler = Random::new(&settings.goal.problem(job.space).unwrap(), 1);
        let outcome = finished(job, &mut Study::new(sampler, options(50)), settings);
        assert_eq!(outcome.candidates, [Candidate { strategy: 0, params: Params::new(Vec::new()) }]);
    });
    let twins = plans(&[average_cross(), average_cross()]);
    let space = StrategySpace::of(&twins).unwrap();
    assert!(space.space().position("Average cross #2.fast").is_some());
}

/// Two decimal inputs with a constraint between them, on grids whose sums round differently.
fn decimals(first: f64, step: f64, n: u32) -> Plan {
    let last = first + step * f64::from(n);
    let input = |name: &str| {
        serde_json::json!({ "name": name, "kind": { "float": {
            "default": first, "min": first, "max": last, "step": step } } })
    };
    let compare =
        |way: &str, input: u16| serde_json::json!({ "compare": [way, { "price": "close" }, { "input": input }] });
    let strategy = serde_json::json!({
        "name": "Band", "inputs": [input("low"), input("high")], "constraints": [{ "less": 0, "than": 1 }],
        "long": { "entry": compare("lt", 0), "exit": compare("gt", 1) }, "short": null, "risk": {},
        "sizing": { "rule": { "units": 1.0 } } });
    Plan::compile(&Strategy::from_json(&strategy.to_string()).unwrap()).unwrap()
}

proptest! {
    #[test]
    fn points_lie_on_the_grid_and_meet_its_constraints(
        (tenths, step, n, seed) in (20_u32..900, prop::sample::select(vec![0.1, 0.3, 0.7, 0.01]), 2_u32..40, 0_u64..1_000),
    ) {
        let plan = decimals(f64::from(tenths) / 10.0, step, n);
        let grid = optimizer::Space::of(plan.strategy()).unwrap();
        let plans = [plan.clone()];
        let space = StrategySpace::of(&plans).unwrap();
        let mut sampler = Random::new(&Goal::Single(SELECTION).problem(&space).unwrap(), seed);
        for id in 0..20 {
            let candidate = space.candidate(&sampler.ask(id).unwrap());
            prop_assert!(grid.index_of(&candidate.params).is_some(), "{candidate:?}");
            prop_assert!(grid.allows(&candidate.params), "{candidate:?}");
            let again = space.candidate(&space.point(0, &candidate.params).unwrap());
            prop_assert_eq!(again, candidate);
        }
    }
}
