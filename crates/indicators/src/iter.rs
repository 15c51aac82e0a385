use std::iter::FusedIterator;

use crate::Indicator;

/// A bar as an indicator of `I` input columns takes it.
pub trait Bar<const I: usize> {
    /// One number for each column.
    fn columns(self) -> [f64; I];
}

impl Bar<1> for f64 {
    #[inline(always)]
    fn columns(self) -> [f64; 1] {
        [self]
    }
}

impl Bar<1> for &f64 {
    #[inline(always)]
    fn columns(self) -> [f64; 1] {
        [*self]
    }
}

impl<const I: usize> Bar<I> for [f64; I] {
    #[inline(always)]
    fn columns(self) -> Self {
        self
    }
}

/// Indicators of iterators: of prices, or of bars as arrays of numbers.
///
/// ```
/// use indicators::{Indicate, talib};
///
/// let close = [1.0, 2.0, 4.0, 8.0];
/// let means: Vec<f64> = close.iter().indicator(talib::Sma::new(2)?).map(|[mean]| mean).skip(1).collect();
/// assert_eq!(means, [1.5, 3.0, 6.0]);
/// # Ok::<(), indicators::Error>(())
/// ```
pub trait Indicate: Iterator + Sized {
    /// For each bar the outputs of `state`, which goes on from the bars that it has taken; NaN where there is no value.
    fn indicator<S, const I: usize, const O: usize>(self, state: S) -> Indicated<Self, S, I, O>
    where
        S: Indicator<I, O>,
        Self::Item: Bar<I>,
    {
        Indicated { bars: self, state }
    }
}

impl<B: Iterator> Indicate for B {}

/// The iterator of [`Indicate::indicator`].
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy"]
pub struct Indicated<B, S, const I: usize, const O: usize> {
    bars: B,
    state: S,
}

impl<B, S, const I: usize, const O: usize> Indicated<B, S, I, O> {
    /// The state after the bars that have been taken, to go on from.
    pub fn into_state(self) -> S {
        self.state
    }
}

impl<B, S, const I: usize, const O: usize> Iterator for Indicated<B, S, I, O>
where
    B: Iterator<Item: Bar<I>>,
    S: Indicator<I, O>,
{
    type Item = [f64; O];

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.bars.next().map(|bar| self.state.update(bar.columns()))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.bars.size_hint()
    }

    #[inline]
    fn fold<A, F: FnMut(A, Self::Item) -> A>(mut self, first: A, mut next: F) -> A {
        self.bars.fold(first, |before, bar| next(before, self.state.update(bar.columns())))
    }
}

impl<B, S, const I: usize, const O: usize> ExactSizeIterator for Indicated<B, S, I, O>
where
    B: ExactSizeIterator<Item: Bar<I>>,
    S: Indicator<I, O>,
{
}

impl<B, S, const I: usize, const O: usize> FusedIterator for Indicated<B, S, I, O>
where
    B: FusedIterator<Item: Bar<I>>,
    S: Indicator<I, O>,
{
}
