mod block_length;
mod distribution;
mod permutation;
mod resample;
mod simulate;

pub use block_length::{BlockLength, block_length};
pub use distribution::{Distribution, Interval};
pub use permutation::{BarPermutation, Ohlc, OhlcMut};
pub use resample::{Resampler, Resampling};
pub use simulate::{Growth, MonteCarlo, Outcome, Simulation, monte_carlo};
