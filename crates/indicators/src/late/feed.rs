use crate::maker::take;
use crate::{Error, FeatureSet, Indicator, Live, Stream};

/// What [`LateBars`](crate::LateBars) can correct: a [`Stream`], a [`Live`] or a [`FeatureSet`].
pub trait Feed: sealed::Replay {
    /// A bar.
    type Bar: ?Sized + AsRef<[f64]>;
    /// The values of a bar.
    type Values: ?Sized;

    #[doc(hidden)]
    fn view(values: &[f64]) -> &Self::Values;
}

mod sealed {
    use crate::Error;

    /// Bars and values as slices, the state as words.
    pub trait Replay {
        /// How many numbers a bar has, and how many values.
        fn widths(&self) -> (usize, usize);
        fn update(&mut self, bar: &[f64], values: &mut [f64]);
        fn peek(&mut self, bar: &[f64], values: &mut [f64]);
        fn take_back(&mut self) -> Result<(), Error>;
        /// Appends the words of the state.
        fn read(&mut self, words: &mut Vec<u64>);
        fn write(&mut self, words: &[u64]);
    }
}

impl<S: Indicator<I, O>, const I: usize, const O: usize> Feed for Stream<S, I, O> {
    type Bar = [f64; I];
    type Values = [f64; O];

    fn view(values: &[f64]) -> &[f64; O] {
        values.try_into().expect("a value for each output")
    }
}

impl<S: Indicator<I, O>, const I: usize, const O: usize> sealed::Replay for Stream<S, I, O> {
    fn widths(&self) -> (usize, usize) {
        (I, O)
    }

    fn update(&mut self, bar: &[f64], values: &mut [f64]) {
        values.copy_from_slice(&self.update_by(of_length(bar), take));
    }

    fn peek(&mut self, bar: &[f64], values: &mut [f64]) {
        values.copy_from_slice(&self.peek_by(of_length(bar), take));
    }

    fn take_back(&mut self) -> Result<(), Error> {
        self.take_back()
    }

    fn read(&mut self, words: &mut Vec<u64>) {
        self.read(words);
    }

    fn write(&mut self, words: &[u64]) {
        assert!(self.restore(words), "words of the same state");
    }
}

impl Feed for Live {
    type Bar = [f64];
    type Values = [f64];

    fn view(values: &[f64]) -> &[f64] {
        values
    }
}

impl sealed::Replay for Live {
    fn widths(&self) -> (usize, usize) {
        let info = self.spec().kind().info();
        (info.inputs.len(), info.outputs.len())
    }

    fn update(&mut self, bar: &[f64], values: &mut [f64]) {
        self.update(bar, values);
    }

    fn peek(&mut self, bar: &[f64], values: &mut [f64]) {
        self.peek(bar, values);
    }

    fn take_back(&mut self) -> Result<(), Error> {
        self.take_back()
    }

    fn read(&mut self, words: &mut Vec<u64>) {
        self.read(words);
    }

    fn write(&mut self, words: &[u64]) {
        self.write(words);
    }
}

impl Feed for FeatureSet {
    type Bar = [f64; 5];
    type Values = [f64];

    fn view(values: &[f64]) -> &[f64] {
        values
    }
}

impl sealed::Replay for FeatureSet {
    fn widths(&self) -> (usize, usize) {
        (5, self.names().len())
    }

    fn update(&mut self, bar: &[f64], values: &mut [f64]) {
        values.copy_from_slice(self.update(of_length(bar)));
    }

    fn peek(&mut self, bar: &[f64], values: &mut [f64]) {
        values.copy_from_slice(self.peek(of_length(bar)));
    }

    fn take_back(&mut self) -> Result<(), Error> {
        self.take_back()
    }

    fn read(&mut self, words: &mut Vec<u64>) {
        self.read(words);
    }

    fn write(&mut self, words: &[u64]) {
        self.write(words);
    }
}

fn of_length<const I: usize>(bar: &[f64]) -> [f64; I] {
    bar.try_into().expect("a number for each input")
}
