mod columns;
mod screen;

use std::io::{IsTerminal, stdout};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use hwprobe::{Error, Monitor, Samples, Snapshot};

use self::columns::Columns;
use self::screen::Screen;
use crate::args::{Format, WatchOptions};
use crate::output::{print, print_json};

/// `hwprobe watch`.
pub(crate) fn run(options: &WatchOptions, format: Format) -> Result<()> {
    let machine = hwprobe::probe().context("cannot probe this machine")?;
    let samples = Samples::new(snapshots(options.interval)).take(options.count.unwrap_or(usize::MAX));
    let is_terminal = stdout().is_terminal();
    let (mut screen, mut columns) = (Screen::new(&machine), Columns::default());
    for sample in samples {
        let sample = sample.context("cannot read the load of this machine")?;
        match format {
            Format::Json => print_json(&sample)?,
            Format::Human if is_terminal => print(&screen.redraw(&sample, terminal_size()))?,
            Format::Human => print(&columns.lines(&sample))?,
        }
    }
    Ok(())
}

/// One now and one after each interval, whatever the time that it takes to use them.
#[expect(clippy::disallowed_methods, reason = "a program may have a clock, and the load is over its time")]
fn snapshots(interval: Duration) -> impl Iterator<Item = Result<Snapshot, Error>> {
    let (monitor, start) = (Monitor::open(), Instant::now());
    let mut next = Duration::ZERO;
    std::iter::repeat_with(move || {
        sleep(next.saturating_sub(start.elapsed()));
        let now = start.elapsed();
        // Moments that have passed meanwhile are left out.
        while next <= now {
            next += interval;
        }
        monitor.snapshot(now)
    })
}

/// Columns and rows; those of old terminals where the size is not known.
fn terminal_size() -> (usize, usize) {
    match terminal_size::terminal_size() {
        Some((width, height)) => (usize::from(width.0), usize::from(height.0)),
        None => (80, 24),
    }
}
