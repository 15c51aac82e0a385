use std::fs::File;

use csv::{ReaderBuilder, StringRecord, Trim};
use market::UnixNanos;

use crate::columns::{Column, Layout};
use crate::table::Table;
use crate::{Error, NaiveTime, ReadOptions};

pub(crate) fn read(file: File, options: ReadOptions, wanted: &[Column]) -> Result<Table, Error> {
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(file);
    let names = reader.headers().map_err(Error::malformed)?.iter().map(str::to_owned).collect();
    let mut table = Table::new(Layout::of(names, wanted)?);
    let present = table.layout.present.clone();
    let mut record = StringRecord::new();
    let mut row = 0;
    while reader.read_record(&mut record).map_err(Error::malformed)? {
        row += 1;
        for &(column, at) in &present {
            let cell = record.get(at).unwrap_or_default();
            if let Err(fault) = add(&mut table, column, cell, options) {
                return Err(fault.at(row, table.name(column), cell));
            }
        }
    }
    Ok(table)
}

enum Fault {
    Expected(&'static str),
    NaiveTime,
    NoTimeUnit,
}

impl Fault {
    fn at(self, row: usize, column: String, cell: &str) -> Error {
        match self {
            Self::NaiveTime => Error::NaiveTime { column },
            Self::NoTimeUnit => Error::NoTimeUnit { column },
            Self::Expected(expected) => {
                let found = if cell.is_empty() { "an empty cell".to_owned() } else { format!("`{cell}`") };
                Error::Value { row, column, found, expected }
            }
        }
    }
}

fn add(table: &mut Table, column: Column, cell: &str, options: ReadOptions) -> Result<(), Fault> {
    match column {
        Column::OpenTime | Column::Time => table.time.push(time(cell, options)?),
        Column::TickCount => table.tick_count.push(cell.parse().map_err(|_| Fault::Expected("a count of ticks"))?),
        _ => {
            let number = if cell.is_empty() && column == Column::Spread {
                f64::NAN
            } else {
                cell.parse().map_err(|_| Fault::Expected("a number"))?
            };
            table.numbers_mut(column).expect("times and counts are read above").push(number);
        }
    }
    Ok(())
}

fn time(cell: &str, options: ReadOptions) -> Result<UnixNanos, Fault> {
    const EXPECTED: &str = "a time of the years 1678 to 2261, as 2019-02-04T13:00:00Z";
    if let Ok(count) = cell.parse::<i64>() {
        let unit = options.time_unit.ok_or(Fault::NoTimeUnit)?;
        return unit.time(count).ok_or(Fault::Expected(EXPECTED));
    }
    // Behind the ten characters of the date, a zone is a `Z` or starts with a sign.
    let has_zone = cell.get(10..).is_some_and(|rest| rest.contains(['Z', 'z', '+', '-']));
    let is_date = cell.len() <= 10;
    let zoned = if has_zone || is_date { cell.to_owned() } else { format!("{cell}Z") };
    let time = zoned.parse().map_err(|_| Fault::Expected(EXPECTED))?;
    if has_zone || options.naive_time == NaiveTime::Utc { Ok(time) } else { Err(Fault::NaiveTime) }
}
