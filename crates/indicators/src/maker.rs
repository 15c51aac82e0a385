//! From a name and a profile to a state that is chosen at run time.
use std::fmt::Debug;

use crate::{Error, Indicator, Profile, Stream, extra, fast, simd, talib, tradingview};

/// How to build one indicator in one profile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Maker {
    pub(crate) name: &'static str,
    pub(crate) build: fn(&[f64]) -> Box<dyn Erased>,
    pub(crate) lookback: fn(&[f64]) -> Vec<usize>,
}

impl Maker {
    pub(crate) const fn of<S: Indicator<I, O>, const I: usize, const O: usize>() -> Self {
        Self {
            name: S::NAME,
            build: |args| Box::new(Stream::new(S::build(args))),
            lookback: |args| S::lookback(args).into(),
        }
    }
}

/// The maker of an indicator; the same state serves all profiles where the arithmetic leaves no choice.
pub(crate) fn find(name: &str, profile: Profile) -> Option<&'static Maker> {
    let own = match profile {
        Profile::Talib => talib::FAMILIES,
        Profile::TradingView => tradingview::FAMILIES,
        Profile::Fast => fast::FAMILIES,
    };
    own.iter().chain(extra::FAMILIES).copied().flatten().find(|maker| maker.name == name)
}

/// A [`Stream`] whose indicator is chosen at run time.
pub(crate) trait Erased: Debug + Send + Sync {
    fn update(&mut self, bar: &[f64], values: &mut [f64]);
    fn peek(&mut self, bar: &[f64], values: &mut [f64]);
    fn replace(&mut self, bar: &[f64], values: &mut [f64]) -> Result<(), Error>;
    fn run(&mut self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]);
    fn take_back(&mut self) -> Result<(), Error>;
    fn read(&mut self, words: &mut Vec<u64>);
    fn restore(&mut self, words: &[u64]) -> bool;
    fn boxed_clone(&self) -> Box<dyn Erased>;
}

impl<S: Indicator<I, O>, const I: usize, const O: usize> Erased for Stream<S, I, O> {
    fn update(&mut self, bar: &[f64], values: &mut [f64]) {
        values.copy_from_slice(&self.update_by(inputs::<S, _, I, O>(bar), take));
    }

    fn peek(&mut self, bar: &[f64], values: &mut [f64]) {
        values.copy_from_slice(&self.peek_by(inputs::<S, _, I, O>(bar), take));
    }

    fn replace(&mut self, bar: &[f64], values: &mut [f64]) -> Result<(), Error> {
        self.take_back()?;
        Erased::update(self, bar, values);
        Ok(())
    }

    fn run(&mut self, columns: &[&[f64]], outputs: &mut [&mut [f64]]) {
        let n_outputs = outputs.len();
        let mut outputs = outputs.iter_mut();
        let outputs: [&mut [f64]; O] = std::array::from_fn(|_| {
            let column = outputs.next();
            &mut **column.unwrap_or_else(|| panic!("{} has {O} outputs, not {n_outputs}", S::NAME))
        });
        assert_eq!(n_outputs, O, "{} has {O} outputs", S::NAME);
        self.run_by(inputs::<S, _, I, O>(columns), outputs, take);
    }

    fn take_back(&mut self) -> Result<(), Error> {
        Stream::take_back(self)
    }

    fn read(&mut self, words: &mut Vec<u64>) {
        Stream::read(self, words);
    }

    fn restore(&mut self, words: &[u64]) -> bool {
        Stream::restore(self, words)
    }

    fn boxed_clone(&self) -> Box<dyn Erased> {
        Box::new(self.clone())
    }
}

impl Clone for Box<dyn Erased> {
    fn clone(&self) -> Self {
        (**self).boxed_clone()
    }
}

fn inputs<S: Indicator<I, O>, T: Copy, const I: usize, const O: usize>(given: &[T]) -> [T; I] {
    given.try_into().unwrap_or_else(|_| panic!("{} reads {I} columns, not {}", S::NAME, given.len()))
}

/// [`Indicator::step`] once in the program for each type, instead of in all the places that call it. Where
/// [`Indicator::DISPATCH`] asks for it, by the processor's own fused multiply-add, whose replacement in software takes
/// ten times as long.
#[inline(never)]
pub(crate) fn take<S: Indicator<I, O>, const I: usize, const O: usize>(state: &mut S, bar: [f64; I]) -> [f64; O] {
    if S::DISPATCH {
        return simd::dispatch(
            #[inline(always)]
            || state.step(bar),
        );
    }
    state.step(bar)
}
