//! Runs with their entries.

use crate::database::Session;
use crate::row::Fields;
use crate::run::{Checked, Entry, Outcome, Run};
use crate::strategies::{self, StoredStrategy};
use crate::{Error, Library};

/// A run without its contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunSummary {
    /// Its name.
    pub id: String,
    /// When it was made, in nanoseconds since 1970-01-01 UTC, if it says so.
    pub recorded_at_ns: Option<i64>,
    /// How many strategies it stored.
    pub n_strategies: u64,
}

impl Library {
    /// Stores a run with its strategies and outcomes as a whole. A run of the same id is replaced, so storing the same
    /// run again changes nothing; strategies that only the replaced run had stay in the library.
    ///
    /// # Errors
    /// [`Error::InvalidText`], [`Error::InvalidRun`] or [`Error::InvalidStrategy`] if the run cannot be stored;
    /// otherwise of the database. On any error the library is as before.
    pub async fn store_run(&mut self, run: &Run) -> Result<(), Error> {
        let checked = Checked::new(run)?;
        let mut transaction = self.connection.begin().await?;
        let mut session = transaction.session();
        session.execute("DELETE FROM runs WHERE id = $1", &[run.id.as_str().into()]).await?;
        let manifest = run.manifest.to_string();
        let args = [run.id.as_str().into(), run.recorded_at_ns.into(), manifest.as_str().into()];
        session.execute("INSERT INTO runs (id, recorded_at_ns, manifest) VALUES ($1, $2, $3)", &args).await?;
        for (entry, texts) in &checked.entries {
            strategies::insert(&mut session, &entry.strategy.name, texts).await?;
            let strategy_id = texts.id.to_string();
            for outcome in &entry.outcomes {
                insert_outcome(&mut session, &run.id, &strategy_id, entry.rank, outcome).await?;
            }
        }
        transaction.commit().await
    }

    /// The run with that id, if it is there: entries by rank, outcomes in-sample first.
    ///
    /// # Errors
    /// [`Error::CorruptRow`] if a row no longer is what was stored; otherwise of the database.
    pub async fn run(&mut self, id: &str) -> Result<Option<Run>, Error> {
        let mut session = self.connection.session();
        let location = session.location();
        let sql = "SELECT recorded_at_ns, manifest FROM runs WHERE id = $1";
        let Some(cells) = session.rows(sql, &[id.into()]).await?.pop() else { return Ok(None) };
        let mut fields = Fields::new(location, "runs", cells);
        fields.enter("runs", id.to_owned());
        let recorded_at_ns = fields.optional_integer("recorded_at_ns")?;
        let manifest = fields.json("manifest")?;

        let sql = "SELECT strategies.id, strategies.strategy, strategies.params, results.rank, results.role, \
                   results.sharpe, results.net_profit, results.max_drawdown, results.n_trades, results.metrics \
                   FROM results JOIN strategies ON strategies.id = results.strategy_id \
                   WHERE results.run_id = $1 ORDER BY results.rank, results.role";
        let mut entries: Vec<Entry> = Vec::new();
        for cells in session.rows(sql, &[id.into()]).await? {
            let mut fields = Fields::new(location, "strategies", cells);
            let StoredStrategy { strategy, params, .. } = strategies::stored(&mut fields)?;
            let (rank, outcome) = fields.ranked_outcome(id)?;
            match entries.last_mut() {
                Some(entry) if entry.rank == rank => entry.outcomes.push(outcome),
                _ => entries.push(Entry { rank, strategy, params, outcomes: vec![outcome] }),
            }
        }
        Ok(Some(Run { id: id.to_owned(), recorded_at_ns, manifest, entries }))
    }

    /// All runs: those without a time first, then by time, then by id.
    ///
    /// # Errors
    /// Of the database.
    pub async fn runs(&mut self) -> Result<Vec<RunSummary>, Error> {
        let mut session = self.connection.session();
        let location = session.location();
        let sql = "SELECT id, recorded_at_ns, \
                   (SELECT count(DISTINCT strategy_id) FROM results WHERE results.run_id = runs.id) \
                   FROM runs ORDER BY recorded_at_ns NULLS FIRST, id";
        let summary = |cells| {
            let mut fields = Fields::new(location, "runs", cells);
            let id = fields.text("id")?;
            fields.enter("runs", id.clone());
            let recorded_at_ns = fields.optional_integer("recorded_at_ns")?;
            Ok(RunSummary { id, recorded_at_ns, n_strategies: fields.unsigned("count")? })
        };
        session.rows(sql, &[]).await?.into_iter().map(summary).collect()
    }

    /// Deletes a run and its outcomes; whether it was there. Its strategies stay.
    ///
    /// # Errors
    /// Of the database.
    pub async fn delete_run(&mut self, id: &str) -> Result<bool, Error> {
        let n_deleted = self.connection.session().execute("DELETE FROM runs WHERE id = $1", &[id.into()]).await?;
        Ok(n_deleted > 0)
    }
}

async fn insert_outcome(
    session: &mut Session<'_>,
    run_id: &str,
    strategy_id: &str,
    rank: u32,
    outcome: &Outcome,
) -> Result<(), Error> {
    let sql = "INSERT INTO results (run_id, strategy_id, role, rank, sharpe, net_profit, max_drawdown, n_trades, \
               metrics) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let figures = outcome.figures;
    let n_trades = i64::try_from(figures.n_trades).expect("checked before the transaction began");
    let metrics = outcome.metrics.to_string();
    let args = [
        run_id.into(),
        strategy_id.into(),
        outcome.role.name().into(),
        i64::from(rank).into(),
        figures.sharpe.into(),
        figures.net_profit.into(),
        figures.max_drawdown.into(),
        n_trades.into(),
        metrics.as_str().into(),
    ];
    session.execute(sql, &args).await.map(drop)
}
