//! Private servers for one test run: on free ports, with their data in a temporary folder.

mod guard;
mod install;
mod kafka;
mod postgres;
mod process;
mod redis;

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use self::guard::Guard;
use self::process::Service;
use crate::say;

/// A kind of server that tests can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// PostgreSQL.
    Postgres,
    /// Redis.
    Redis,
    /// A broker that speaks Kafka's protocol.
    Kafka,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Postgres, Self::Redis, Self::Kafka];

    /// The environment variable in which tests look for the server's address.
    pub(crate) const fn variable(self) -> &'static str {
        match self {
            Self::Postgres => "AIO_TEST_POSTGRES_URL",
            Self::Redis => "AIO_TEST_REDIS_URL",
            Self::Kafka => "AIO_TEST_KAFKA_BROKERS",
        }
    }

    fn start(self, folder: &Path, cache: &Path) -> Result<Service> {
        match self {
            Self::Postgres => postgres::start(folder),
            Self::Redis => redis::start(folder),
            Self::Kafka => kafka::start(folder, cache),
        }
    }
}

/// The servers of one test run. Dropping it stops them and removes their data.
pub(crate) struct Services {
    // Dropped in this order: servers, their data, and last the process that would clean up after a sudden death.
    running: Vec<(Kind, Service)>,
    _folder: TempDir,
    _guard: Guard,
}

impl Services {
    /// Starts all servers but those in `without` and waits until each answers.
    pub(crate) fn start(without: &[Kind]) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("aio-services-").tempdir().context("no temporary folder")?;
        // A server may run as another user, who has to reach its own folder in here.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o711))?;
        let guard = Guard::over(folder.path())?;
        let cache = cache_folder()?;
        // Two runs must not install the same thing at once.
        let lock = File::create(cache.join("lock"))?;
        lock.lock().context("cannot lock the folder of installed servers")?;

        let mut running = Vec::new();
        for kind in Kind::ALL {
            if without.contains(&kind) {
                say(&format!("{kind:?} is left out (--without): the tests that need it are skipped"));
                continue;
            }
            let service = kind.start(folder.path(), &cache).with_context(|| format!("{kind:?} cannot be provided"))?;
            say(&format!("{kind:?} answers: {}={}", kind.variable(), service.address()));
            running.push((kind, service));
        }
        Ok(Self { running, _folder: folder, _guard: guard })
    }

    /// Where the server of that kind listens, in the form in which its variable holds it; `None` if it was left out.
    pub(crate) fn address(&self, kind: Kind) -> Option<&str> {
        self.running.iter().find(|(running, _)| *running == kind).map(|(_, service)| service.address())
    }
}

/// Folder beside this program, in cargo's target folder, for what is installed once and kept.
fn cache_folder() -> Result<PathBuf> {
    let program = std::env::current_exe().context("this program's own path is unknown")?;
    let target = program.ancestors().nth(2).context("this program is not in a target folder")?;
    let cache = target.join("xtask");
    fs::create_dir_all(&cache).with_context(|| format!("cannot create {}", cache.display()))?;
    Ok(cache)
}
