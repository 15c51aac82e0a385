mod condition;
mod cross;
mod rising;

pub(crate) use self::condition::holds;
pub use self::condition::{BarsSince, ValueWhen};
pub use self::cross::{Cross, Crossover, Crossunder};
pub use self::rising::{Falling, Rising};
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Cross, _, _>(),
    Maker::of::<Crossover, _, _>(),
    Maker::of::<Crossunder, _, _>(),
    Maker::of::<Rising, _, _>(),
    Maker::of::<Falling, _, _>(),
    Maker::of::<ValueWhen, _, _>(),
    Maker::of::<BarsSince, _, _>(),
];
