//! Search and walk-forward: order, equal results on any number of threads, errors.
#![expect(clippy::unwrap_used, reason = "a broken set-up is a failed test")]

#[expect(dead_code, reason = "support of all test files")]
mod support;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use backtest::{Market, Scratch};
use optimizer::{
    Candidate, Control, CrossValidation, Error, Finalist, FinalistRule, Job, Objective, RankConfig, Ranking, Sampler,
    Selection, SplitResult, Trial, WalkForward, WalkForwardReport, candidates, cross_validate, finalists, rank, search,
    search_folds, trade_folds, walk_forward,
};
use support::{NOISE, account, average_cross, bars, plans, quiet, rsi_reversal};

const SELECTION: Selection = Selection { objective: Objective::Sharpe, min_trades: 5 };
const SETTINGS: WalkForward = WalkForward { n_folds: 3, train_fraction: 0.7, embargo_bars: 20, anchored: false };

type Everything = (Vec<Trial>, WalkForwardReport, Vec<Finalist>, Ranking);

/// All steps on a pool of that many threads, with a market that has computed nothing yet.
fn everything(n_threads: usize) -> Everything {
    let bars = bars(1_200, 5, &NOISE);
    let (market, account) = (Market::new(bars.view()), account());
    let plans = plans(&[average_cross(), rsi_reversal()]);
    let candidates = candidates(&plans, &Sampler::Grid { max_points: 100 }).unwrap();
    let job = Job { plans: &plans, candidates: &candidates, market: &market, account: &account };
    let rule = FinalistRule { selection: SELECTION, per_strategy: 8 };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
    pool.install(|| {
        let trials = search(&job, 100..1_000, &quiet()).unwrap();
        let folds = SETTINGS.folds(100..1_000).unwrap();
        let report = walk_forward(&job, &folds, &SELECTION, &quiet()).unwrap();
        let finalists = finalists(&job, 100..1_000, &trials, &folds, &rule, &quiet()).unwrap();
        let ranking = rank(&finalists, &RankConfig::default()).unwrap();
        (trials, report, finalists, ranking)
    })
}

#[test]
fn results_are_equal_bytes_on_one_two_and_four_threads() {
    let one = serde_json::to_string(&everything(1)).unwrap();
    for n_threads in [2, 4] {
        assert!(one == serde_json::to_string(&everything(n_threads)).unwrap(), "{n_threads} threads differ from one");
    }
}

/// Runs `test` on a small job of both strategies.
fn with_job<T>(test: impl FnOnce(&Job<'_, '_>) -> T) -> T {
    let bars = bars(600, 3, &NOISE);
    let (market, account) = (Market::new(bars.view()), account());
    let plans = plans(&[average_cross(), rsi_reversal()]);
    let candidates = candidates(&plans, &Sampler::Random { n: 20, seed: 4 }).unwrap();
    test(&Job { plans: &plans, candidates: &candidates, market: &market, account: &account })
}

#[test]
fn trials_are_the_single_back_tests_in_the_order_of_the_candidates() {
    with_job(|job| {
        let trials = search(job, 50..400, &quiet()).unwrap();
        assert_eq!(trials.len(), 40);
        for (position, (trial, candidate)) in trials.iter().zip(job.candidates).enumerate() {
            assert_eq!(trial.candidate, position);
            let Candidate { strategy, params } = candidate;
            let mut scratch = Scratch::new();
            let report =
                backtest::run(&job.plans[*strategy], params, job.market, 50..400, job.account, &mut scratch).unwrap();
            assert_eq!(trial.metrics, report.metrics);
        }
        assert!(trials.iter().any(|trial| trial.metrics.costs > 0.0));
    });
}

#[test]
fn a_search_does_not_see_bars_behind_its_window() {
    let (long, short) = (bars(600, 9, &NOISE), bars(400, 9, &NOISE));
    let (plans, account) = (plans(&[average_cross(), rsi_reversal()]), account());
    let candidates = candidates(&plans, &Sampler::Grid { max_points: 100 }).unwrap();
    let over = |bars: &market::Bars| {
        let market = Market::new(bars.view());
        let job = Job { plans: &plans, candidates: &candidates, market: &market, account: &account };
        search(&job, 100..400, &quiet()).unwrap()
    };
    assert_eq!(over(&long), over(&short));
}

