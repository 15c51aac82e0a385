use crate::indicator::is_missing;
use crate::memory::{self, Checkpoint};
use crate::{Error, Indicator};

/// An indicator on a running feed: looks ahead at the forming bar, takes corrections of the last one, and can be
/// stored.
///
/// ```
/// use indicators::{Stream, talib};
///
/// let mut sma = Stream::new(talib::Sma::new(2)?);
/// sma.update([1.0]);
/// assert_eq!(sma.peek([3.0]), [2.0]);           // if the bar closed at 3; the state stays
/// assert_eq!(sma.update([5.0]), [3.0]);
/// assert_eq!(sma.replace([7.0])?, [4.0]);       // the last bar closed at 7, not at 5
/// # Ok::<(), indicators::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Stream<S, const I: usize, const O: usize> {
    state: S,
    /// A state without bars, for a peek at the first bar behind a missing one.
    fresh: S,
    before: Checkpoint,
    peeked: Checkpoint,
    last: Last,
}

/// What is known of the last bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    /// There is none that could be replaced.
    None,
    /// The state has taken it; `before` is the state without it.
    Taken,
    /// It was missing: the state is still the one before it, and is to be reset before the next bar.
    Missing,
}

impl<S: Indicator<I, O>, const I: usize, const O: usize> Stream<S, I, O> {
    /// A feed that goes on from `state`.
    pub fn new(mut state: S) -> Self {
        let (before, peeked) = (Checkpoint::of(&mut state), Checkpoint::of(&mut state));
        let mut fresh = state.clone();
        fresh.reset();
        Self { state, fresh, before, peeked, last: Last::None }
    }

    /// Takes the next bar and gives the outputs, NaN where there is no value.
    #[inline]
    pub fn update(&mut self, bar: [f64; I]) -> [f64; O] {
        self.update_by(bar, S::step)
    }

    /// [`Stream::update`] through `step`, which is [`Indicator::step`], inlined or not.
    #[inline(always)]
    pub(crate) fn update_by(&mut self, bar: [f64; I], step: impl FnOnce(&mut S, [f64; I]) -> [f64; O]) -> [f64; O] {
        if self.last == Last::Missing {
            self.state.reset();
        }
        if is_missing::<S, I, O>(&bar) {
            self.last = Last::Missing;
            return [f64::NAN; O];
        }
        self.last = Last::Taken;
        self.before.save(&mut self.state);
        step(&mut self.state, bar)
    }

    /// What [`Stream::update`] would give for `bar`. The state is as before afterwards.
    #[inline]
    pub fn peek(&mut self, bar: [f64; I]) -> [f64; O] {
        self.peek_by(bar, S::step)
    }

    /// [`Stream::peek`] through `step`.
    #[inline(always)]
    pub(crate) fn peek_by(&mut self, bar: [f64; I], step: impl FnOnce(&mut S, [f64; I]) -> [f64; O]) -> [f64; O] {
        if is_missing::<S, I, O>(&bar) {
            return [f64::NAN; O];
        }
        let state = if self.last == Last::Missing { &mut self.fresh } else { &mut self.state };
        self.peeked.save(state);
        let values = step(state, bar);
        self.peeked.roll_back(state);
        values
    }

    /// Takes `bar` in place of the last one.
    ///
    /// # Errors
    /// [`Error::NothingToReplace`] if no bar came since the construction or a restore.
    #[inline]
    pub fn replace(&mut self, bar: [f64; I]) -> Result<[f64; O], Error> {
        self.take_back()?;
        Ok(self.update(bar))
    }

    /// As if the last bar had not come.
    pub(crate) fn take_back(&mut self) -> Result<(), Error> {
        match self.last {
            Last::None => return Err(Error::NothingToReplace { indicator: S::NAME }),
            Last::Taken => self.before.roll_back(&mut self.state),
            Last::Missing => self.last = Last::None,
        }
        Ok(())
    }

    /// Takes the next bars; see [`Indicator::run`].
    ///
    /// # Panics
    /// If the columns differ in length.
    #[inline]
    pub fn run(&mut self, inputs: [&[f64]; I], outputs: [&mut [f64]; O]) {
        self.run_by(inputs, outputs, S::step);
    }

    /// [`Stream::run`], the last bar through `step`.
    #[inline(always)]
    pub(crate) fn run_by(
        &mut self,
        inputs: [&[f64]; I],
        mut outputs: [&mut [f64]; O],
        step: impl FnOnce(&mut S, [f64; I]) -> [f64; O],
    ) {
        for column in inputs.iter().copied().chain(outputs.iter().map(|column| &**column)) {
            assert_eq!(column.len(), inputs[0].len(), "{}: the columns differ in length", S::NAME);
        }
        let Some(last) = inputs.first().and_then(|column| column.len().checked_sub(1)) else { return };
        if self.last == Last::Missing {
            self.state.reset();
        }
        self.state.run(inputs.map(|column| &column[..last]), outputs.each_mut().map(|column| &mut column[..last]));
        self.last = Last::None;
        let values = self.update_by(inputs.map(|column| column[last]), step);
        for (column, value) in outputs.iter_mut().zip(values) {
            column[last] = value;
        }
    }

    /// Appends everything it remembers, as words.
    pub(crate) fn read(&mut self, words: &mut Vec<u64>) {
        memory::read(if self.last == Last::Missing { &mut self.fresh } else { &mut self.state }, words);
    }

    /// Goes on from what [`Stream::read`] gave; false, and as new, if they are not of such a state.
    pub(crate) fn restore(&mut self, words: &[u64]) -> bool {
        self.last = Last::None;
        memory::restore(&mut self.state, words)
    }
}
