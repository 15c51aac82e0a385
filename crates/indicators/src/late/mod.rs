use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::slice::ChunksExact;

mod feed;

pub use self::feed::Feed;
use crate::Error;

/// An indicator on a feed on which bars come late: each of the last `depth` bars can be corrected, taken out, or joined
/// by one that was missing.
///
/// The age of a bar is the number of bars behind it, 0 for the last one. Afterwards everything is as if the bars had come
/// as they now are, bit for bit. The states before some of the last bars are kept; a change of a bar begins at the one
/// before it and takes the bars from there again, at the cost of `age` + 64 updates at most.
///
/// ```
/// use indicators::{LateBars, Stream, talib};
///
/// let mut sma = LateBars::new(Stream::new(talib::Sma::new(2)?), 100);
/// for price in [1.0, 3.0, 5.0] {
///     sma.update(&[price]);
/// }
/// let values = sma.correct(1, &[7.0])?;                 // it closed at 7, not at 3
/// assert!(values.eq([&[4.0], &[6.0]]));
/// let values = sma.insert(1, &[9.0])?;                  // one was missing before the last
/// assert!(values.eq([&[8.0], &[7.0]]));
/// # Ok::<(), indicators::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct LateBars<F> {
    feed: F,
    depth: usize,
    /// Bars so far; a bar's number is how many there were before it.
    n_bars: usize,
    /// Number of the oldest bar that can be changed.
    first: usize,
    n_inputs: usize,
    n_outputs: usize,
    /// Bars by their numbers, modulo as many as there is place for: [`SPACING`] for each keyframe.
    bars: Box<[f64]>,
    /// The states before the bars whose numbers are multiples of [`SPACING`], modulo their number.
    keyframes: Box<[Vec<u64>]>,
    /// Room for the values of `depth` bars.
    values: Box<[f64]>,
}

/// Bars from one kept state to the next: to keep one costs a few updates, to begin at one half as many as this.
const SPACING: usize = 64;

impl<F: Feed> LateBars<F> {
    /// Goes on from `feed`; bars that it has taken before cannot be changed, of those to come the last `depth`.
    pub fn new(mut feed: F, depth: usize) -> Self {
        let (n_inputs, n_outputs) = feed.widths();
        let n_keyframes = depth.saturating_sub(1).div_ceil(SPACING) + 1;
        let mut first = Vec::new();
        feed.read(&mut first);
        Self {
            feed,
            depth,
            n_bars: 0,
            first: 0,
            n_inputs,
            n_outputs,
            bars: vec![0.0; n_keyframes * SPACING * n_inputs].into(),
            // A clone would not keep the capacity.
            keyframes: (0..n_keyframes).map(|_| first.clone()).collect(),
            values: vec![0.0; depth.max(1) * n_outputs].into(),
        }
    }

    /// The indicator, after all bars.
    pub fn feed(&self) -> &F {
        &self.feed
    }

    /// The indicator, after all bars, to go on without corrections, or to be stored.
    pub fn into_feed(self) -> F {
        self.feed
    }

    /// How many of the last bars can be changed now: those that came, but not more than the depth.
    pub fn reach(&self) -> usize {
        self.depth.min(self.n_bars - self.first)
    }

    /// How many of the last bars can be changed at most.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Takes the next bar and gives the outputs, NaN where there is no value.
    ///
    /// # Panics
    /// If `bar` has another length than the indicator has inputs.
    pub fn update(&mut self, bar: &F::Bar) -> &F::Values {
        self.make_room();
        self.put(self.n_bars - 1, bar);
        self.replay(self.n_bars - 1);
        F::view(&self.values[..self.n_outputs])
    }

    /// What [`LateBars::update`] would give for `bar`. The state is as before afterwards.
    ///
    /// # Panics
    /// If `bar` has another length than the indicator has inputs.
    pub fn peek(&mut self, bar: &F::Bar) -> &F::Values {
        let values = &mut self.values[..self.n_outputs];
        self.feed.peek(bar.as_ref(), values);
        F::view(values)
    }

