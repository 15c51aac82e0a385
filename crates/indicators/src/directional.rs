//! The loop in which all profiles compute Wilder's directional indices.
use crate::fast::vector::{Eight, each};

/// Eights of bars that a stage works on at once: few enough for all stages to stay in the first-level cache.
const EIGHTS: usize = 8;
const CHUNK_BARS: usize = 8 * EIGHTS;

/// Bars that are looked at for missing values at once: the one that the first chunk begins behind, and whole chunks.
pub(crate) const BLOCK_BARS: usize = 1 + 128 * CHUNK_BARS;

/// From bars to the average of their directional indices, one stage after the other. In the sums and in what follows them
/// each bar waits for the one before it; in the other two stages it does not.
pub(crate) trait Stages {
    /// +DM, −DM and the true range of a bar (high, low, close) behind another.
    fn movements(bar: [f64; 3], before: [f64; 3]) -> [f64; 3];
    /// The sums of the three with those of the next bar.
    fn sum(&mut self, movements: [f64; 3]) -> [f64; 3];
    /// +DI, −DI, and the index of the two, NaN where there is no direction.
    fn indices(sums: [f64; 3]) -> [f64; 3];
    /// Takes +DI and −DI of the bars from `bar` on.
    fn keep<const N: usize>(&mut self, bar: usize, plus_di: &[f64; N], minus_di: &[f64; N]);
    /// The result of the next bar, whose index this is.
    fn follow(&mut self, index: f64) -> f64;
}

/// Three numbers of each bar of a chunk.
type Chunk = [[Eight; EIGHTS]; 3];

/// Writes the results of the bars from `first` (at least 1) on to `out`.
///
/// All stages work at the same time, each on the chunk behind that of the stage before it. What is computed for eight
/// bars at once thus fills the time in which the processor would wait for one sum after the other.
#[inline(always)]
pub(crate) fn run<S: Stages>(stages: &mut S, inputs: [&[f64]; 3], first: usize, out: &mut [f64]) {
    let n_chunks = (out.len() - first) / CHUNK_BARS;
    let mut chunks: [Chunk; 4] = [[[[0.0; 8]; EIGHTS]; 3]; 4];
    for turn in 0..n_chunks + 3 {
        let at_stage = |stage: usize| turn.checked_sub(stage).filter(|&chunk| chunk < n_chunks);
        let start = |chunk: usize| first + chunk * CHUNK_BARS;
        let [moved, summed, indexed, followed] = chunks_of_turn(&mut chunks, turn);
        let mut late =
            at_stage(3).map(|chunk| out[start(chunk)..].first_chunk_mut::<CHUNK_BARS>().expect("a whole one"));
        for eight in 0..EIGHTS {
            // Bar by bar in turns, because either waits for the bar before it.
            for lane in 0..8 {
                if at_stage(1).is_some() {
                    sum_one(stages, summed, eight, lane);
                }
                if let Some(late) = &mut late {
                    late[8 * eight + lane] = stages.follow(followed[2][eight][lane]);
                }
            }
            if let Some(chunk) = at_stage(0) {
                move_eight::<S>(inputs, start(chunk) + 8 * eight, moved, eight);
            }
            if let Some(chunk) = at_stage(2) {
                index_eight::<S>(indexed, eight);
                stages.keep(start(chunk) + 8 * eight, &indexed[0][eight], &indexed[1][eight]);
            }
        }
    }
    one_by_one(stages, inputs, first + n_chunks * CHUNK_BARS, out);
}

/// The chunks of the four stages.
#[inline(always)]
fn chunks_of_turn(chunks: &mut [Chunk; 4], turn: usize) -> [&mut Chunk; 4] {
    let [a, b, c, d] = chunks;
    match turn % 4 {
        0 => [a, d, c, b],
        1 => [b, a, d, c],
        2 => [c, b, a, d],
        _ => [d, c, b, a],
    }
}

#[inline(always)]
fn move_eight<S: Stages>(inputs: [&[f64]; 3], start: usize, moved: &mut Chunk, eight: usize) {
    let [high, low, close] = inputs;
    let bars = [&high[start - 1..][..9], &low[start - 1..][..9], &close[start - 1..][..9]];
    set_columns(
        moved,
        eight,
        #[inline(always)]
        |lane| S::movements(at(bars, lane + 1), at(bars, lane)),
    );
}

#[inline(always)]
fn at(columns: [&[f64]; 3], bar: usize) -> [f64; 3] {
    [columns[0][bar], columns[1][bar], columns[2][bar]]
}

/// The three numbers of each bar, a column at a time, so that each becomes vector instructions.
#[inline(always)]
fn set_columns(chunk: &mut Chunk, eight: usize, of_lane: impl Fn(usize) -> [f64; 3]) {
    let first = each(
        #[inline(always)]
        |lane| of_lane(lane)[0],
    );
    let second = each(
        #[inline(always)]
        |lane| of_lane(lane)[1],
    );
    let third = each(
        #[inline(always)]
        |lane| of_lane(lane)[2],
    );
    (chunk[0][eight], chunk[1][eight], chunk[2][eight]) = (first, second, third);
}

#[inline(always)]
fn sum_one(stages: &mut impl Stages, summed: &mut Chunk, eight: usize, lane: usize) {
    let [plus, minus, range] = summed;
    let (plus, minus, range) = (&mut plus[eight][lane], &mut minus[eight][lane], &mut range[eight][lane]);
    [*plus, *minus, *range] = stages.sum([*plus, *minus, *range]);
}

#[inline(always)]
fn index_eight<S: Stages>(indexed: &mut Chunk, eight: usize) {
    let [plus, minus, range] = [indexed[0][eight], indexed[1][eight], indexed[2][eight]];
    set_columns(
        indexed,
        eight,
        #[inline(always)]
        |lane| S::indices([plus[lane], minus[lane], range[lane]]),
    );
}

/// The bars from `start` on, all stages of one before the next.
#[inline(always)]
fn one_by_one<S: Stages>(stages: &mut S, inputs: [&[f64]; 3], start: usize, out: &mut [f64]) {
    for (bar, out) in out.iter_mut().enumerate().skip(start) {
        let sums = stages.sum(S::movements(at(inputs, bar), at(inputs, bar - 1)));
        let [plus_di, minus_di, index] = S::indices(sums);
        stages.keep(bar, &[plus_di], &[minus_di]);
        *out = stages.follow(index);
    }
}
