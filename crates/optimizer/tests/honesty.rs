//! The honesty experiment, reduced to what a test may take: on noise the whole search claims an edge in no more than 5 %
//! of the markets, peers' practice in most of them; a planted edge is found. `benches/honesty` runs it in full.
#![expect(clippy::unwrap_used, reason = "a broken set-up is a failed test")]

#[expect(dead_code, reason = "the bench needs what the test does not")]
mod laboratory;

use laboratory::binomial::{at_most, clopper_pearson, upper_bound};
use laboratory::edge::Edge;
use laboratory::noise::{Noise, Process};
use laboratory::procedure::{Judged, Procedure, account, judge};
use laboratory::rules::Rules;
use optimizer::{Caution, Doubt, Evidence, LEVEL, NullMarket, Verdict};
use rayon::prelude::*;

const N_MARKETS: usize = 200;
/// Half a year of 4-hour bars.
const N_BARS: usize = 780;

fn procedure(has_costs: bool) -> Procedure {
    Procedure {
        account: account(has_costs),
        null: NullMarket::SignFlips,
        // p = 1 / (market without a pattern that is the first to give as much): few searches, and still exact.
        n_null_markets: 19,
        stop_after: 1,
        n_resamples: 200,
        is_complete: false,
    }
}

fn judged(process: Process, procedure: &Procedure, n_markets: usize, n_bars: usize) -> Vec<Judged> {
    let rules = Rules::few();
    let one = |seed: u64| judge(&rules, procedure, process.bars(n_bars, seed).view(), seed);
    (0..n_markets as u64).into_par_iter().map(|index| one(1_000 + index)).collect()
}

fn count(judged: &[Judged], holds: impl Fn(&Judged) -> bool) -> usize {
    judged.iter().filter(|it| holds(it)).count()
}

fn claims(judged: &Judged) -> bool {
    judged.evidence.verdict() == Verdict::EdgeFound
}

/// More false claims than this have a probability of at most 0.1 % if the level is 5 %.
fn bound() -> usize {
    upper_bound(N_MARKETS, LEVEL, 0.001)
}

fn holds_its_level(noise: Noise, has_costs: bool) {
    let judged = judged(Process::noise(noise), &procedure(has_costs), N_MARKETS, N_BARS);
    let (claimed, by_p) = (count(&judged, claims), count(&judged, |it| it.evidence.p_value().unwrap() <= LEVEL));
    assert!(claimed <= bound(), "{claimed} claims, {} allowed", bound());
    // The p-value alone, without the conditions that make claims fewer, and that of the search alone.
    assert!(by_p <= bound(), "{by_p} p-values");
    let of_search = count(&judged, |it| it.evidence.search_p.unwrap() <= LEVEL);
    assert!(of_search <= bound(), "{of_search} p-values of the search");
    // The test would notice a procedure that deceives: peers' practice is one.
    let of_peers = count(&judged, |it| it.peers.p_value <= LEVEL);
    assert!(of_peers > bound() + 10, "peers' t-test claims {of_peers}");
    let profitable = count(&judged, |it| it.peers.is_profitable);
    assert!(profitable > N_MARKETS / 2, "{profitable} of the best in-sample are profitable");
}

#[test]
fn on_a_random_walk_edges_are_claimed_no_more_often_than_stated() {
    holds_its_level(Noise::Gaussian, true);
}

#[test]
fn on_clustered_heavy_tailed_noise_without_costs_neither() {
    holds_its_level(Noise::Clustered, false);
}

#[test]
fn p_values_are_not_only_rarely_small_but_spread_evenly() {
    // A test that never rejects holds every level; this one must use its level up.
    let judged = judged(Process::noise(Noise::Gaussian), &procedure(false), N_MARKETS, N_BARS);
    for level in [0.1, 0.25, 0.5] {
        let found = count(&judged, |it| it.evidence.search_p.unwrap() <= level);
        assert!(at_most(found, N_MARKETS, level) > 0.001, "{found} at {level}: too few");
        assert!(found <= upper_bound(N_MARKETS, level, 0.001), "{found} at {level}: too many");
    }
}

#[test]
fn a_strong_edge_of_every_kind_is_found() {
    for (edge, drift) in [(Edge::Reversion, 0.4), (Edge::Trend, 0.12), (Edge::Session, 0.6)] {
        let process = Process { noise: Noise::Gaussian, edge: Some((edge, drift)) };
        let procedure = Procedure { is_complete: true, ..procedure(true) };
        let judged = judged(process, &procedure, 4, 3 * N_BARS);
        for Judged { evidence, .. } in &judged {
            assert_eq!(evidence.verdict(), Verdict::EdgeFound, "{edge:?}: {evidence:#?}");
            assert!(evidence.overfitting.unwrap() < 0.2 && evidence.path_losses.unwrap() < 0.5, "{evidence:#?}");
            assert!(evidence.superior_ability.unwrap().p_consistent < 0.05, "{evidence:#?}");
            assert!(evidence.n_superior.unwrap() > 0 && evidence.degradation.is_some(), "{evidence:#?}");
        }
    }
}

#[test]
fn on_noise_choosing_is_blind() {
    let procedure = Procedure { is_complete: true, ..procedure(false) };
    let judged = judged(Process::noise(Noise::Gaussian), &procedure, 40, N_BARS);
    let mean = |of: fn(&Evidence) -> f64| judged.iter().map(|it| of(&it.evidence)).sum::<f64>() / judged.len() as f64;
    // In a market, blocks that are good for a strategy leave the others worse: the mean is somewhat above 1/2.
    let overfitting = mean(|it| it.overfitting.unwrap());
    assert!((0.4..0.75).contains(&overfitting), "probability of over-fitting {overfitting}");
    let p_value = mean(|it| it.superior_ability.unwrap().p_consistent);
    assert!((0.35..0.75).contains(&p_value), "superior ability {p_value}");
    let losses = mean(|it| it.path_losses.unwrap());
    assert!((0.3..0.8).contains(&losses), "{losses} of the paths lose");
}

