use std::io::{Read, Write};

use anyhow::{Result, bail, ensure};
use market_files::{TextColumn, write_text_columns};

use crate::args::{ComputeArgs, Format};
use crate::call::Call;
use crate::compute::binding::Binding;
use crate::compute::json::{Cell, JsonLines};
use crate::compute::records::Records;
use crate::compute::sink;
use crate::sink::Sink;

/// Computes the indicators of a table in CSV.
pub(crate) fn run(options: &ComputeArgs, calls: &[Call], format: Format, source: impl Read) -> Result<()> {
    let mut records = Records::new(source, options.delimiter);
    if !records.advance()? {
        bail!("the table is empty: its first line has the names of the columns");
    }
    refuse_other_formats(records.row())?;
    let names: Vec<String> = (0..records.n_cells()).map(|cell| records.text(cell)).collect::<Result<_>>()?;
    let mut table =
        Table { binding: Binding::new(calls, options, &names)?, names, row: Vec::new(), values: Vec::new() };
    let mut sink = sink(options, format)?;
    match format {
        Format::Csv => table.write_csv(&mut records, options.delimiter, &mut sink)?,
        Format::Json => table.write_json(&mut records, &mut sink)?,
        Format::Parquet => sink = table.write_parquet(&mut records, sink)?,
    }
    sink.commit()
}

/// Says what a table is that is no CSV in UTF-8, from how it begins.
fn refuse_other_formats(beginning: &[u8]) -> Result<()> {
    match beginning {
        [0x1f, 0x8b, ..] => bail!("it is compressed: unpack it first, as in `gzip -dc FILE | indicators compute …`"),
        [b'P', b'A', b'R', b'1', ..] => bail!("it is Parquet: give it a name that ends in .parquet"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => bail!("its text is UTF-16: it has to be UTF-8"),
        _ => Ok(()),
    }
}

struct Table {
    binding: Binding,
    names: Vec<String>,
    /// The numbers of the row that are read.
    row: Vec<f64>,
    /// Those that are added.
    values: Vec<f64>,
}

impl Table {
    /// Rows as they are, with the new cells behind.
    fn write_csv(&mut self, records: &mut Records<impl Read>, delimiter: u8, sink: &mut Sink) -> Result<()> {
        sink.write_all(records.row())?;
        for name in &self.binding.added {
            sink.write_all(&[delimiter])?;
            sink.write_all(quoted(name, delimiter).as_bytes())?;
        }
        sink.write_all(records.line_break())?;
        while self.advance(records, sink)? {
            sink.write_all(records.row())?;
            for value in &self.values {
                sink.write_all(&[delimiter])?;
                write_number(sink, *value)?;
            }
            sink.write_all(records.line_break())?;
        }
        Ok(())
    }

    fn write_json(&mut self, records: &mut Records<impl Read>, sink: &mut Sink) -> Result<()> {
        let lines = JsonLines::new(&self.names, &self.binding.added)?;
        while self.advance(records, sink)? {
            let cells: Vec<String> = (0..self.names.len()).map(|cell| records.text(cell)).collect::<Result<_>>()?;
            let cells = cells.iter().map(|cell| if cell.is_empty() { Cell::Null } else { Cell::Plain(cell) });
            lines.write(sink, cells, &self.values)?;
        }
        Ok(())
    }

    fn write_parquet(&mut self, records: &mut Records<impl Read>, mut sink: Sink) -> Result<Sink> {
        let mut columns: Vec<TextColumn> =
            self.names.iter().map(|name| TextColumn { name: name.clone(), cells: Vec::new() }).collect();
        let mut added: Vec<(String, Vec<f64>)> =
            self.binding.added.iter().map(|name| (name.clone(), Vec::new())).collect();
        while self.advance(records, &mut sink)? {
            for (cell, column) in columns.iter_mut().enumerate() {
                column.cells.push(records.text(cell)?);
            }
            for ((_, column), &value) in added.iter_mut().zip(&self.values) {
                column.push(value);
            }
        }
        Ok(write_text_columns(sink, &columns, &added)?)
    }

    /// Reads the next row and computes its values; false if there is none. What has been written is passed on before it
    /// waits.
    fn advance(&mut self, records: &mut Records<impl Read>, sink: &mut Sink) -> Result<bool> {
        if records.would_wait() {
            sink.pass_on()?;
        }
        if !records.advance()? {
            return Ok(false);
        }
        let (expected, found) = (self.names.len(), records.n_cells());
        ensure!(expected == found, "line {}: {found} cells in a table of {expected} columns", records.line());
        self.row.clear();
        for &column in &self.binding.read {
            let cell = records.cell(column);
            let Some(number) = number(&cell) else {
                let (line, text) = (records.line(), String::from_utf8_lossy(&cell));
                bail!("line {line}, column `{}`: `{text}` is not a number", self.names[column]);
            };
            self.row.push(number);
        }
        self.binding.update(&self.row, &mut self.values);
        Ok(true)
    }
}

/// Writes `value` as a cell, empty if there is none.
pub(crate) fn write_number(sink: &mut impl Write, value: f64) -> Result<()> {
    if !value.is_nan() {
        write!(sink, "{value}")?;
    }
    Ok(())
}

/// The number of a cell; NaN for those that say that there is none.
fn number(cell: &[u8]) -> Option<f64> {
    const MISSING: [&str; 5] = ["", "na", "n/a", "null", "none"];
    let text = str::from_utf8(cell).ok()?.trim();
    if MISSING.iter().any(|missing| text.eq_ignore_ascii_case(missing)) {
        return Some(f64::NAN);
    }
    text.parse().ok()
}

/// `name` as a cell, in quotes where it needs them.
pub(crate) fn quoted(name: &str, delimiter: u8) -> String {
    if name.contains(['"', '\n', '\r', char::from(delimiter)]) {
        format!("\"{}\"", name.replace('"', "\"\""))
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{number, quoted};

    #[test]
    fn cells_are_numbers_missing_or_refused() {
        assert_eq!(number(b" 1.5 "), Some(1.5));
        assert_eq!(number(b"-1e-3"), Some(-0.001));
        for missing in ["", " ", "NA", "n/a", "null", "NaN", "None"] {
            assert!(number(missing.as_bytes()).unwrap().is_nan(), "{missing}");
        }
        for refused in ["1,5", "abc", "1.5 USD", "-"] {
            assert_eq!(number(refused.as_bytes()), None, "{refused}");
        }
    }

    #[test]
    fn names_are_quoted_where_they_need_it() {
        assert_eq!(quoted("rsi(14)", b','), "rsi(14)");
        assert_eq!(quoted("macd(12,26,9)", b','), "\"macd(12,26,9)\"");
        assert_eq!(quoted("macd(12,26,9)", b';'), "macd(12,26,9)");
    }
}
