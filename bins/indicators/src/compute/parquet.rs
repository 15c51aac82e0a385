use std::io::Write;

use anyhow::Result;
use market_files::{ParquetCopy, ParquetTable};

use crate::args::{ComputeArgs, Format};
use crate::call::Call;
use crate::compute::binding::Binding;
use crate::compute::json::{Cell, JsonLines};
use crate::compute::{csv, sink};
use crate::sink::Sink;

/// Computes the indicators of a Parquet file, a row group at a time.
pub(crate) fn run(options: &ComputeArgs, calls: &[Call], format: Format) -> Result<()> {
    let table = ParquetTable::open(&options.input)?;
    let binding = Binding::new(calls, options, table.columns())?;
    let sink = sink(options, format)?;
    let sink = match format {
        Format::Parquet => write_parquet(&table, binding, sink)?,
        Format::Csv => write_csv(&table, binding, options.delimiter, sink)?,
        Format::Json => write_json(&table, binding, sink)?,
    };
    sink.commit()
}

/// The columns that are added to row group `group`.
fn added(table: &ParquetTable, binding: &mut Binding, group: usize) -> Result<Vec<Vec<f64>>> {
    let columns: Vec<Vec<f64>> =
        binding.read.iter().map(|&column| table.numbers(group, column)).collect::<Result<_, _>>()?;
    Ok(binding.run(&columns))
}

/// The cells of row group `group`, by column.
fn cells(table: &ParquetTable, group: usize) -> Result<Vec<Vec<Option<String>>>> {
    Ok((0..table.columns().len()).map(|column| table.texts(group, column)).collect::<Result<_, _>>()?)
}

fn write_parquet(table: &ParquetTable, mut binding: Binding, sink: Sink) -> Result<Sink> {
    let mut copy = ParquetCopy::new(table, sink, &binding.added)?;
    for group in 0..table.n_groups() {
        let columns = added(table, &mut binding, group)?;
        copy.write_group(&columns.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
    }
    Ok(copy.finish()?)
}

fn write_csv(table: &ParquetTable, mut binding: Binding, delimiter: u8, mut sink: Sink) -> Result<Sink> {
    let separator = char::from(delimiter).to_string();
    let names = table.columns().iter().chain(&binding.added);
    let names: Vec<String> = names.map(|name| csv::quoted(name, delimiter)).collect();
    writeln!(sink, "{}", names.join(&separator))?;
    for group in 0..table.n_groups() {
        let (cells, added) = (cells(table, group)?, added(table, &mut binding, group)?);
        for row in 0..table.n_rows(group) {
            for (at, column) in cells.iter().enumerate() {
                let separator = if at == 0 { "" } else { &separator };
                write!(sink, "{separator}{}", csv::quoted(column[row].as_deref().unwrap_or(""), delimiter))?;
            }
            for column in &added {
                sink.write_all(&[delimiter])?;
                csv::write_number(&mut sink, column[row])?;
            }
            sink.write_all(b"\n")?;
        }
    }
    Ok(sink)
}

fn write_json(table: &ParquetTable, mut binding: Binding, mut sink: Sink) -> Result<Sink> {
    let lines = JsonLines::new(table.columns(), &binding.added)?;
    let is_text: Vec<bool> = (0..table.columns().len()).map(|column| table.is_text(column)).collect();
    for group in 0..table.n_groups() {
        let (cells, added) = (cells(table, group)?, added(table, &mut binding, group)?);
        for row in 0..table.n_rows(group) {
            let row_cells = cells.iter().zip(&is_text).map(|(column, &is_text)| match column[row].as_deref() {
                None => Cell::Null,
                Some(text) if is_text => Cell::Text(text),
                Some(text) => Cell::Plain(text),
            });
            let values: Vec<f64> = added.iter().map(|column| column[row]).collect();
            lines.write(&mut sink, row_cells, &values)?;
        }
    }
    Ok(sink)
}
