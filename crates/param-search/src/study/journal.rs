use std::io::{Read, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::Study;
use crate::{Error, NamedPoint, Outcome, Report, Sampler, VERSION};

/// Version of the journal's lines; a reader refuses others.
const FORMAT: u32 = 1;

/// One line of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Event {
    Journal(Header),
    Ask {
        trial: u64,
        point: NamedPoint,
    },
    Enqueue {
        point: NamedPoint,
    },
    Report {
        trial: u64,
        step: u64,
        value: f64,
    },
    Tell {
        trial: u64,
        outcome: Outcome,
    },
    Record {
        point: NamedPoint,
        reports: Vec<Report>,
        outcome: Outcome,
    },
    /// The line before is torn and to be skipped.
    Resume {},
}

/// The first line: what the journal is of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Header {
    format: u32,
    /// Version of this crate that wrote it, for people.
    version: String,
    space: Json,
    directions: Json,
    sampler: Json,
    pruner: Json,
    skip_repeats: bool,
}

impl<S: Sampler> Study<S> {
    /// Replays a journal and continues it: `past` reads what has been written so far, `journal` appends to it.
    ///
    /// A new journal has an empty past. The study must be as it was when the journal began: same space, sampler, seed,
    /// settings and pruner, nothing asked yet. Afterwards it is, bit for bit, in the state in which the last whole line
    /// left it; a last line that is torn is skipped, and marked so. Each event is written and flushed as one line of
    /// JSON before the call that caused it returns. After [`Error::Io`] the study is ahead of its journal; resume a new
    /// one from there.
    ///
    /// ```no_run
    /// use std::fs::File;
    ///
    /// use param_search::{Domain, Parameter, Problem, Random, Space, Study, StudyOptions};
    ///
    /// let space = Space::new([Parameter::new("x", Domain::float(0.0, 1.0))])?;
    /// let mut study = Study::new(Random::new(&Problem::minimize(space)?, 1), StudyOptions::default());
    /// let file = File::options().read(true).append(true).create(true).open("study.jsonl")?;
    /// study.open_journal(file.try_clone()?, file)?;
    /// # Ok::<(), param_search::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::BadLine`] for a line inside that is not understood, [`Error::OtherStudy`] for a journal of another
    /// study or format, [`Error::Diverged`] if the sampler does not propose what the journal has, and [`Error::Io`].
    ///
    /// # Panics
    /// If the study has been used.
    pub fn open_journal(&mut self, mut past: impl Read, journal: impl Write + Send + 'static) -> Result<(), Error> {
        assert!(self.next_id == 0 && self.queue.is_empty(), "open_journal: the study has been used");
        let mut bytes = Vec::new();
        past.read_to_end(&mut bytes)?;
        let header = self.header()?;
        // What has been asked for stays, whatever the budget is now.
        let n_trials = self.options.n_trials.take();
        let Lines { events, is_torn } = Lines::read(&bytes)?;
        let is_new = events.is_empty();
        for (at, event) in events.into_iter().enumerate() {
            match (at, event) {
                (0, Event::Journal(written)) => header.check(&written)?,
                (0, _) | (_, Event::Journal(_)) => return Err(Error::OtherStudy { what: "purpose: no header" }),
                (_, event) => self.replay(event)?,
            }
        }
        self.options.n_trials = n_trials;
        self.journal = Some(Box::new(journal));
        if bytes.last().is_some_and(|last| *last != b'\n') {
            self.write_line("")?;
        }
        if is_new {
            return self.write(&Event::Journal(header));
        }
        if is_torn { self.write(&Event::Resume {}) } else { Ok(()) }
    }

    fn header(&self) -> Result<Header, Error> {
        let json = |value: Result<Json, serde_json::Error>| value.map_err(|error| Error::Io(error.into()));
        Ok(Header {
            format: FORMAT,
            version: VERSION.to_owned(),
            space: json(serde_json::to_value(self.problem().space()))?,
            directions: json(serde_json::to_value(self.problem().directions()))?,
            sampler: self.sampler.describe(),
            pruner: self.pruner.describe(),
            skip_repeats: self.options.skip_repeats,
        })
    }

    fn replay(&mut self, event: Event) -> Result<(), Error> {
        match event {
            Event::Ask { trial, point } => {
                let suggestion = self.next_suggestion()?;
                if suggestion.id != trial || self.problem().space().to_named(&suggestion.point) != point {
                    return Err(Error::Diverged { trial });
                }
                Ok(())
            }
            Event::Enqueue { point } => {
                let point = self.problem().space().from_named(&point)?;
                self.enqueue(point)
            }
            Event::Report { trial, step, value } => self.report(trial, step, value).map(|_| ()),
            Event::Tell { trial, outcome } => self.tell(trial, outcome),
            Event::Record { point, reports, outcome } => {
                let point = self.problem().space().from_named(&point)?;
                self.record(point, reports, outcome).map(|_| ())
            }
            Event::Resume {} | Event::Journal(_) => Ok(()),
        }
    }

    /// Appends an event, if there is a journal.
    pub(super) fn write(&mut self, event: &Event) -> Result<(), Error> {
        if self.journal.is_none() {
            return Ok(());
        }
        let line = serde_json::to_string(event).map_err(|error| Error::Io(error.into()))?;
        self.write_line(&line)
    }

    fn write_line(&mut self, line: &str) -> Result<(), Error> {
        if let Some(journal) = &mut self.journal {
            journal.write_all(format!("{line}\n").as_bytes())?;
            journal.flush()?;
        }
        Ok(())
    }
}

impl Header {
    fn check(&self, written: &Self) -> Result<(), Error> {
        let pairs = [
            (self.format == written.format, "format"),
            (self.space == written.space, "space"),
            (self.directions == written.directions, "directions"),
            (self.sampler == written.sampler, "sampler"),
            (self.pruner == written.pruner, "pruner"),
            (self.skip_repeats == written.skip_repeats, "setting of `skip_repeats`"),
        ];
        pairs.into_iter().find(|(equal, _)| !equal).map_or(Ok(()), |(_, what)| Err(Error::OtherStudy { what }))
    }
}

struct Lines {
    events: Vec<Event>,
    /// Whether the last line is torn.
    is_torn: bool,
}

impl Lines {
    /// Reads all whole lines. A line that is none is skipped if it is the last, or if the next one says that it is
    /// torn.
    fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut events = Vec::new();
        let mut torn: Option<(u64, serde_json::Error)> = None;
        for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')).filter(|(_, line)| !line.is_empty()) {
            let event = serde_json::from_slice::<Event>(line);
            if let Some((line, source)) = torn.take()
                && !matches!(event, Ok(Event::Resume {} | Event::Journal(_)))
            {
                return Err(Error::BadLine { line, source });
            }
            match event {
                Ok(event) => events.push(event),
                Err(source) => torn = Some((number, source)),
            }
        }
        Ok(Self { events, is_torn: torn.is_some() })
    }
}
