//! What is left to compute when the totals of a window, which began at different candles, have become equal.
use super::machine::{NEW, ROW};
use super::plan::{Chain, Fact, MEASURES, Place, Plan, Row, index};

/// What is computed for each bar: each thing with its index.
#[derive(Clone, Debug, Default)]
pub(super) struct Pass {
    pub(super) chains: Vec<(usize, Chain)>,
    /// Those behind the measures.
    pub(super) rows: Vec<(usize, Row)>,
    pub(super) comparisons: Vec<Comparison>,
    /// Rows that are looked back at, those of the measures first.
    pub(super) remembered: Vec<usize>,
}

/// A fact by the places of its values among those of all rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comparison {
    pub(super) fact: u8,
    pub(super) greater: u16,
    pub(super) less: u16,
}

/// What is computed before and after the totals have become equal.
#[derive(Clone, Debug, Default)]
pub(super) struct Passes {
    apart: Pass,
    merged: Pass,
    /// What stands for each chain, row and fact afterwards: the first one like it.
    pub(super) chains: Vec<usize>,
    /// Those of the measures first.
    pub(super) rows: Vec<usize>,
    pub(super) facts: Vec<usize>,
}

impl Passes {
    #[inline(always)]
    pub(super) fn get(&self, merged: bool) -> &Pass {
        if merged { &self.merged } else { &self.apart }
    }

    /// For a plan whose rules and reaches are completed for both passes.
    pub(super) fn of(plan: &mut Plan) -> Self {
        let windows: Vec<usize> = plan.chains.iter().map(|chain| chain.window).collect();
        let chains = firsts(&windows);
        let mut rows: Vec<usize> = (0..MEASURES).collect();
        let mut merged_rows = Vec::new();
        for row in &plan.rows {
            let row = merged_row(*row, &chains, &rows);
            merged_rows.push(row);
            rows.push(MEASURES + first_like(&merged_rows, &row));
        }
        let merged_facts: Vec<Fact> = plan.facts.iter().map(|fact| merged_fact(*fact, &rows)).collect();
        let facts = firsts(&merged_facts);
        for rule in &mut plan.rules {
            rule.merged = rule.facts.map(|fact| facts.get(usize::from(fact)).map_or(0, |&first| index(first)));
        }
        for (row, &first) in rows.iter().enumerate() {
            plan.reach[first] = plan.reach[first].max(plan.reach[row]);
        }
        Self {
            apart: Pass {
                chains: plan.chains.iter().copied().enumerate().collect(),
                rows: (MEASURES..).zip(plan.rows.iter().copied()).collect(),
                comparisons: plan.facts.iter().copied().enumerate().map(comparison).collect(),
                remembered: (0..rows.len()).filter(|&row| plan.reach[row] > 0).collect(),
            },
            merged: Pass {
                chains: own(&chains, 0, &plan.chains),
                rows: own(&rows, MEASURES, &merged_rows),
                comparisons: own(&facts, 0, &merged_facts).into_iter().map(comparison).collect(),
                remembered: (0..rows.len()).filter(|&row| rows[row] == row && plan.reach[row] > 0).collect(),
            },
            chains,
            rows,
            facts,
        }
    }
}

fn comparison((fact, Fact { greater, less }): (usize, Fact)) -> Comparison {
    let place = |Place { row, lag }| u16::try_from(row * ROW + NEW - lag).expect("there are fewer than 1024 rows");
    Comparison { fact: index(fact), greater: place(greater), less: place(less) }
}

/// Those of `all`, whose indices begin at `offset`, that stand for themselves.
fn own<T: Copy>(stand_ins: &[usize], offset: usize, all: &[T]) -> Vec<(usize, T)> {
    (offset..).zip(all.iter().copied()).filter(|&(index, _)| stand_ins[index] == index).collect()
}

/// For each of `all` the index of the first that equals it.
fn firsts<T: PartialEq>(all: &[T]) -> Vec<usize> {
    all.iter().map(|one| first_like(all, one)).collect()
}

fn first_like<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|first| first == one).expect("it is among them")
}

/// With what stands for its chain or its limit.
fn merged_row(row: Row, chains: &[usize], rows: &[usize]) -> Row {
    match row {
        Row::Limit { chain, period, factor, part } => Row::Limit { chain: chains[chain], period, factor, part },
        Row::Plus(measure, limit) => Row::Plus(measure, rows[limit]),
        Row::Minus(measure, limit) => Row::Minus(measure, rows[limit]),
        Row::Shoulder(limit) => Row::Shoulder(rows[limit]),
        Row::OwnLimit { .. } | Row::ClosePlus(_) | Row::CloseMinus(_) => row,
    }
}

/// With what stands for its rows.
fn merged_fact(Fact { greater, less }: Fact, rows: &[usize]) -> Fact {
    let merged = |place: Place| Place { row: rows[place.row], ..place };
    Fact { greater: merged(greater), less: merged(less) }
}
