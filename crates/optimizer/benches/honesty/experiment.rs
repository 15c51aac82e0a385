use std::fmt;
use std::str::FromStr;

use backtest::Market;
use market::BarsView;
use optimizer::{Evidence, Job, LEVEL, MIN_TRADES, NullMarket, Verdict};
use rayon::prelude::*;

use crate::laboratory::edge::Edge;
use crate::laboratory::noise::{BARS_PER_YEAR, Noise, Process};
use crate::laboratory::procedure::{Judged, Procedure, account, evaluate, judge};
use crate::laboratory::rules::Rules;

/// Bars of a market: 3 years and 4 months.
const N_BARS: usize = 5_200;
/// Markets of each kind of noise.
const NOISE_MARKETS: usize = 200;
/// Markets of each kind where only the level is asked for.
const LEVEL_MARKETS: u64 = 2_000;
/// Their bars: half a year.
const LEVEL_BARS: usize = 780;
/// Fresh markets over which a planted edge is measured and a claimed strategy must earn.
const FRESH_MARKETS: u64 = 60;
/// Strengths of the planted edges: annual Sharpe ratio, after costs, of the rule that is paid.
const STRENGTHS: [f64; 5] = [0.75, 1.5, 2.25, 3.0, 4.0];

/// What can be said of a market that was judged.
type Figure = (&'static str, fn(&Judged) -> bool);

/// Counted for each row of a table.
pub(crate) const FIGURES: [Figure; 16] = [
    ("verdict", |it| it.evidence.verdict() == Verdict::EdgeFound),
    ("p_value", |it| is_rare(it.evidence.p_value())),
    ("search_p", |it| is_rare(it.evidence.search_p)),
    ("holdout_p", |it| is_rare(it.evidence.holdout_p)),
    ("superior_ability", |it| is_rare(it.evidence.superior_ability.map(|test| test.p_consistent))),
    ("deflated_sharpe", |it| is_sure(it.evidence.deflated_sharpe)),
    ("walk_forward_psr", |it| is_sure(it.evidence.out_of_sample_probability)),
    ("earlier_verdict", |it| earlier(&it.evidence)),
    ("p_and_holdout", |it| is_rare(it.evidence.p_value()) && earned(it.evidence.holdout_profit)),
    ("p_and_unseen", |it| is_rare(it.evidence.p_value()) && unseen(&it.evidence) > 0.0),
    ("p_and_trades", |it| is_rare(it.evidence.p_value()) && it.evidence.out_of_sample_trades >= MIN_TRADES),
    ("p_and_walk_forward", |it| is_rare(it.evidence.p_value()) && it.evidence.out_of_sample_profit > 0.0),
    ("search_p_and_holdout", |it| is_rare(it.evidence.search_p) && earned(it.evidence.holdout_profit)),
    ("overfitting_below_half", |it| it.evidence.overfitting.is_some_and(|p| p < 0.5)),
    ("peers_profit", |it| it.peers.is_profitable),
    ("peers_t_test", |it| it.peers.p_value <= LEVEL),
];

fn is_rare(p_value: Option<f64>) -> bool {
    p_value.is_some_and(|p| p <= LEVEL)
}

fn is_sure(probability: Option<f64>) -> bool {
    probability.is_some_and(|p| p >= 1.0 - LEVEL)
}

fn earned(profit: Option<f64>) -> bool {
    profit.is_some_and(|profit| profit > 0.0)
}

fn unseen(evidence: &Evidence) -> f64 {
    evidence.out_of_sample_profit + evidence.holdout_profit.unwrap_or(0.0)
}

/// The conjunction of tests that the verdict was before: deflated ratio, walk-forward and holdout each by itself.
fn earlier(evidence: &Evidence) -> bool {
    is_sure(evidence.deflated_sharpe)
        && is_sure(evidence.out_of_sample_probability)
        && evidence.out_of_sample_profit > 0.0
        && evidence.out_of_sample_trades >= MIN_TRADES
        && earned(evidence.holdout_profit)
}

/// Counts over markets of one kind.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    /// Annual Sharpe ratio of the paid rule after costs; 0 without an edge.
    pub(crate) strength: f64,
    pub(crate) n: usize,
    /// In the order of [`FIGURES`].
    pub(crate) counts: Vec<usize>,
    /// Claims of the verdict, of the most profitable and of the t-test whose strategy earned on fresh bars too.
    pub(crate) true_claims: [usize; 3],
    pub(crate) mean_overfitting: f64,
}

