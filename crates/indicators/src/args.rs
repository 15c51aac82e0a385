use crate::MovingAverage;

/// A parameter of a typed constructor, as the number that the catalogue checks.
pub(crate) trait Arg {
    fn number(self) -> f64;
}

impl Arg for usize {
    fn number(self) -> f64 {
        self as f64
    }
}

impl Arg for f64 {
    fn number(self) -> f64 {
        self
    }
}

impl Arg for bool {
    fn number(self) -> f64 {
        f64::from(self)
    }
}

impl Arg for MovingAverage {
    fn number(self) -> f64 {
        f64::from(self as u8)
    }
}

/// The number of bars that the checked argument at `index` stands for.
pub(crate) fn bars(args: &[f64], index: usize) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked: whole, 0 to 100,000")]
    let bars = args[index] as usize;
    bars
}

/// The moving average that the checked argument at `index` stands for.
pub(crate) fn average(args: &[f64], index: usize) -> MovingAverage {
    MovingAverage::ALL[bars(args, index)]
}
