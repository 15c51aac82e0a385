//! The folder of a run.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use market_files::AtomicFile;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What the run was made with.
pub(crate) const RUN: &str = "run.json";
/// What was tried.
pub(crate) const TRIALS: &str = "trials.csv";
/// Journal of a search.
pub(crate) const JOURNAL: &str = "journal.jsonl";
/// Bars that came through a pipe.
pub(crate) const BARS: &str = "bars.parquet";
/// Result of `optimize walk-forward`.
pub(crate) const WALK_FORWARD: &str = "walk_forward.json";
/// Result of `optimize walk-forward --cross-validate`.
pub(crate) const CROSS_VALIDATION: &str = "cross_validation.json";
/// Result of `optimize noise-test`.
pub(crate) const NOISE_TEST: &str = "noise_test.json";
/// Result of `optimize rank`.
pub(crate) const RANKING: &str = "ranking.json";

/// Makes the folder of a new run; one that has a run already is refused.
pub(crate) fn create(folder: &Path) -> Result<()> {
    if folder.join(RUN).exists() {
        bail!("{} has a run already: give another folder, or --resume for a search", folder.display());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))
}

/// Writes a file that has its name only when it is complete.
pub(crate) fn write(folder: &Path, name: &str, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<PathBuf> {
    let path = folder.join(name);
    let mut file = std::io::BufWriter::new(AtomicFile::create(&path)?);
    write(&mut file).with_context(|| format!("cannot write {}", path.display()))?;
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?.commit()?;
    Ok(path)
}

/// Writes a value as JSON.
pub(crate) fn write_json(folder: &Path, name: &str, value: &impl Serialize) -> Result<PathBuf> {
    write(folder, name, |mut file| {
        serde_json::to_writer_pretty(&mut file, value)?;
        Ok(writeln!(file)?)
    })
}

/// Reads a value from JSON.
pub(crate) fn read_json<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T> {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not what this version writes", path.display()))
}

/// Reads a value from JSON, if the file is there.
pub(crate) fn read_json_if_there<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Option<T>> {
    if folder.join(name).exists() { read_json(folder, name).map(Some) } else { Ok(None) }
}