#[test]
fn each_fold_trades_the_candidate_that_was_best_before() {
    with_job(|job| {
        let folds = SETTINGS.folds(0..600).unwrap();
        let report = walk_forward(job, &folds, &SELECTION, &quiet()).unwrap();
        let in_sample = search_folds(job, &folds, &quiet()).unwrap();
        assert_eq!(trade_folds(job, &folds, &in_sample, &SELECTION, &quiet()).unwrap(), report);
        assert_eq!(report.returns.len(), folds.iter().map(|fold| fold.test.len()).sum::<usize>());
        let (mut n_trades, mut profit) = (0, 0.0);
        for ((result, fold), trials) in report.folds.iter().zip(&folds).zip(&in_sample) {
            assert_eq!(&result.fold, fold);
            let choice = result.choice.as_ref().unwrap();
            assert_eq!(choice.in_sample, trials[choice.candidate].metrics);
            let value = |trial: &Trial| SELECTION.value(&trial.metrics);
            assert!(trials.iter().all(|trial| value(trial) <= value(&trials[choice.candidate])));
            assert_eq!(
                choice.out_of_sample,
                search(job, fold.test.clone(), &quiet()).unwrap()[choice.candidate].metrics
            );
            n_trades += choice.out_of_sample.n_trades;
            profit += choice.out_of_sample.net_profit;
        }
        assert_eq!((report.n_trades, report.net_profit.to_bits()), (n_trades, profit.to_bits()));
        let grown = trade_stats::compound_return(&report.returns[..folds[0].test.len()]).unwrap();
        let first = report.folds[0].choice.as_ref().unwrap().out_of_sample.total_return;
        assert!((grown - first).abs() < 1e-12);
    });
}

#[test]
fn a_fold_in_which_nothing_counts_trades_nothing() {
    with_job(|job| {
        let folds = SETTINGS.folds(0..600).unwrap();
        let never = Selection { min_trades: 10_000, ..SELECTION };
        let report = walk_forward(job, &folds, &never, &quiet()).unwrap();
        assert!(report.folds.iter().all(|fold| fold.choice.is_none()));
        assert!(report.returns.iter().all(|r| *r == 0.0) && report.returns.len() == 3 * folds[0].test.len());
        assert_eq!((report.n_trades, report.efficiency), (0, None));
    });
}

#[test]
fn finalists_are_the_best_of_each_strategy() {
    with_job(|job| {
        let trials = search(job, 0..600, &quiet()).unwrap();
        let folds = SETTINGS.folds(0..600).unwrap();
        let rule = FinalistRule { selection: SELECTION, per_strategy: 3 };
        let finalists = finalists(job, 0..600, &trials, &folds, &rule, &quiet()).unwrap();
        let strategies: Vec<usize> = finalists.iter().map(|f| job.candidates[f.candidate].strategy).collect();
        assert_eq!(strategies, [0, 0, 0, 1, 1, 1]);
        for finalist in &finalists {
            assert_eq!(finalist.metrics, trials[finalist.candidate].metrics);
            assert_eq!((finalist.returns.len(), finalist.fold_profits.len()), (600, 3));
            assert_eq!(finalist.trades.len(), finalist.metrics.n_trades);
            assert!(finalist.stability.is_none_or(|stability| stability <= 1.0));
            assert_eq!(finalist.stability.is_some(), finalist.metrics.total_return > 0.0);
        }
    });
}

#[test]
fn progress_counts_every_back_test() {
    with_job(|job| {
        let (count, go_on) = (AtomicUsize::new(0), AtomicBool::new(false));
        let add = |n: usize| {
            count.fetch_add(n, Ordering::Relaxed);
        };
        search(job, 0..600, &Control { on_progress: &add, cancel: &go_on }).unwrap();
        assert_eq!(count.into_inner(), job.candidates.len());
    });
}

#[test]
fn a_cancelled_search_ends_with_that_error() {
    with_job(|job| {
        let cancel = AtomicBool::new(false);
        let stop = |_| cancel.store(true, Ordering::Relaxed);
        let control = Control { on_progress: &stop, cancel: &cancel };
        assert!(matches!(search(job, 0..600, &control), Err(Error::Cancelled)));
        let folds = SETTINGS.folds(0..600).unwrap();
        assert!(matches!(walk_forward(job, &folds, &SELECTION, &control), Err(Error::Cancelled)));
    });
}

#[test]
fn jobs_that_make_no_sense_are_errors() {
    with_job(|job| {
        let none = Job { candidates: &[], ..*job };
        assert!(matches!(search(&none, 0..600, &quiet()), Err(Error::NoCandidates)));
        let mut astray = job.candidates.to_vec();
        astray[7].strategy = 2;
        let astray = Job { candidates: &astray, ..*job };
        assert!(matches!(
            search(&astray, 0..600, &quiet()),
            Err(Error::UnknownStrategy { candidate: 7, strategy: 2, n_strategies: 2 })
        ));
        for window in [0..601, 5..5, 5..6] {
            assert!(matches!(search(job, window, &quiet()), Err(Error::Window { n_bars: 600, .. })));
        }
    });
}