    /// Takes `bar` in place of the one of that age, and gives the values from it on, oldest first.
    ///
    /// # Errors
    /// [`Error::TooLate`] unless `age` is below [`LateBars::reach`]. Nothing has changed then.
    ///
    /// # Panics
    /// If `bar` has another length than the indicator has inputs.
    pub fn correct(&mut self, age: usize, bar: &F::Bar) -> Result<Changed<'_, F>, Error> {
        let number = self.number(age)?;
        self.put(number, bar);
        if age > 0 || self.feed.take_back().is_err() {
            self.rewind(number);
        }
        self.replay(number);
        Ok(self.values_from(number))
    }

    /// Takes `bar`, which had been missing, before the last `age` bars, and gives the values from it on, oldest first.
    ///
    /// # Errors
    /// [`Error::TooLate`] if `age` is above [`LateBars::reach`], or not below the depth. Nothing has changed then.
    ///
    /// # Panics
    /// If `bar` has another length than the indicator has inputs.
    pub fn insert(&mut self, age: usize, bar: &F::Bar) -> Result<Changed<'_, F>, Error> {
        if age >= self.depth || age > self.reach() {
            return Err(self.too_late(age));
        }
        assert_eq!(bar.as_ref().len(), self.n_inputs, "a bar has a number for each input");
        let number = self.n_bars - age;
        if age > 0 {
            self.rewind(number);
        }
        self.make_room();
        for newer in (number + 1..self.n_bars).rev() {
            let from = self.place(newer - 1);
            self.bars.copy_within(from..from + self.n_inputs, self.place(newer));
        }
        self.put(number, bar);
        self.replay(number);
        Ok(self.values_from(number))
    }

    /// Takes out the bar of that age, and gives the values of those behind it, oldest first. Of older bars none comes
    /// back into reach.
    ///
    /// # Errors
    /// [`Error::TooLate`] unless `age` is below [`LateBars::reach`]. Nothing has changed then.
    pub fn remove(&mut self, age: usize) -> Result<Changed<'_, F>, Error> {
        let number = self.number(age)?;
        self.rewind(number);
        for older in number..self.n_bars - 1 {
            let from = self.place(older + 1);
            self.bars.copy_within(from..from + self.n_inputs, self.place(older));
        }
        self.n_bars -= 1;
        self.replay(number);
        Ok(self.values_from(number))
    }

    /// The number of the bar of that age.
    fn number(&self, age: usize) -> Result<usize, Error> {
        if age < self.reach() { Ok(self.n_bars - 1 - age) } else { Err(self.too_late(age)) }
    }

    fn too_late(&self, age: usize) -> Error {
        Error::TooLate { age, reach: self.reach(), depth: self.depth }
    }

    /// Where the bar of that number begins.
    fn place(&self, number: usize) -> usize {
        number % (self.keyframes.len() * SPACING) * self.n_inputs
    }

    /// Counts a bar more; with the first behind a keyframe the oldest keyframe and the bars behind it are lost.
    fn make_room(&mut self) {
        let keyframe = self.n_bars / SPACING;
        self.first = self.first.max((keyframe + 1).saturating_sub(self.keyframes.len()) * SPACING);
        self.n_bars += 1;
    }

    fn put(&mut self, number: usize, bar: &F::Bar) {
        let bar = bar.as_ref();
        assert_eq!(bar.len(), self.n_inputs, "a bar has a number for each input");
        let place = self.place(number);
        self.bars[place..place + self.n_inputs].copy_from_slice(bar);
    }

    /// Goes back to the state before the bar of that number.
    fn rewind(&mut self, number: usize) {
        let keyframe = number / SPACING;
        self.feed.write(&self.keyframes[keyframe % self.keyframes.len()]);
        for passed in keyframe * SPACING..number {
            let place = self.place(passed);
            let values = &mut self.values[..self.n_outputs];
            self.feed.update(&self.bars[place..place + self.n_inputs], values);
        }
    }

    /// Takes the bars from that number on, before which the state is.
    fn replay(&mut self, first: usize) {
        for number in first..self.n_bars {
            if number.is_multiple_of(SPACING) {
                let keyframe = &mut self.keyframes[number / SPACING % self.keyframes.len()];
                keyframe.clear();
                self.feed.read(keyframe);
            }
            let (place, row) = (self.place(number), (number - first) * self.n_outputs);
            let values = &mut self.values[row..row + self.n_outputs];
            self.feed.update(&self.bars[place..place + self.n_inputs], values);
        }
    }

    /// The values of the bars from that number on, which have been replayed.
    fn values_from(&self, first: usize) -> Changed<'_, F> {
        let values = &self.values[..(self.n_bars - first) * self.n_outputs];
        Changed { rows: values.chunks_exact(self.n_outputs), feed: PhantomData }
    }
}

/// The values of each bar from a changed one on, oldest first.
#[derive(Clone, Debug)]
pub struct Changed<'a, F> {
    rows: ChunksExact<'a, f64>,
    feed: PhantomData<F>,
}

impl<'a, F: Feed<Values: 'a>> Iterator for Changed<'a, F> {
    type Item = &'a F::Values;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next().map(F::view)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl<'a, F: Feed<Values: 'a>> DoubleEndedIterator for Changed<'a, F> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.rows.next_back().map(F::view)
    }
}

impl<'a, F: Feed<Values: 'a>> ExactSizeIterator for Changed<'a, F> {}

impl<'a, F: Feed<Values: 'a>> FusedIterator for Changed<'a, F> {}
