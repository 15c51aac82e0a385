use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::files::{create_folder, write_atomically};
use crate::timing::Timing;
use crate::{Error, Progress, Stage};

/// Results of finished stages, one JSON file each, so that a run that was killed goes on where it was.
///
/// A number is read back as the very number that was written, so a resumed run gives the bytes of an uninterrupted one.
pub(crate) struct StageStore<'a> {
    folder: PathBuf,
    progress: &'a (dyn Fn(Progress) + Sync),
}

impl<'a> StageStore<'a> {
    /// Opens the store below `out`. A store with results of a run with another id is refused; one without any, which a
    /// run that failed early leaves behind, is taken over.
    pub(crate) fn open(out: &Path, run_id: &str, progress: &'a (dyn Fn(Progress) + Sync)) -> Result<Self, Error> {
        let folder = out.join("stages");
        create_folder(&folder)?;
        let marker = folder.join("run-id");
        match fs::read_to_string(&marker) {
            Ok(found) if found == run_id => {}
            Ok(found) if has_results(&folder)? => {
                return Err(Error::OtherRun { path: out.to_owned(), found, expected: run_id.to_owned() });
            }
            Ok(_) => write_atomically(&marker, run_id.as_bytes())?,
            Err(error) if error.kind() == ErrorKind::NotFound => write_atomically(&marker, run_id.as_bytes())?,
            Err(source) => return Err(Error::read(&marker, source)),
        }
        Ok(Self { folder, progress })
    }

    /// A file in the store.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The stage's result: read back if it is finished, computed and kept otherwise. `timing` ends its lap.
    pub(crate) fn stage<T, F>(&self, stage: Stage, timing: &mut Timing, compute: F) -> Result<T, Error>
    where
        T: Serialize + DeserializeOwned,
        F: FnOnce() -> Result<T, Error>,
    {
        let path = self.file(&format!("{}.json", stage.name()));
        let timing_path = self.file(&format!("{}.timing.json", stage.name()));
        if let Some(result) = read_result(&path)? {
            (self.progress)(Progress::Resumed { stage });
            timing.lap_resumed(stage, read_result(&timing_path)?);
            return Ok(result);
        }
        (self.progress)(Progress::Started { stage });
        let result = compute()?;
        write_result(&path, stage, &result)?;
        // What was written is used, not what was computed: the same as after a resume, whatever JSON makes of it.
        let result = read_result(&path)?.ok_or_else(|| Error::read(&path, ErrorKind::NotFound.into()))?;
        write_result(&timing_path, stage, timing.lap(stage))?;
        (self.progress)(Progress::Finished { stage });
        Ok(result)
    }
}

/// The id of the run to which a folder belongs.
pub(crate) fn kept_run_id(out: &Path) -> Result<String, Error> {
    let marker = out.join("stages/run-id");
    fs::read_to_string(&marker).map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            Error::NotARun { path: out.to_owned(), missing: "stages/run-id" }
        }
        _ => Error::read(&marker, error),
    })
}

/// A result that a finished run has kept below its folder `out`.
pub(crate) fn kept<T: DeserializeOwned>(out: &Path, name: &str) -> Result<T, Error> {
    read_result(&out.join(name))?.ok_or_else(|| Error::Unfinished { path: out.to_owned(), missing: name.to_owned() })
}

fn has_results(folder: &Path) -> Result<bool, Error> {
    let finished = |stage: &Stage| folder.join(format!("{}.json", stage.name())).try_exists();
    for stage in &Stage::ALL {
        if finished(stage).map_err(|source| Error::read(folder, source))? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn write_result<T: Serialize>(path: &Path, stage: Stage, result: &T) -> Result<(), Error> {
    let text = serde_json::to_vec(result).map_err(Error::failed(format!("writing the result of stage {stage}")))?;
    write_atomically(path, &text)
}

fn read_result<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, Error> {
    match fs::read(path) {
        Ok(text) => serde_json::from_slice(&text)
            .map(Some)
            .map_err(|source| Error::Damaged { path: path.to_owned(), source: Box::new(source) }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::read(path, source)),
    }
}
