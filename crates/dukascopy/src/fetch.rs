//! Downloading a range hour by hour, so that every hour ends as data, closed, not there or failed.

mod ask;
mod day;
mod downloader;
mod event;
mod files;
mod report;
mod request;
mod route;

pub use self::downloader::Downloader;
pub use self::event::FetchEvent;
pub use self::files::{FetchedFile, FileRequest, candle_keys};
pub use self::report::{FetchReport, FetchedDay, FetchedHour, Gap, HourCounts, HourOutcome, OriginCount};
pub use self::request::{FetchRequest, RetryPolicy};
pub use self::route::Route;