#[test]
fn the_first_candidate_that_fails_is_named() {
    with_job(|job| {
        let mut broken = job.candidates.to_vec();
        for position in [33, 9] {
            broken[position].params = strategy::Params::new(vec![1.0]);
        }
        let error = search(&Job { candidates: &broken, ..*job }, 0..600, &quiet()).unwrap_err();
        assert!(matches!(error, Error::Backtest { candidate: 9, .. }), "{error}");
        assert_eq!(error.to_string(), "cannot back-test candidate 9 (strategy `Average cross`)");
    });
}

#[test]
fn no_strategy_gives_no_candidates() {
    assert!(matches!(candidates(&[], &Sampler::Grid { max_points: 10 }), Err(Error::NoCandidates)));
}

const GROUPS: CrossValidation = CrossValidation { n_groups: 5, n_test_groups: 2, purge_bars: 4, embargo_bars: 8 };

#[test]
fn cross_validation_chooses_on_the_training_and_trades_the_tested_groups() {
    with_job(|job| {
        let selection = Selection { min_trades: 2, ..SELECTION };
        let report = cross_validate(job, 50..600, &GROUPS, &selection, 6_000.0, &quiet()).unwrap();
        assert_eq!((report.splits.len(), report.paths.len()), (10, 4));
        for SplitResult { split, candidate, in_sample } in &report.splits {
            let ranges: Vec<Vec<Trial>> =
                split.train.iter().map(|range| search(job, range.clone(), &quiet()).unwrap()).collect();
            let objective = |candidate: usize| {
                let metrics = || ranges.iter().map(|trials| trials[candidate].metrics);
                let n_bars: usize = metrics().map(|metrics| metrics.n_bars).sum();
                let n_trades: usize = metrics().map(|metrics| metrics.n_trades).sum();
                let sum: Option<f64> =
                    metrics().map(|metrics| Some(metrics.sharpe?.value * metrics.n_bars as f64)).sum();
                sum.filter(|_| n_trades >= 2).map(|sum| sum / n_bars as f64)
            };
            let chosen = candidate.unwrap();
            assert!((objective(chosen).unwrap() - in_sample.unwrap()).abs() < 1e-15);
            assert!((0..job.candidates.len()).all(|other| objective(other) <= objective(chosen)));
        }
        for (path, through) in report.paths.iter().zip(GROUPS.paths()) {
            let (mut returns, mut net_profit, mut n_trades) = (Vec::new(), 0.0, 0);
            for (group, split) in through.into_iter().enumerate() {
                let SplitResult { split, candidate, .. } = &report.splits[split];
                let bars = split.test.iter().find(|bars| bars.start == 50 + 110 * group).unwrap();
                let Candidate { strategy, params } = &job.candidates[candidate.unwrap()];
                let plan = &job.plans[*strategy];
                let mut scratch = Scratch::new();
                let run = backtest::run(plan, params, job.market, bars.clone(), job.account, &mut scratch).unwrap();
                returns.extend(optimizer::bar_returns(&run, job.account.initial_cash));
                net_profit += run.metrics.net_profit;
                n_trades += run.metrics.n_trades;
            }
            assert_eq!(path.returns, returns);
            assert_eq!((path.n_trades, path.net_profit.to_bits()), (n_trades, net_profit.to_bits()));
            assert_eq!(path.sharpe, trade_stats::sharpe(&returns, 6_000.0));
        }
    });
}

#[test]
fn cross_validation_without_a_choice_trades_nothing_and_is_equal_on_any_number_of_threads() {
    with_job(|job| {
        let never = Selection { min_trades: 10_000, ..SELECTION };
        let report = cross_validate(job, 50..600, &GROUPS, &never, 6_000.0, &quiet()).unwrap();
        assert!(report.splits.iter().all(|split| split.candidate.is_none()));
        assert!(report.paths.iter().all(|path| path.returns == [0.0; 550] && path.sharpe.is_none()));
        let on = |n_threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
            pool.install(|| cross_validate(job, 50..600, &GROUPS, &SELECTION, 6_000.0, &quiet()).unwrap())
        };
        assert!(serde_json::to_string(&on(1)).unwrap() == serde_json::to_string(&on(3)).unwrap());
        let short = cross_validate(job, 50..90, &GROUPS, &SELECTION, 6_000.0, &quiet());
        assert!(matches!(short, Err(Error::ShortGroups { .. })));
    });
}
