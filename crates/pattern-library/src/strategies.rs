//! Strategies and their history.

use serde::Serialize;
use serde::de::DeserializeOwned;
use strategy::{Params, Strategy};

use crate::database::Session;
use crate::row::Fields;
use crate::run::Outcome;
use crate::{Error, Library, StrategyId};

/// A strategy with its parameters, as a library holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredStrategy {
    /// Its identity.
    pub id: StrategyId,
    /// The rule.
    pub strategy: Strategy,
    /// The values of its inputs.
    pub params: Params,
}

/// Identity and name of a strategy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrategySummary {
    /// Its identity.
    pub id: StrategyId,
    /// Its name; several may share one.
    pub name: String,
}

/// What one run measured for a strategy.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEntry {
    /// The run.
    pub run_id: String,
    /// When the run was made, in nanoseconds since 1970-01-01 UTC, if it says so.
    pub recorded_at_ns: Option<i64>,
    /// The strategy's place in that run, 1 for the best.
    pub rank: u32,
    /// What was measured.
    pub outcome: Outcome,
}

impl Library {
    /// Stores a strategy with its parameters and gives its id. One that is there already stays as it is.
    ///
    /// # Errors
    /// [`Error::InvalidStrategy`] if the strategy or its parameters are not valid; otherwise of the database.
    pub async fn store_strategy(&mut self, strategy: &Strategy, params: &Params) -> Result<StrategyId, Error> {
        let texts = Texts::new(strategy, params)?;
        insert(&mut self.connection.session(), &strategy.name, &texts).await?;
        Ok(texts.id)
    }

    /// The strategy with that id, if it is there.
    ///
    /// # Errors
    /// [`Error::CorruptRow`] if it no longer is what was stored; otherwise of the database.
    pub async fn strategy(&mut self, id: StrategyId) -> Result<Option<StoredStrategy>, Error> {
        let mut session = self.connection.session();
        let location = session.location();
        let sql = "SELECT id, strategy, params FROM strategies WHERE id = $1";
        let row = session.rows(sql, &[id.to_string().as_str().into()]).await?.pop();
        row.map(|cells| stored(&mut Fields::new(location, "strategies", cells))).transpose()
    }

    /// All strategies, by name and id.
    ///
    /// # Errors
    /// [`Error::CorruptRow`] for an id that is none; otherwise of the database.
    pub async fn strategies(&mut self) -> Result<Vec<StrategySummary>, Error> {
        let mut session = self.connection.session();
        let location = session.location();
        let rows = session.rows("SELECT id, name FROM strategies ORDER BY name, id", &[]).await?;
        let summary = |cells| {
            let mut fields = Fields::new(location, "strategies", cells);
            Ok(StrategySummary { id: fields.parsed("id")?, name: fields.text("name")? })
        };
        rows.into_iter().map(summary).collect()
    }

    /// Deletes a strategy; whether it was there.
    ///
    /// # Errors
    /// [`Error::StrategyInUse`] while runs refer to it; otherwise of the database.
    pub async fn delete_strategy(&mut self, id: StrategyId) -> Result<bool, Error> {
        let text = id.to_string();
        let mut transaction = self.connection.begin().await?;
        let mut session = transaction.session();
        let location = session.location();
        let sql = "SELECT count(*) FROM results WHERE strategy_id = $1";
        let cells = session.rows(sql, &[text.as_str().into()]).await?.pop().unwrap_or_default();
        let n_results = Fields::new(location, "results", cells).unsigned("count")?;
        if n_results > 0 {
            return Err(Error::StrategyInUse { strategy: id, n_results });
        }
        let n_deleted = session.execute("DELETE FROM strategies WHERE id = $1", &[text.as_str().into()]).await?;
        transaction.commit().await?;
        Ok(n_deleted > 0)
    }

