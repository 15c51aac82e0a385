//! Chart patterns.

use serde_json::Value;

use crate::row::Fields;
use crate::run::check_text;
use crate::{Error, Library};

/// A pattern of price or chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Its name, unique in the library; like every text here 1 to 200 characters, no control characters.
    pub name: String,
    /// What kind of pattern it is: `candlestick`, `support`, `trend_line`, ….
    pub kind: String,
    /// How it is recognised, in whatever shape its maker has.
    pub definition: Value,
    /// Label of its maker: a book, a miner, a model, or `rules`.
    pub source: String,
}

impl Library {
    /// Stores a pattern. One of the same name is replaced.
    ///
    /// # Errors
    /// [`Error::InvalidText`] for an unusable name, kind or source; otherwise of the database.
    pub async fn store_pattern(&mut self, pattern: &Pattern) -> Result<(), Error> {
        for (what, text) in
            [("pattern name", &pattern.name), ("pattern kind", &pattern.kind), ("source label", &pattern.source)]
        {
            check_text(what, text)?;
        }
        let sql = "INSERT INTO patterns (name, kind, definition, source) VALUES ($1, $2, $3, $4) ON CONFLICT (name) \
                   DO UPDATE SET kind = excluded.kind, definition = excluded.definition, source = excluded.source";
        let definition = pattern.definition.to_string();
        let args = [&pattern.name, &pattern.kind, &definition, &pattern.source].map(|text| text.as_str().into());
        self.connection.session().execute(sql, &args).await.map(drop)
    }

    /// The pattern of that name, if it is there.
    ///
    /// # Errors
    /// [`Error::CorruptRow`] if it no longer is what was stored; otherwise of the database.
    pub async fn pattern(&mut self, name: &str) -> Result<Option<Pattern>, Error> {
        let sql = "SELECT name, kind, definition, source FROM patterns WHERE name = $1";
        let mut session = self.connection.session();
        let location = session.location();
        session.rows(sql, &[name.into()]).await?.pop().map(|cells| read(location, cells)).transpose()
    }

    /// All patterns, or all of one kind, by name.
    ///
    /// # Errors
    /// [`Error::CorruptRow`] if a row no longer is what was stored; otherwise of the database.
    pub async fn patterns(&mut self, kind: Option<&str>) -> Result<Vec<Pattern>, Error> {
        let sql = "SELECT name, kind, definition, source FROM patterns \
                   WHERE CAST($1 AS TEXT) IS NULL OR kind = $1 ORDER BY name";
        let mut session = self.connection.session();
        let location = session.location();
        session.rows(sql, &[kind.into()]).await?.into_iter().map(|cells| read(location, cells)).collect()
    }

    /// Deletes a pattern; whether it was there.
    ///
    /// # Errors
    /// Of the database.
    pub async fn delete_pattern(&mut self, name: &str) -> Result<bool, Error> {
        let sql = "DELETE FROM patterns WHERE name = $1";
        Ok(self.connection.session().execute(sql, &[name.into()]).await? > 0)
    }
}

fn read(location: &str, cells: Vec<crate::row::Cell>) -> Result<Pattern, Error> {
    let mut fields = Fields::new(location, "patterns", cells);
    let name = fields.text("name")?;
    fields.enter("patterns", name.clone());
    let (kind, definition, source) = (fields.text("kind")?, fields.json("definition")?, fields.text("source")?);
    Ok(Pattern { name, kind, definition, source })
}
