//! Lanes of averages of the true range.
use crate::lanes::lockstep::{Lane, Recursion, Strand, run_strands};
use crate::lanes::{are_same, are_shared, run_in_turns};
use crate::missing::all_known;
use crate::{Indicator, simd};

/// An average of true ranges, as a [`Lane`] over their column.
pub(crate) trait OfRanges<const C: usize, const V: usize>: Indicator<3, 1> + Lane<C, V> {
    /// Longer histories of different symbols come from memory no faster than lanes one after the other compute them.
    const LONGEST_IN_STEP: usize;

    /// How many bars it takes alone, if no price is missing, before it can take true ranges.
    fn bars_to_ranges(&self) -> usize;
    /// The close of the last bar, NaN if there is none.
    fn close(&self) -> f64;
    fn set_close(&mut self, close: f64);
    /// The true range of a bar.
    fn range(high: f64, low: f64, close_before: f64) -> f64;
}

/// Bars whose ranges are computed at once: few enough for the second-level cache, many enough for the processor to see
/// each column as a stream from memory.
const BLOCK_BARS: usize = 4096;
/// Between columns: if the same bar of several columns lay a power of two apart, they would share places in the cache.
const GAP: usize = 40;

/// The true ranges of a block; lanes over the same columns share them.
struct Row<'a> {
    columns: [&'a [f64]; 3],
    close_before: f64,
    /// None if a price is missing.
    ranges: Option<&'a [f64]>,
}

/// [`Indicator::run`] of each state: true ranges lane by lane, their averages eight lanes in lockstep.
pub(crate) fn run_ranges<S: OfRanges<C, V>, const C: usize, const V: usize>(
    states: &mut [S],
    inputs: &[[&[f64]; 3]],
    outputs: &mut [[&mut [f64]; 1]],
) {
    let n_bars = inputs.first().map_or(0, |[high, ..]| high.len());
    let are_shared = are_shared(inputs);
    if states.len() < S::Recursion::WORTH || n_bars > S::LONGEST_IN_STEP && !are_shared {
        return run_in_turns(states, inputs, outputs);
    }
    let length = n_bars.min(BLOCK_BARS);
    let n_rows = if are_shared { 1 } else { states.len().min(8) };
    let mut space = vec![0.0; n_rows * (length + GAP)];
    for ((states, inputs), outputs) in states.chunks_mut(8).zip(inputs.chunks(8)).zip(outputs.chunks_mut(8)) {
        for start in (0..n_bars).step_by(BLOCK_BARS) {
            let end = n_bars.min(start + BLOCK_BARS);
            let lanes = states.iter_mut().zip(inputs).zip(&mut *outputs).map(|((state, inputs), [out])| {
                let columns = inputs.map(|column| &column[start..end]);
                (state, columns, &mut out[start..end])
            });
            run_block(lanes, space.chunks_exact_mut(length + GAP));
        }
    }
}

fn run_block<'a, S: OfRanges<C, V> + 'a, const C: usize, const V: usize>(
    lanes: impl Iterator<Item = (&'a mut S, [&'a [f64]; 3], &'a mut [f64])>,
    mut space: impl Iterator<Item = &'a mut [f64]>,
) {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut strands = Vec::new();
    for (state, columns, out) in lanes {
        let close_before = state.close();
        let (alone, out) = out.split_at_mut(state.bars_to_ranges().min(out.len()));
        let n_alone = alone.len();
        if n_alone > 0 {
            state.run(columns.map(|column| &column[..n_alone]), [alone]);
        }
        let fits = |row: &&Row<'_>| {
            let is_first_unused = n_alone > 0 || row.close_before.to_bits() == close_before.to_bits();
            is_first_unused && are_same(&row.columns, &columns)
        };
        let found = rows.iter().find(fits).map(|row| row.ranges);
        let ranges = match (found, space.next()) {
            (Some(ranges), _) => ranges,
            (None, None) => None,
            (None, Some(space)) => {
                let space = &mut space[..columns[0].len()];
                let ranges = fill::<S, C, V>(columns, close_before, space).then_some(&*space);
                rows.push(Row { columns, close_before, ranges });
                ranges
            }
        };
        match (ranges, columns[2].last()) {
            (Some(ranges), Some(&close)) => {
                state.set_close(close);
                strands.push(Strand { state, input: &ranges[n_alone..], out });
            }
            _ => state.run(columns.map(|column| &column[n_alone..]), [out]),
        }
    }
    run_strands(&mut strands);
}

/// The true range of each bar; false if a price is missing.
fn fill<S: OfRanges<C, V>, const C: usize, const V: usize>(
    [high, low, close]: [&[f64]; 3],
    close_before: f64,
    ranges: &mut [f64],
) -> bool {
    simd::dispatch(
        #[inline(always)]
        move || {
            // A closure that consumes what it captured is not called through a function of its own.
            let ranges = ranges;
            if !(all_known(high) && all_known(low) && all_known(close)) {
                return false;
            }
            if let [first, rest @ ..] = ranges {
                *first = S::range(high[0], low[0], close_before);
                let (high, low, before) = (&high[1..][..rest.len()], &low[1..][..rest.len()], &close[..rest.len()]);
                for bar in 0..rest.len() {
                    rest[bar] = S::range(high[bar], low[bar], before[bar]);
                }
            }
            true
        },
    )
}
