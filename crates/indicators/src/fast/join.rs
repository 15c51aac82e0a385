use crate::buffers::Buffers;
use crate::simd;

/// An operation that joins the values of two spans of bars to that of both.
pub(crate) trait Join: Copy + Clone + std::fmt::Debug + Send + Sync + 'static {
    /// `newer` are the later bars.
    fn join(newer: f64, older: f64) -> f64;
}

/// The sum.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Add;

/// The largest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Most;

impl Join for Add {
    #[inline(always)]
    fn join(newer: f64, older: f64) -> f64 {
        newer + older
    }
}

impl Join for Most {
    #[inline(always)]
    fn join(newer: f64, older: f64) -> f64 {
        if newer > older { newer } else { older }
    }
}

/// For each output the `n` values that end at it, joined and multiplied by `scale`; there are n − 1 more values than
/// outputs.
///
/// With J(k) for the last k values, J(2k) joins J(k) to the J(k) of k bars before. The window is cut into spans of
/// powers of two, the longest the newest, and they are joined from the oldest on. Sums thus have the error of log2 n
/// additions, and what has left the window has left no trace, because nothing is ever taken away.
#[inline(never)]
pub(crate) fn windows<J: Join>(n: usize, values: &[f64], scale: f64, out: &mut [f64]) {
    assert_eq!(values.len(), out.len() + n - 1, "a value before each window's first bar");
    let whole = out.len() - out.len() % 4;
    if n < 32 {
        simd::dispatch(
            #[inline(always)]
            || short::<J>(n, values, scale, &mut out[..whole]),
        );
        for (index, out) in out.iter_mut().enumerate().skip(whole) {
            *out = one::<J>(&values[index..index + n]) * scale;
        }
    } else {
        let block = (2 * n).max(512);
        let mut buffers = Buffers::take();
        simd::dispatch(
            #[inline(always)]
            || {
                for (index, out) in out.chunks_mut(block).enumerate() {
                    let values = &values[index * block..index * block + out.len() + n - 1];
                    long::<J>(n, values, scale, out, buffers.columns(values.len()));
                }
            },
        );
        buffers.give_back();
    }
}

/// All of `values` joined, in the order of [`windows`].
pub(crate) fn one<J: Join>(values: &[f64]) -> f64 {
    let top = 1 << values.len().ilog2();
    match values {
        [value] => *value,
        _ if values.len() == top => J::join(one::<J>(&values[top / 2..]), one::<J>(&values[..top / 2])),
        _ => J::join(one::<J>(&values[values.len() - top..]), one::<J>(&values[..values.len() - top])),
    }
}

/// [`windows`] below 32 bars, four outputs at a time.
#[inline(always)]
fn short<J: Join>(n: usize, values: &[f64], scale: f64, out: &mut [f64]) {
    macro_rules! by_length {
        ($($n:literal)*) => {
            match n {
                $($n => fours::<J, { $n / 4 }, { $n % 4 }>(values, scale, out),)*
                _ => unreachable!("a short window"),
            }
        };
    }
    by_length!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31);
}

/// Values of four neighbouring bars.
type Four = [f64; 4];

#[inline(always)]
fn join<J: Join>(newer: Four, older: Four) -> Four {
    std::array::from_fn(
        #[inline(always)]
        |lane| J::join(newer[lane], older[lane]),
    )
}

/// Windows of 4 · `M` + `R` bars. The spans of four and eight bars that are still needed stay in registers; shorter ones
/// are read again.
#[inline(always)]
fn fours<J: Join, const M: usize, const R: usize>(values: &[f64], scale: f64, out: &mut [f64]) {
    let n = 4 * M + R;
    // Of the four outputs before, and so on.
    let (mut four, mut eight) = ([[0.0; 4]; 6], [[0.0; 4]; 4]);
    let first = n - 1;
    for before in (1..=6).rev() {
        if M > 0 && first >= 4 * before + 3 {
            next_spans::<J>(&values[first - 4 * before - 3..], &mut four, &mut eight);
        }
    }
    let n_values = values.len();
    for (index, out) in out.as_chunks_mut().0.iter_mut().enumerate() {
        // The window of the first of the four begins here.
        let oldest = &values[4 * index..n_values.min(4 * index + n + 3)];
        *out = of_spans::<J, M, R>(oldest, &mut four, &mut eight).map(
            #[inline(always)]
            |joined| joined * scale,
        );
    }
}

