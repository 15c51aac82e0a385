//! Rows as CSV and JSON Lines.

use crate::TextTime;
use crate::clock::Clock;
use crate::columns::Column;
use crate::memo::Memo;
use crate::number::{NUMBER_BYTES, Notation, put_count, put_first, put_integer};
use crate::schema::{MOST_NUMBERS, Rows, Schema};

/// Makes text of rows. The two formats differ in what stands around the values.
#[derive(Debug)]
pub(crate) struct Text {
    bytes: Vec<u8>,
    /// Where the text ends.
    end: usize,
    times: TextTime,
    clock: Clock,
    memo: Memo,
    before_time: Label,
    after_time: Label,
    before_numbers: Vec<Label>,
    before_spread: Label,
    before_tick_count: Label,
    unknown: Label,
    after_row: Label,
}

impl Text {
    pub(crate) fn csv(schema: &Schema, times: TextTime) -> Self {
        let header = schema.names().collect::<Vec<_>>().join(",") + "\n";
        let [none, comma] = ["", ","].map(Label::new);
        Self {
            end: header.len(),
            bytes: buffer(&header),
            times,
            clock: Clock::new(schema.always_millis),
            memo: Memo::new(Notation::Plain),
            before_time: none,
            after_time: none,
            before_numbers: vec![comma; schema.numbers.len()],
            before_spread: comma,
            before_tick_count: comma,
            unknown: none,
            after_row: Label::new("\n"),
        }
    }

    pub(crate) fn json_lines(schema: &Schema, times: TextTime) -> Self {
        let quote = if times == TextTime::Iso8601 { "\"" } else { "" };
        let key = |name: &str| Label::new(&format!(",\"{name}\":"));
        Self {
            bytes: buffer(""),
            end: 0,
            times,
            clock: Clock::new(schema.always_millis),
            memo: Memo::new(Notation::Float),
            before_time: Label::new(&format!("{{\"{}\":{quote}", schema.time)),
            after_time: Label::new(quote),
            before_numbers: schema.numbers.iter().map(|name| key(name)).collect(),
            before_spread: key(Column::Spread.name()),
            before_tick_count: key(Column::TickCount.name()),
            unknown: Label::new("null"),
            after_row: Label::new("}\n"),
        }
    }

    /// Appends the text of rows from position `from` on, until there is enough to hand on; returns the position of the
    /// first that is left.
    pub(crate) fn append(&mut self, rows: &Rows<'_>, from: usize) -> usize {
        let (out, mut at) = (self.bytes.as_mut_slice(), self.end);
        let mut row = from;
        while row < rows.len() && at < PIECE_BYTES {
            at = self.before_time.put(out, at);
            at = match self.times {
                TextTime::Iso8601 => self.clock.put(out, at, rows.time[row]),
                TextTime::UnixMillis => put_integer(out, at, rows.time[row].as_millis()),
            };
            at = self.after_time.put(out, at);
            for (before, column) in self.before_numbers.iter().zip(rows.numbers()) {
                at = before.put(out, at);
                at = self.memo.put(out, at, column[row]);
            }
            if let Some((spread, tick_count)) = rows.quoted {
                at = self.before_spread.put(out, at);
                at = match spread[row] {
                    unknown if unknown.is_nan() => self.unknown.put(out, at),
                    spread => self.memo.put(out, at, spread),
                };
                at = self.before_tick_count.put(out, at);
                at = put_count(out, at, tick_count[row]);
            }
            at = self.after_row.put(out, at);
            row += 1;
        }
        self.end = at;
        row
    }

    /// The text so far.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.end]
    }

    /// Whether there is enough to hand on.
    pub(crate) fn is_full(&self) -> bool {
        self.end >= PIECE_BYTES
    }

    /// Starts again after what has been handed on.
    pub(crate) fn clear(&mut self) {
        self.end = 0;
    }
}

/// Text is handed on in pieces of at least so many bytes.
const PIECE_BYTES: usize = 1 << 16;
/// No row is longer: a time, the numbers and what stands around them.
const ROW_BYTES: usize = 64 + (MOST_NUMBERS + 2) * (LABEL_BYTES + NUMBER_BYTES);

/// Room for a piece and the row that completes it.
fn buffer(header: &str) -> Vec<u8> {
    let mut bytes = vec![0; PIECE_BYTES + ROW_BYTES];
    bytes[..header.len()].copy_from_slice(header.as_bytes());
    bytes
}

/// A short text of fixed size in memory, because that is copied without a loop.
#[derive(Clone, Copy, Debug)]
struct Label {
    bytes: [u8; LABEL_BYTES],
    len: usize,
}

/// Enough for the longest column of a table as a key of JSON.
const LABEL_BYTES: usize = 16;

impl Label {
    fn new(text: &str) -> Self {
        let mut bytes = [0; LABEL_BYTES];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Self { bytes, len: text.len() }
    }

    #[inline]
    fn put(&self, out: &mut [u8], at: usize) -> usize {
        put_first(out, at, self.bytes, self.len)
    }
}
