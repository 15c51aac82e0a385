use std::collections::BTreeMap;

use super::axis::Scale;

/// Logarithms of the shares of kernels that fall into the cells of a countable scale, computed when they are asked for.
///
/// Observations of countable values repeat, so that many kernels have one position and width: they share a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    rows: BTreeMap<(u64, u64), u32>,
    kernels: Vec<(f64, f64)>,
    /// Row after row, NaN where nobody asked yet.
    values: Vec<f64>,
}

/// Rows above this are forgotten at the next rebuild.
const MAX_ROWS: usize = 4_096;

impl Cells {
    /// The row of a kernel, new if need be.
    pub(super) fn row(&mut self, scale: &Scale, mu: f64, sigma: f64) -> u32 {
        let next = u32::try_from(self.kernels.len()).expect("fewer rows than 2^32");
        let row = *self.rows.entry((mu.to_bits(), sigma.to_bits())).or_insert(next);
        if row == next {
            self.kernels.push((mu, sigma));
            self.values.resize(self.values.len() + scale.middles.len(), f64::NAN);
        }
        row
    }

    pub(super) fn is_full(&self) -> bool {
        self.kernels.len() > MAX_ROWS
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Writes the entry of each row at one cell.
    pub(super) fn column(&mut self, scale: &Scale, cell: usize, out: &mut Vec<f64>) {
        out.clear();
        let n_cells = scale.middles.len();
        for (row, &(mu, sigma)) in self.kernels.iter().enumerate() {
            let value = &mut self.values[row * n_cells + cell];
            if value.is_nan() {
                *value = scale.log_cell_mass(cell, mu, sigma);
            }
            out.push(*value);
        }
    }
}