/// The values `back` bars before the last four of `values`, with those as 0.
#[inline(always)]
fn at(values: &[f64], back: usize) -> Four {
    let start = values.len() - 4 - back;
    let four = &values[start..start + 4];
    [four[0], four[1], four[2], four[3]]
}

/// J(4) of the fourth to seventh of `values`, put in front of those of earlier groups of four; J(8) likewise.
#[inline(always)]
fn next_spans<J: Join>(values: &[f64], four: &mut [Four; 6], eight: &mut [Four; 4]) -> [Four; 2] {
    let values = &values[..7];
    let now = join::<J>(join::<J>(at(values, 0), at(values, 1)), join::<J>(at(values, 2), at(values, 3)));
    let both = join::<J>(now, four[0]);
    *four = [now, four[0], four[1], four[2], four[3], four[4]];
    *eight = [both, eight[0], eight[1], eight[2]];
    [now, both]
}

/// The windows that end at the last four of `values`, of which there are as many as they reach back.
#[inline(always)]
fn of_spans<J: Join, const M: usize, const R: usize>(
    values: &[f64],
    four: &mut [Four; 6],
    eight: &mut [Four; 4],
) -> Four {
    let n = 4 * M + R;
    let values = &values[..n + 3];
    let rest = match R {
        0 => [0.0; 4],
        1 => at(values, n - 1),
        2 => join::<J>(at(values, n - 2), at(values, n - 1)),
        _ => join::<J>(join::<J>(at(values, n - 3), at(values, n - 2)), at(values, n - 1)),
    };
    if M == 0 {
        return rest;
    }
    let (past, past_eight) = (*four, *eight);
    let [now, both] = next_spans::<J>(&values[n - 4..], four, eight);
    let newest = match M {
        1 => now,
        2 | 3 => both,
        _ => join::<J>(both, past_eight[1]),
    };
    let with_rest = |older: Four| if R == 0 { older } else { join::<J>(older, rest) };
    match M {
        3 => join::<J>(newest, with_rest(past[1])),
        5 => join::<J>(newest, with_rest(past[3])),
        6 => join::<J>(newest, with_rest(past_eight[3])),
        7 => join::<J>(newest, join::<J>(past_eight[3], with_rest(past[5]))),
        _ => with_rest(newest),
    }
}

/// [`windows`] from 32 bars on, span by span. The buffers have a place for each value.
#[inline(always)]
fn long<J: Join>(n: usize, values: &[f64], scale: f64, out: &mut [f64], buffers: [&mut [f64]; 4]) {
    let [mut span, mut rest, mut next, mut joined] = buffers;
    for (span, four) in span[3..].iter_mut().zip(values.windows(4)) {
        *span = J::join(J::join(four[3], four[2]), J::join(four[1], four[0]));
    }
    // What is not a whole four begins the window, and is joined to when the first span is.
    match n % 4 {
        1 => rest.copy_from_slice(values),
        2 | 3 => {
            for (rest, pair) in rest[1..].iter_mut().zip(values.windows(2)) {
                *rest = J::join(pair[1], pair[0]);
            }
        }
        _ => {}
    }
    if n % 4 == 3 {
        for (joined, (&newer, &older)) in joined[2..].iter_mut().zip(rest[2..].iter().zip(values)) {
            *joined = J::join(newer, older);
        }
        std::mem::swap(&mut rest, &mut joined);
    }
    let (mut has_rest, mut bars) = (!n.is_multiple_of(4), 4);
    loop {
        let is_top = 2 * bars > n;
        if n & bars != 0 && has_rest {
            let pairs = span[bars..].iter().zip(&*rest);
            if is_top {
                let last = pairs.skip(n - 1 - bars);
                for (out, (&newer, &older)) in out.iter_mut().zip(last) {
                    *out = J::join(newer, older) * scale;
                }
                return;
            }
            for (joined, (&newer, &older)) in joined[bars..].iter_mut().zip(pairs) {
                *joined = J::join(newer, older);
            }
            std::mem::swap(&mut rest, &mut joined);
        } else if n & bars != 0 {
            if is_top {
                for (out, &joined) in out.iter_mut().zip(&span[n - 1..]) {
                    *out = joined * scale;
                }
                return;
            }
            rest.copy_from_slice(span);
            has_rest = true;
        }
        for (next, (&newer, &older)) in next[bars..].iter_mut().zip(span[bars..].iter().zip(&*span)) {
            *next = J::join(newer, older);
        }
        std::mem::swap(&mut span, &mut next);
        bars *= 2;
    }
}
