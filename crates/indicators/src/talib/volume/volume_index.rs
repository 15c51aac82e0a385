use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// TA-Lib's negative volume index: 1000, moved by the close's relative change on bars whose volume fell.
///
/// A bar after a close of 0 changes nothing, nor does one that would make it infinite.
#[derive(Clone, Copy, Debug)]
pub struct Nvi {
    index: VolumeIndex,
}

constructor!(Nvi());
memory!(Nvi { index });

impl Indicator<2, 1> for Nvi {
    const NAME: &'static str = "nvi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(_: &[f64]) -> Self {
        Self { index: VolumeIndex::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [close, volume]: [f64; 2]) -> [f64; 1] {
        [self.index.next(close, volume, |volume, before| volume < before)]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], outputs: [&mut [f64]; 1]) {
        self.index.run(inputs, outputs, |volume, before| volume < before);
    }
}

/// TA-Lib's positive volume index: 1000, moved by the close's relative change on bars whose volume rose.
///
/// A bar after a close of 0 changes nothing, nor does one that would make it infinite.
#[derive(Clone, Copy, Debug)]
pub struct Pvi {
    index: VolumeIndex,
}

constructor!(Pvi());
memory!(Pvi { index });

impl Indicator<2, 1> for Pvi {
    const NAME: &'static str = "pvi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(_: &[f64]) -> Self {
        Self { index: VolumeIndex::default() }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [close, volume]: [f64; 2]) -> [f64; 1] {
        [self.index.next(close, volume, |volume, before| volume > before)]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], outputs: [&mut [f64]; 1]) {
        self.index.run(inputs, outputs, |volume, before| volume > before);
    }
}

/// An index that follows the close on some of the bars.
#[derive(Clone, Copy, Debug, Default)]
struct VolumeIndex {
    begun: bool,
    close: f64,
    volume: f64,
    value: f64,
}

memory!(VolumeIndex { begun, close, volume, value });

impl VolumeIndex {
    #[inline(always)]
    fn next(&mut self, close: f64, volume: f64, follows: impl Fn(f64, f64) -> bool) -> f64 {
        if !self.begun {
            (self.begun, self.value) = (true, 1000.0);
        } else if follows(volume, self.volume) && self.close != 0.0 {
            let moved = self.value + (close - self.close) / self.close * self.value;
            self.value = if moved.is_finite() { moved } else { self.value };
        }
        (self.close, self.volume) = (close, volume);
        self.value
    }

    /// [`VolumeIndex::next`] for each bar: the changes first, which do not wait for one another, 0 on a bar that is not
    /// followed. Should the index become infinite, the bars are gone through one by one.
    #[inline(always)]
    fn run(&mut self, [close, volume]: [&[f64]; 2], [out]: [&mut [f64]; 1], follows: impl Fn(f64, f64) -> bool + Copy) {
        let (Some((&last_close, &last_volume)), Some(first)) = (close.last().zip(volume.last()), out.first_mut())
        else {
            return;
        };
        let before = *self;
        *first = self.next(close[0], volume[0], follows);
        let today = close[1..].iter().zip(&volume[1..]);
        for ((moved, (&close, &volume)), (&last, &last_volume)) in
            out[1..].iter_mut().zip(today).zip(close.iter().zip(volume))
        {
            let change = (close - last) / last;
            *moved = if follows(volume, last_volume) && last != 0.0 { change } else { 0.0 };
        }
        let value = out[1..].iter_mut().fold(self.value, |value, moved| {
            *moved = value + *moved * value;
            *moved
        });
        if value.is_finite() {
            (self.close, self.volume, self.value) = (last_close, last_volume, value);
            return;
        }
        *self = before;
        for ((out, &close), &volume) in out.iter_mut().zip(close).zip(volume) {
            *out = self.next(close, volume, follows);
        }
    }
}