    /// All that runs have measured for a strategy: runs without a time first, then by time, then by run id, in-sample
    /// before out-of-sample. Empty if the strategy is unknown.
    ///
    /// # Errors
    /// [`Error::CorruptRow`] if a row no longer is what was stored; otherwise of the database.
    pub async fn history(&mut self, id: StrategyId) -> Result<Vec<HistoryEntry>, Error> {
        let mut session = self.connection.session();
        let location = session.location();
        let sql = "SELECT runs.id, runs.recorded_at_ns, results.rank, results.role, results.sharpe, results.net_profit, \
                   results.max_drawdown, results.n_trades, results.metrics \
                   FROM results JOIN runs ON runs.id = results.run_id WHERE results.strategy_id = $1 \
                   ORDER BY runs.recorded_at_ns NULLS FIRST, runs.id, results.role";
        let rows = session.rows(sql, &[id.to_string().as_str().into()]).await?;
        rows.into_iter().map(|cells| history_entry(&mut Fields::new(location, "runs", cells))).collect()
    }
}

/// The texts under which a valid strategy and its parameters are stored.
pub(crate) struct Texts {
    pub(crate) id: StrategyId,
    strategy: String,
    params: String,
}

impl Texts {
    pub(crate) fn new(strategy: &Strategy, params: &Params) -> Result<Self, Error> {
        let texts = || -> Result<Self, Cause> {
            check(strategy, params)?;
            let (strategy, params) = (faithful(strategy)?, faithful(params)?);
            Ok(Self { id: StrategyId::of(&strategy, &params), strategy, params })
        };
        texts().map_err(|source| Error::InvalidStrategy { name: strategy.name.clone(), source })
    }
}

/// Inserts a strategy if it is not there.
pub(crate) async fn insert(session: &mut Session<'_>, name: &str, texts: &Texts) -> Result<(), Error> {
    let sql = "INSERT INTO strategies (id, name, strategy, params) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING";
    let id = texts.id.to_string();
    let args = [id.as_str().into(), name.into(), texts.strategy.as_str().into(), texts.params.as_str().into()];
    session.execute(sql, &args).await.map(drop)
}

/// Reads id, strategy and params, and checks that they still belong together.
pub(crate) fn stored(fields: &mut Fields<'_>) -> Result<StoredStrategy, Error> {
    let id_text = fields.text("id")?;
    fields.enter("strategies", id_text.clone());
    let id: StrategyId = id_text.parse().map_err(|error: Error| fields.corrupt("id", error))?;
    let (strategy_text, params_text) = (fields.text("strategy")?, fields.text("params")?);
    let strategy: Strategy = serde_json::from_str(&strategy_text).map_err(|error| fields.corrupt("strategy", error))?;
    let params: Params = serde_json::from_str(&params_text).map_err(|error| fields.corrupt("params", error))?;
    strategy.validate().map_err(|error| fields.corrupt("strategy", error))?;
    strategy.check_params(&params).map_err(|error| fields.corrupt("params", error))?;
    if StrategyId::of(&strategy_text, &params_text) != id {
        return Err(fields.corrupt("id", "the strategy or its parameters have another id"));
    }
    Ok(StoredStrategy { id, strategy, params })
}

type Cause = Box<dyn std::error::Error + Send + Sync>;

fn check(strategy: &Strategy, params: &Params) -> Result<(), strategy::Error> {
    strategy.validate()?;
    strategy.check_params(params)
}

/// The JSON text of a value, if the equal value can be read back from it.
fn faithful<T: Serialize + DeserializeOwned + PartialEq>(value: &T) -> Result<String, Cause> {
    let text = serde_json::to_string(value)?;
    if serde_json::from_str::<T>(&text)? != *value {
        return Err("it does not survive being written as JSON".into());
    }
    Ok(text)
}

fn history_entry(fields: &mut Fields<'_>) -> Result<HistoryEntry, Error> {
    let run_id = fields.text("id")?;
    fields.enter("runs", run_id.clone());
    let recorded_at_ns = fields.optional_integer("recorded_at_ns")?;
    let (rank, outcome) = fields.ranked_outcome(&run_id)?;
    Ok(HistoryEntry { run_id, recorded_at_ns, rank, outcome })
}
