use crate::{Column, Error};

/// Columns of bars, oldest first. A column that nothing reads may be empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bars<'a> {
    /// First price of each bar.
    pub open: &'a [f64],
    /// Highest price of each bar.
    pub high: &'a [f64],
    /// Lowest price of each bar.
    pub low: &'a [f64],
    /// Last price of each bar.
    pub close: &'a [f64],
    /// Volume of each bar.
    pub volume: &'a [f64],
}

/// The columns of a bar, in the order of a bar as an array.
pub(crate) const COLUMNS: [Column; 5] = [Column::Open, Column::High, Column::Low, Column::Close, Column::Volume];

/// The column of bars of this name.
pub(crate) fn named(name: &str) -> Result<Column, Error> {
    let column = COLUMNS.into_iter().find(|column| column.name() == name);
    column.ok_or_else(|| Error::UnknownColumn { name: name.to_owned() })
}

/// Where in [`COLUMNS`] the column stands.
pub(crate) fn place(column: Column) -> Result<usize, Error> {
    let place = COLUMNS.iter().position(|&of_bars| of_bars == column);
    place.ok_or_else(|| Error::UnknownColumn { name: column.name().to_owned() })
}

impl<'a> Bars<'a> {
    /// In the order of [`COLUMNS`].
    pub(crate) fn columns(&self) -> [&'a [f64]; 5] {
        [self.open, self.high, self.low, self.close, self.volume]
    }

    /// The number of bars, if it is that of each column; those whose place is not in `read` may be empty.
    pub(crate) fn len(&self, read: [bool; 5]) -> Result<usize, Error> {
        let n_bars = self.columns().into_iter().map(<[f64]>::len).max().unwrap_or(0);
        for ((column, name), read) in self.columns().into_iter().zip(COLUMNS).zip(read) {
            if column.len() != n_bars && (read || !column.is_empty()) {
                let column_name = name.name().to_owned();
                return Err(Error::ColumnLength { column: column_name, expected: n_bars, found: column.len() });
            }
        }
        Ok(n_bars)
    }
}
