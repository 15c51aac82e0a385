use crate::fast::join::{Join, one};
use crate::memory::{self, Memory, Visitor};

/// [`join::windows`](crate::fast::join::windows) bar by bar, with the same bits: the last n values joined.
#[derive(Clone, Debug)]
pub(crate) struct Window<J> {
    tracks: Tracks,
    /// Takes a value and joins the last n. A pointer, because there is a function for each short length.
    take: fn(&mut Tracks, f64) -> f64,
    join: std::marker::PhantomData<J>,
}

impl<J: Join> Window<J> {
    /// A window of `n` values, at least 1.
    pub(crate) fn new(n: usize) -> Self {
        macro_rules! by_length {
            ($($n:literal)*) => {
                match n {
                    $($n => take_short::<J, $n>,)*
                    _ => take_long::<J>,
                }
            };
        }
        let take = by_length!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31);
        Self { tracks: Tracks::new(n), take, join: std::marker::PhantomData }
    }

    pub(crate) fn len(&self) -> usize {
        self.tracks.n
    }

    /// Takes a value and joins the last n; before there were n, zeros stand for them.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> f64 {
        (self.take)(&mut self.tracks, value)
    }

    /// As if all of `values` had been taken; there are at least n.
    pub(crate) fn extend(&mut self, values: &[f64]) {
        for &value in &values[values.len() - self.len()..] {
            self.step(value);
        }
    }
}

impl<J> Window<J> {
    /// Forgets all values.
    pub(crate) fn restart(&mut self) {
        memory::reset(&mut self.tracks);
    }

    /// [`Memory::visit`], where the next bar changes all of it if `restarting`.
    #[inline(always)]
    pub(crate) fn visit_if(&mut self, restarting: bool, visitor: &mut impl Visitor) {
        self.tracks.visit_if(restarting, visitor);
    }
}

impl<J> Memory for Window<J> {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        self.tracks.visit_if(false, visitor);
    }
}

/// J(1), J(4), J(16) and so on of the last bars, oldest first, each in one piece of memory: a bar appends to all of them,
/// and when the end of the memory is reached the values still needed move to its beginning. Unlike a ring it reads any
/// value of the past without a wrap.
#[derive(Clone, Debug)]
struct Tracks {
    n: usize,
    ones: Box<[f64]>,
    fours: Box<[f64]>,
    /// From J(16) on, for long windows.
    longer: Box<[Box<[f64]>]>,
    /// Values of a track that can be relied on.
    kept: usize,
    /// Places in use behind the first `kept`; 0 in a new track, whose values are 0.
    end: usize,
}

/// What a short window keeps: a power of two, so that the places in it are known to the compiler.
const SHORT: usize = 32;

impl Tracks {
    fn new(n: usize) -> Self {
        let kept = n.max(SHORT);
        let track = || vec![0.0; 3 * kept].into_boxed_slice();
        let levels = if n < SHORT { 0 } else { n.ilog2() as usize / 2 - 1 };
        let longer = (0..levels).map(|_| track()).collect();
        Self { n, ones: track(), fours: track(), longer, kept, end: 0 }
    }

    /// The place of the next bar.
    #[inline(always)]
    fn next(&mut self) -> usize {
        if self.turns() {
            self.turn();
        }
        self.end += 1;
        self.kept + self.end - 1
    }

    /// Whether the next bar moves the values.
    #[inline(always)]
    fn turns(&self) -> bool {
        self.kept + self.end == self.ones.len()
    }

    #[inline(never)]
    fn turn(&mut self) {
        let kept = self.kept;
        for track in [&mut self.ones, &mut self.fours].into_iter().chain(&mut self.longer) {
            track.copy_within(track.len() - kept.., 0);
        }
        self.end = 0;
    }
}

impl Tracks {
    #[inline(always)]
    fn visit_if(&mut self, restarting: bool, visitor: &mut impl Visitor) {
        self.end.visit(visitor);
        self.end = self.end.min(self.ones.len() - self.kept);
        let changing = if self.turns() || restarting { 0..self.kept } else { 0..0 };
        let bars = self.end..self.end + self.kept;
        for track in [&mut self.ones, &mut self.fours].into_iter().chain(&mut self.longer) {
            visitor.numbers(&mut track[bars.clone()], changing.clone());
        }
    }
}

impl Memory for Tracks {
    fn visit(&mut self, visitor: &mut impl Visitor) {
        self.visit_if(true, visitor);
    }
}

/// Takes a value into a window of `N` bars, below 32.
fn take_short<J: Join, const N: usize>(tracks: &mut Tracks, value: f64) -> f64 {
    let at = tracks.next();
    let ones: &mut [f64; SHORT] = tracks.ones[..=at].last_chunk_mut().expect("so much is kept");
    let newest = J::join(value, ones[30]);
    let four = J::join(newest, J::join(ones[29], ones[28]));
    ones[31] = value;
    let rest = match N % 4 {
        0 | 1 => ones[SHORT - N],
        2 => J::join(ones[SHORT + 1 - N], ones[SHORT - N]),
        _ => J::join(J::join(ones[SHORT + 2 - N], ones[SHORT + 1 - N]), ones[SHORT - N]),
    };
    if N < 4 {
        return rest;
    }
    let fours: &mut [f64; SHORT] = tracks.fours[..=at].last_chunk_mut().expect("so much is kept");
    fours[31] = four;
    let with_rest = |older: f64| if N.is_multiple_of(4) { older } else { J::join(older, rest) };
    let eight = J::join(four, fours[27]);
    let sixteen = J::join(eight, J::join(fours[23], fours[19]));
    match N / 4 {
        1 => with_rest(four),
        2 => with_rest(eight),
        3 => J::join(eight, with_rest(fours[23])),
        4 => with_rest(sixteen),
        5 => J::join(sixteen, with_rest(fours[15])),
        6 => J::join(sixteen, with_rest(J::join(fours[15], fours[11]))),
        _ => J::join(sixteen, J::join(J::join(fours[15], fours[11]), with_rest(fours[7]))),
    }
}

/// The same for windows from 32 bars on.
fn take_long<J: Join>(tracks: &mut Tracks, value: f64) -> f64 {
    let (n, at) = (tracks.n, tracks.next());
    let ones = &mut tracks.ones[..=at];
    ones[at] = value;
    let oldest = at + 1 - n;
    let mut older = (n % 4 > 0).then(|| one::<J>(&ones[oldest..oldest + n % 4]));
    let mut span = J::join(J::join(value, ones[at - 1]), J::join(ones[at - 2], ones[at - 3]));
    let mut bars = 4;
    for track in [&mut tracks.fours].into_iter().chain(&mut tracks.longer) {
        track[at] = span;
        for length in [bars, 2 * bars] {
            if 2 * length > n {
                return older.map_or(span, |older| J::join(span, older));
            }
            if n & length != 0 {
                let last = at - (n - n % length - length);
                let past = if length == bars { track[last] } else { J::join(track[last], track[last - bars]) };
                older = Some(older.map_or(past, |older| J::join(past, older)));
            }
            let before = at - length;
            span = J::join(
                span,
                if length == bars { track[before] } else { J::join(track[before], track[before - bars]) },
            );
        }
        bars *= 4;
    }
    unreachable!("there is a track for each power of four up to the length")
}