impl Row {
    pub(crate) fn header() -> String {
        let figures: Vec<&str> = FIGURES.iter().map(|(name, _)| *name).collect();
        let last = "true_verdict,true_peers_profit,true_peers_t_test,mean_overfitting";
        format!("name,strength,n,{},{last}", figures.join(","))
    }

    /// Count of a figure.
    pub(crate) fn count(&self, figure: &str) -> usize {
        let position = FIGURES.iter().position(|(name, _)| *name == figure);
        self.counts[position.expect("a figure of the table")]
    }

    fn of(name: &str, strength: f64, judged: &[Judged], earns: &[bool]) -> Self {
        let count = |holds: &dyn Fn(&Judged) -> bool| judged.iter().filter(|it| holds(it)).count();
        let is_true = |candidate: usize| earns.get(candidate).copied().unwrap_or(false);
        let overfitting: f64 = judged.iter().filter_map(|it| it.evidence.overfitting).sum();
        Self {
            name: name.to_owned(),
            strength,
            n: judged.len(),
            counts: FIGURES.iter().map(|(_, holds)| count(holds)).collect(),
            true_claims: [
                count(&|it| FIGURES[0].1(it) && it.chosen.is_some_and(is_true)),
                count(&|it| it.peers.is_profitable && is_true(it.peers.by_return)),
                count(&|it| it.peers.p_value <= LEVEL && is_true(it.peers.by_sharpe)),
            ],
            mean_overfitting: overfitting / judged.len() as f64,
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{}", self.name, self.strength, self.n)?;
        for count in self.counts.iter().chain(&self.true_claims) {
            write!(f, ",{count}")?;
        }
        write!(f, ",{:.3}", self.mean_overfitting)
    }
}

impl FromStr for Row {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let cells: Vec<&str> = line.split(',').collect();
        let wanted = 7 + FIGURES.len();
        if cells.len() != wanted {
            return Err(format!("{} cells, where {wanted} are wanted", cells.len()));
        }
        let number = |cell: usize| cells[cell].parse::<f64>().map_err(|error| error.to_string());
        let count = |cell: usize| cells[cell].parse::<usize>().map_err(|error| error.to_string());
        let after = 3 + FIGURES.len();
        Ok(Self {
            name: cells[0].to_owned(),
            strength: number(1)?,
            n: count(2)?,
            counts: (3..after).map(count).collect::<Result<_, _>>()?,
            true_claims: [count(after)?, count(after + 1)?, count(after + 2)?],
            mean_overfitting: number(after + 3)?,
        })
    }
}

fn procedure(has_costs: bool, null: NullMarket) -> Procedure {
    Procedure {
        account: account(has_costs),
        null,
        n_null_markets: 59,
        stop_after: 6,
        n_resamples: 300,
        is_complete: true,
    }
}

fn judged(rules: &Rules, process: Process, procedure: &Procedure, n: usize, first_seed: u64) -> Vec<Judged> {
    let one = |index: usize| {
        let seed = first_seed + index as u64;
        judge(rules, procedure, process.bars(N_BARS, seed).view(), seed)
    };
    (0..n).into_par_iter().map(one).collect()
}

/// Markets without an edge: two laws of noise, with and without costs, and the other kind of null market.
pub(crate) fn noise_rows() -> Vec<Row> {
    let rules = Rules::all();
    let kinds = [
        ("random walk with costs", Noise::Gaussian, true, NullMarket::SignFlips),
        ("random walk without costs", Noise::Gaussian, false, NullMarket::SignFlips),
        ("clustered noise with costs", Noise::Clustered, true, NullMarket::SignFlips),
        ("clustered noise without costs", Noise::Clustered, false, NullMarket::SignFlips),
        ("random walk with costs by permutation", Noise::Gaussian, true, NullMarket::Permutation),
        ("clustered noise with costs by permutation", Noise::Clustered, true, NullMarket::Permutation),
    ];
    let row = |(name, noise, has_costs, null)| {
        let judged = judged(&rules, Process::noise(noise), &procedure(has_costs, null), NOISE_MARKETS, 10_000);
        Row::of(name, 0.0, &judged, &[])
    };
    kinds.into_iter().map(row).collect()
}

