use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read};
use std::ops::Range;

use anyhow::{Result, bail};

/// The rows of a CSV table, each as its very bytes and as cells.
#[derive(Debug)]
pub(crate) struct Records<R> {
    reader: BufReader<R>,
    delimiter: u8,
    /// The bytes of the row with its line break.
    bytes: Vec<u8>,
    /// Where the row ends and its line break begins.
    end: usize,
    cells: Vec<Range<usize>>,
    /// Lines that have been read.
    line: usize,
}

const BUFFER_BYTES: usize = 1 << 18;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl<R: Read> Records<R> {
    pub(crate) fn new(source: R, delimiter: u8) -> Self {
        let reader = BufReader::with_capacity(BUFFER_BYTES, source);
        Self { reader, delimiter, bytes: Vec::new(), end: 0, cells: Vec::new(), line: 0 }
    }

    /// Whether the next row is not here yet, so that reading it may mean waiting.
    pub(crate) fn would_wait(&self) -> bool {
        !self.reader.buffer().contains(&b'\n')
    }

    /// Reads the next row; false if there is none. Empty lines are no rows.
    pub(crate) fn advance(&mut self) -> Result<bool> {
        loop {
            self.bytes.clear();
            loop {
                let n_read = self.reader.read_until(b'\n', &mut self.bytes)?;
                self.line += usize::from(n_read > 0);
                if self.split() {
                    break;
                }
                if n_read == 0 {
                    bail!("line {}: a quote is not closed", self.line);
                }
            }
            if self.bytes.is_empty() {
                return Ok(false);
            }
            if self.end > 0 {
                return Ok(true);
            }
        }
    }

    /// Finds the cells; false if a quote is still open.
    fn split(&mut self) -> bool {
        self.cells.clear();
        self.end = match self.bytes.as_slice() {
            [.., b'\r', b'\n'] => self.bytes.len() - 2,
            [.., b'\n'] => self.bytes.len() - 1,
            _ => self.bytes.len(),
        };
        let row = &self.bytes[..self.end];
        let mut start = 0;
        loop {
            let cell = &row[start..];
            let length = match cell.first() {
                Some(b'"') => match quoted_length(cell) {
                    Some(quoted) => quoted + bare_length(&cell[quoted..], self.delimiter),
                    None => return false,
                },
                _ => bare_length(cell, self.delimiter),
            };
            self.cells.push(start..start + length);
            start += length + 1;
            if start > row.len() {
                return true;
            }
        }
    }

    /// The row's bytes, without its line break.
    pub(crate) fn row(&self) -> &[u8] {
        &self.bytes[..self.end]
    }

    /// The row's line break; the usual one at the end of a table that ends without.
    pub(crate) fn line_break(&self) -> &[u8] {
        match &self.bytes[self.end..] {
            [] => b"\n",
            line_break => line_break,
        }
    }

    /// How many cells the row has.
    pub(crate) fn n_cells(&self) -> usize {
        self.cells.len()
    }

    /// The line on which the row ends, from 1.
    pub(crate) fn line(&self) -> usize {
        self.line
    }

    /// The bytes of cell `index`, without quotes around them.
    pub(crate) fn cell(&self, index: usize) -> Cow<'_, [u8]> {
        let mut cell = &self.bytes[self.cells[index].clone()];
        if self.line == 1 && index == 0 {
            cell = cell.strip_prefix(BYTE_ORDER_MARK).unwrap_or(cell);
        }
        match cell {
            [b'"', inner @ .., b'"'] if inner.contains(&b'"') => {
                let mut was_quote = false;
                let kept = inner.iter().copied().filter(|&byte| {
                    let is_second = was_quote && byte == b'"';
                    was_quote = byte == b'"' && !is_second;
                    !is_second
                });
                Cow::Owned(kept.collect())
            }
            [b'"', inner @ .., b'"'] => Cow::Borrowed(inner),
            bare => Cow::Borrowed(bare),
        }
    }

    /// The text of cell `index`.
    pub(crate) fn text(&self, index: usize) -> Result<String> {
        match String::from_utf8(self.cell(index).into_owned()) {
            Ok(text) => Ok(text),
            Err(_) => bail!("line {}: a cell is not UTF-8", self.line),
        }
    }
}

/// The length of the quoted part that `cell` begins with; `None` if its quote is not closed.
fn quoted_length(cell: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += cell[at..].iter().position(|&byte| byte == b'"')? + 1;
        if cell.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

fn bare_length(cell: &[u8], delimiter: u8) -> usize {
    cell.iter().position(|&byte| byte == delimiter).unwrap_or(cell.len())
}

#[cfg(test)]
mod tests {
    use super::Records;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut records = Records::new(text.as_bytes(), b',');
        let mut rows = Vec::new();
        while records.advance().unwrap() {
            rows.push((0..records.n_cells()).map(|cell| records.text(cell).unwrap()).collect());
        }
        rows
    }

    #[test]
    fn cells_are_split_and_unquoted() {
        assert_eq!(rows("a,b\n1,\n\r\n,2\r\n3,4"), [["a", "b"], ["1", ""], ["", "2"], ["3", "4"]]);
        assert_eq!(rows("\"x,\"\"y\"\"\",\"\"\n"), [["x,\"y\"", ""]]);
        assert_eq!(rows("\"two\nlines\",5\" pipe\n"), [["two\nlines", "5\" pipe"]]);
        assert_eq!(rows("\u{feff}time,x\n"), [["time", "x"]]);
        assert!(rows("").is_empty() && rows("\n\n").is_empty());
    }

    #[test]
    fn an_open_quote_is_an_error_that_names_its_line() {
        let mut records = Records::new("a\n\"b\nc\n".as_bytes(), b',');
        assert!(records.advance().unwrap());
        assert_eq!(records.advance().unwrap_err().to_string(), "line 3: a quote is not closed");
    }

    #[test]
    fn rows_keep_their_bytes() {
        let mut records = Records::new("\"a\",b\r\nc".as_bytes(), b',');
        assert!(records.advance().unwrap());
        assert_eq!((records.row(), records.line_break()), (&b"\"a\",b"[..], &b"\r\n"[..]));
        assert!(records.advance().unwrap());
        assert_eq!((records.row(), records.line_break()), (&b"c"[..], &b"\n"[..]));
    }
}