/// Evidence for which every condition just holds.
fn good() -> Evidence {
    let judged = judged(Process::noise(Noise::Gaussian), &procedure(true), 1, 1_000);
    Evidence {
        search_p: Some(0.05),
        search_bars: 800,
        holdout_bars: 200,
        holdout_p: Some(0.2),
        out_of_sample_profit: 1.0,
        out_of_sample_trades: 20,
        holdout_trades: Some(10),
        holdout_profit: Some(0.01),
        ..judged[0].evidence
    }
}

#[test]
fn every_condition_is_needed() {
    let good = good();
    assert_eq!(good.verdict(), Verdict::EdgeFound);
    let bad = [
        (Evidence { search_p: None, ..good }, "nobody asked whether the search finds as much in noise"),
        (
            Evidence { search_p: Some(0.3), ..good },
            "without any edge, results as good as these have probability 0.199, where at most 0.05 is accepted (the search \
             alone 0.300, the bars kept back 0.200)",
        ),
        (
            Evidence { out_of_sample_profit: -0.5, ..good },
            "walk-forward and bars kept back earned -0.49 together after costs, where more than 0 is needed",
        ),
        (Evidence { out_of_sample_trades: 19, ..good }, "29 out-of-sample trades, where 30 are needed"),
        (
            Evidence { holdout_profit: Some(-0.5), ..good },
            "the best of the ranking earned -0.500 on the bars kept back, where more than 0 is needed",
        ),
    ];
    for (evidence, reason) in bad {
        assert_eq!(evidence.verdict().to_string(), format!("no edge found: {reason}"));
    }
    let nothing = Evidence { holdout_p: None, out_of_sample_profit: f64::NAN, ..good };
    let Verdict::NoEdgeFound { reasons } = nothing.verdict() else { panic!("undefined is no evidence") };
    assert!(matches!(reasons[..], [Doubt::Chance { p_value: None, .. }, Doubt::OutOfSampleLoss { .. }]));
}

#[test]
fn the_two_p_values_are_combined_by_their_bars() {
    let evidence =
        Evidence { search_p: Some(0.05), holdout_p: Some(0.05), search_bars: 500, holdout_bars: 500, ..good() };
    // Two results of 1.6449 standard deviations: 2.3262 together, which is 1 %.
    assert!((evidence.p_value().unwrap() - 0.010_004).abs() < 2e-6, "{:?}", evidence.p_value());
    // Without weight on one side the other's p-value is left.
    let only_search = Evidence { holdout_bars: 0, ..evidence };
    assert!((only_search.p_value().unwrap() - 0.05).abs() < 1e-12);
    assert_eq!(Evidence { search_p: Some(1.0), ..evidence }.p_value(), Some(1.0));
    assert_eq!(Evidence { holdout_p: None, ..evidence }.p_value(), None);
}

#[test]
fn cautions_say_what_does_not_decide() {
    let calm = Evidence {
        overfitting: Some(0.1),
        superior_ability: None,
        n_superior: Some(1),
        path_losses: Some(0.0),
        deflated_sharpe: Some(0.95),
        out_of_sample_probability: Some(0.99),
        min_track_record_bars: None,
        efficiency: Some(0.5),
        ..good()
    };
    assert_eq!(calm.cautions(), []);
    let text = |evidence: Evidence| {
        let [caution] = evidence.cautions()[..] else { panic!("one caution: {:?}", evidence.cautions()) };
        caution.to_string()
    };
    let overfitted = text(Evidence { overfitting: Some(0.61), ..calm });
    assert!(overfitted.starts_with("in 0.61 of the splits") && overfitted.ends_with("less than 0.5 is wanted"));
    assert!(text(Evidence { deflated_sharpe: None, ..calm }).contains("with probability unknown, where 0.95"));
    assert!(text(Evidence { path_losses: Some(0.8), n_paths: 5, ..calm }).starts_with("0.80 of 5 cross-validated"));
    let short = Evidence { min_track_record_bars: Some(900.4), out_of_sample_bars: 400, ..calm };
    assert_eq!(short.cautions(), [Caution::ShortRecord { found: 400, needed: 900.4 }]);
    assert!(text(Evidence { efficiency: Some(0.1), ..calm }).contains("earned 0.10 of one in-sample, where 0.5"));
    let json = serde_json::to_string(&short).unwrap();
    assert_eq!(serde_json::from_str::<Evidence>(&json).unwrap(), short);
}

#[test]
fn the_bounds_are_those_of_tables() {
    // scipy 1.17.1: binomtest(10, 200).proportion_ci(), binom.cdf(10, 200, 0.05), binom.sf(21, 200, 0.05) <= 0.001.
    let close = |[a, b]: [f64; 2], [c, d]: [f64; 2]| assert!((a - c).abs() < 1e-6 && (b - d).abs() < 1e-6, "{a} {b}");
    close(clopper_pearson(10, 200, 0.95), [0.024_234_2, 0.090_027_5]);
    close(clopper_pearson(0, 200, 0.95), [0.0, 0.018_275_3]);
    assert!((at_most(10, 200, 0.05) - 0.583_067).abs() < 1e-5);
    assert_eq!(upper_bound(200, 0.05, 0.001), 21);
}
