//! The best results of all runs.

use std::fmt;
use std::str::FromStr;

use crate::row::Fields;
use crate::run::{Figures, Role};
use crate::{Error, Library, StrategyId};

/// What a ranking goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Criterion {
    /// Sharpe ratio, largest first; undefined ones come last.
    Sharpe,
    /// Net profit, largest first.
    NetProfit,
    /// Largest drawdown, smallest first.
    MaxDrawdown,
    /// Number of trades, largest first.
    NTrades,
}

/// Which results to rank, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranking<'a> {
    /// What to go by.
    pub criterion: Criterion,
    /// Which part of the data counts.
    pub role: Role,
    /// Only results of this run; `None` for all runs.
    pub run: Option<&'a str>,
    /// Only results with as many trades.
    pub min_trades: u64,
    /// How many results at most.
    pub limit: u32,
}

/// A result in a ranking: what one run measured for one strategy.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The strategy.
    pub strategy_id: StrategyId,
    /// The strategy's name.
    pub name: String,
    /// The run that measured it.
    pub run_id: String,
    /// The strategy's place in that run.
    pub rank: u32,
    /// The numbers measured.
    pub figures: Figures,
}

impl Ranking<'_> {
    /// The five best by `criterion` among all results of a role.
    pub const fn by(criterion: Criterion, role: Role) -> Self {
        Self { criterion, role, run: None, min_trades: 0, limit: 5 }
    }
}

impl Criterion {
    /// Every criterion.
    pub const ALL: [Self; 4] = [Self::Sharpe, Self::NetProfit, Self::MaxDrawdown, Self::NTrades];

    /// Its name: `sharpe`, `net_profit`, `max_drawdown` or `n_trades`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sharpe => "sharpe",
            Self::NetProfit => "net_profit",
            Self::MaxDrawdown => "max_drawdown",
            Self::NTrades => "n_trades",
        }
    }

    /// The unary plus keeps SQLite from reading the index of trade counts and sorting what it finds; as it is, it
    /// reads the criterion's own index from its good end and stops at the limit.
    const fn sql(self) -> &'static str {
        macro_rules! ranking {
            ($order:literal) => {
                concat!(
                    "SELECT strategies.id, strategies.name, results.run_id, results.rank, results.role, ",
                    "results.sharpe, results.net_profit, results.max_drawdown, results.n_trades ",
                    "FROM results JOIN strategies ON strategies.id = results.strategy_id ",
                    "WHERE results.role = $1 AND +results.n_trades >= $2 ",
                    "AND (CAST($3 AS TEXT) IS NULL OR results.run_id = $3) ORDER BY ",
                    $order,
                    ", results.strategy_id, results.run_id LIMIT $4"
                )
            };
        }
        match self {
            Self::Sharpe => ranking!("results.sharpe DESC NULLS LAST"),
            Self::NetProfit => ranking!("results.net_profit DESC"),
            Self::MaxDrawdown => ranking!("results.max_drawdown"),
            Self::NTrades => ranking!("results.n_trades DESC"),
        }
    }
}

impl fmt::Display for Criterion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Criterion {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let known = Self::ALL.into_iter().find(|criterion| criterion.name() == text);
        known.ok_or_else(|| Error::UnknownCriterion { text: text.to_owned() })
    }
}

impl Library {
    /// The best results by a criterion, best first. Equal ones are ordered by strategy id and run id.
    ///
    /// A strategy appears once for each run that measured it: to take the best of its runs would flatter it.
    ///
    /// # Errors
    /// [`Error::CorruptRow`] if a row no longer is what was stored; otherwise of the database.
    pub async fn ranking(&mut self, ranking: &Ranking<'_>) -> Result<Vec<Ranked>, Error> {
        // More trades than the column can hold means that no result qualifies.
        let Ok(min_trades) = i64::try_from(ranking.min_trades) else { return Ok(Vec::new()) };
        let mut session = self.connection.session();
        let location = session.location();
        let limit = i64::from(ranking.limit);
        let args = [ranking.role.name().into(), min_trades.into(), ranking.run.into(), limit.into()];
        let rows = session.rows(ranking.criterion.sql(), &args).await?;
        rows.into_iter().map(|cells| ranked(&mut Fields::new(location, "strategies", cells))).collect()
    }
}

fn ranked(fields: &mut Fields<'_>) -> Result<Ranked, Error> {
    let (strategy_id, name) = (fields.parsed("id")?, fields.text("name")?);
    let run_id = fields.text("run_id")?;
    let (rank, _, figures) = fields.ranked_figures(&run_id)?;
    Ok(Ranked { strategy_id, name, run_id, rank, figures })
}

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;

    use super::Criterion;
    use crate::Library;

    #[test]
    fn ranking_reads_the_criterions_index_and_sorts_nothing() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
        runtime.block_on(async {
            let mut library = Library::open_in_memory().await.expect("SQLite starts");
            let mut session = library.connection.session();
            for criterion in Criterion::ALL {
                let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", criterion.sql()));
                let rows = session.rows(explain, &[]).await.expect("the query is valid");
                // Each row ends with what is done.
                let plan: Vec<String> = rows.into_iter().filter_map(|mut row| Some(row.pop()?.to_string())).collect();
                let index = format!("the text \"SEARCH results USING INDEX results_by_{criterion} (role=?)\"");
                assert!(plan.len() == 2 && plan[0] == index && plan[1].contains("SEARCH strategies"), "{plan:?}");
            }
        });
    }
}