/// Many short markets without an edge and without costs, with the small search and the few null markets of the test, to
/// tell the level more exactly.
pub(crate) fn level_rows() -> Vec<Row> {
    let rules = Rules::few();
    let settings = Procedure {
        n_null_markets: 19,
        stop_after: 1,
        n_resamples: 2,
        is_complete: false,
        ..procedure(false, NullMarket::SignFlips)
    };
    let row = |(name, noise)| {
        let one = |seed: u64| judge(&rules, &settings, Process::noise(noise).bars(LEVEL_BARS, seed).view(), seed);
        let judged: Vec<Judged> = (50_000..50_000 + LEVEL_MARKETS).into_par_iter().map(one).collect();
        Row::of(name, 0.0, &judged, &[])
    };
    [("random walk without costs", Noise::Gaussian), ("clustered noise without costs", Noise::Clustered)]
        .map(row)
        .to_vec()
}

/// Markets with a planted edge of each strength, with costs.
pub(crate) fn power_rows(edge: Edge, n_markets: usize) -> Vec<Row> {
    let rules = Rules::all();
    let row = |strength: f64| {
        let drift = drift_of(&rules, edge, strength);
        let process = Process { noise: Noise::Gaussian, edge: Some((edge, drift)) };
        let judged = judged(&rules, process, &procedure(true, NullMarket::SignFlips), n_markets, 20_000);
        let earns: Vec<bool> = fresh_sharpes(&rules, process).iter().map(|sharpe| *sharpe > 0.0).collect();
        Row::of(edge.file_stem(), strength, &judged, &earns)
    };
    STRENGTHS.into_iter().map(row).collect()
}

/// The drift with which the paid rule has this mean annual Sharpe ratio after costs on fresh markets.
fn drift_of(rules: &Rules, edge: Edge, strength: f64) -> f64 {
    let rule = rules.true_rule(edge);
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..12 {
        let drift = f64::midpoint(low, high);
        let process = Process { noise: Noise::Gaussian, edge: Some((edge, drift)) };
        if mean_over_fresh(rules, process, &[rule])[0] < strength { low = drift } else { high = drift }
    }
    f64::midpoint(low, high)
}

/// Annual Sharpe ratio of every candidate on bars that nobody has searched.
fn fresh_sharpes(rules: &Rules, process: Process) -> Vec<f64> {
    mean_over_fresh(rules, process, &(0..rules.candidates.len()).collect::<Vec<_>>())
}

fn mean_over_fresh(rules: &Rules, process: Process, candidates: &[usize]) -> Vec<f64> {
    let of_market = |seed: u64| {
        let bars = process.bars(N_BARS, 1_000_000 + seed);
        sharpes(rules, bars.view(), candidates)
    };
    let all: Vec<Vec<f64>> = (0..FRESH_MARKETS).into_par_iter().map(of_market).collect();
    let mean = |position: usize| all.iter().map(|sharpes| sharpes[position]).sum::<f64>() / all.len() as f64;
    (0..candidates.len()).map(mean).collect()
}

fn sharpes(rules: &Rules, bars: BarsView<'_>, candidates: &[usize]) -> Vec<f64> {
    let (market, account) = (Market::new(bars), account(true));
    let job = Job { plans: &rules.plans, candidates: &rules.candidates, market: &market, account: &account };
    let annual = |&candidate: &usize| {
        let sharpe = evaluate(&job, candidate, 0..bars.len()).sharpe;
        sharpe.map_or(0.0, |sharpe| sharpe.value * BARS_PER_YEAR.sqrt())
    };
    candidates.iter().map(annual).collect()
}
