//! Reading a row of the database with errors that name it.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::{Error, Figures, Outcome, Role};

/// One value of a row.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    /// A type that no column of the library has.
    Other(String),
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("nothing"),
            Self::Integer(integer) => write!(f, "the integer {integer}"),
            Self::Real(real) => write!(f, "the number {real}"),
            Self::Text(text) => write!(f, "the text {text:?}"),
            Self::Other(name) => write!(f, "a value of type {name}"),
        }
    }
}

/// The values of a row, taken one after the other.
pub(crate) struct Fields<'a> {
    location: &'a str,
    table: &'static str,
    id: String,
    cells: std::vec::IntoIter<Cell>,
}

/// What a column should have held, and what it held.
#[derive(Debug, thiserror::Error)]
#[error("expected {expected}, found {found}")]
struct Unexpected {
    expected: &'static str,
    found: String,
}

impl<'a> Fields<'a> {
    /// The fields of a row of `table`.
    pub(crate) fn new(location: &'a str, table: &'static str, cells: Vec<Cell>) -> Self {
        Self { location, table, id: "unknown".to_owned(), cells: cells.into_iter() }
    }

    /// From here on, the fields belong to row `id` of `table`.
    pub(crate) fn enter(&mut self, table: &'static str, id: String) {
        (self.table, self.id) = (table, id);
    }

    pub(crate) fn text(&mut self, column: &'static str) -> Result<String, Error> {
        match self.cell() {
            Cell::Text(text) => Ok(text),
            other => Err(self.unexpected(column, "a text", &other)),
        }
    }

    pub(crate) fn optional_integer(&mut self, column: &'static str) -> Result<Option<i64>, Error> {
        match self.cell() {
            Cell::Integer(integer) => Ok(Some(integer)),
            Cell::Null => Ok(None),
            other => Err(self.unexpected(column, "an integer or nothing", &other)),
        }
    }

    /// A count or a rank.
    pub(crate) fn unsigned<T: TryFrom<i64>>(&mut self, column: &'static str) -> Result<T, Error> {
        let cell = self.cell();
        let integer = if let Cell::Integer(integer) = cell { T::try_from(integer).ok() } else { None };
        integer.ok_or_else(|| self.unexpected(column, "an integer in range", &cell))
    }

    /// A value that is parsed from a text.
    pub(crate) fn parsed<T: std::str::FromStr<Err = Error>>(&mut self, column: &'static str) -> Result<T, Error> {
        self.text(column)?.parse().map_err(|error: Error| self.corrupt(column, error))
    }

    pub(crate) fn json<T: DeserializeOwned>(&mut self, column: &'static str) -> Result<T, Error> {
        let text = self.text(column)?;
        serde_json::from_str(&text).map_err(|error| self.corrupt(column, error))
    }

    /// Rank, role, figures and metrics of a result of `run_id`.
    pub(crate) fn ranked_outcome(&mut self, run_id: &str) -> Result<(u32, Outcome), Error> {
        let (rank, role, figures) = self.ranked_figures(run_id)?;
        Ok((rank, Outcome { role, figures, metrics: self.json("metrics")? }))
    }

    /// Rank, role and figures of a result of `run_id`.
    pub(crate) fn ranked_figures(&mut self, run_id: &str) -> Result<(u32, Role, Figures), Error> {
        self.enter("results", run_id.to_owned());
        let rank = self.unsigned("rank")?;
        self.enter("results", format!("{run_id}/{rank}"));
        let role = self.role()?;
        self.enter("results", format!("{run_id}/{rank}/{role}"));
        let figures = Figures {
            sharpe: self.optional_real("sharpe")?,
            net_profit: self.real("net_profit")?,
            max_drawdown: self.real("max_drawdown")?,
            n_trades: self.unsigned("n_trades")?,
        };
        Ok((rank, role, figures))
    }

    pub(crate) fn corrupt(
        &self,
        column: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Error {
        let (location, id) = (self.location.to_owned(), self.id.clone());
        Error::CorruptRow { location, table: self.table, id, column, source: source.into() }
    }

    fn role(&mut self) -> Result<Role, Error> {
        let name = self.text("role")?;
        let role = Role::ALL.into_iter().find(|role| role.name() == name);
        role.ok_or_else(|| self.unexpected("role", "in_sample or out_of_sample", &Cell::Text(name)))
    }

    fn optional_real(&mut self, column: &'static str) -> Result<Option<f64>, Error> {
        match self.cell() {
            Cell::Real(real) if real.is_finite() => Ok(Some(real)),
            Cell::Null => Ok(None),
            other => Err(self.unexpected(column, "a finite number or nothing", &other)),
        }
    }

    fn real(&mut self, column: &'static str) -> Result<f64, Error> {
        let found = self.optional_real(column)?;
        found.ok_or_else(|| self.unexpected(column, "a finite number", &Cell::Null))
    }

    fn cell(&mut self) -> Cell {
        self.cells.next().expect("a query selects as many columns as are read")
    }

    fn unexpected(&self, column: &'static str, expected: &'static str, found: &Cell) -> Error {
        self.corrupt(column, Unexpected { expected, found: found.to_string() })
    }
}
