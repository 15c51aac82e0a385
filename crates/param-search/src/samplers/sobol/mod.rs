mod directions;

use serde::Serialize;

use self::directions::{DIRECTIONS, N_DIMENSIONS};
use super::permutation::mix;
use crate::{Error, Point, Problem, Sampler, Space, Trial};

/// Bits of a coordinate, and the binary logarithm of the length of the sequence.
const BITS: usize = 32;

/// The Sobol sequence in up to [`SobolSequence::MAX_DIMENSIONS`] dimensions, with or without Owen's scrambling.
///
/// The first 2ᵏ points of any two dimensions fall evenly into boxes of equal size; scrambled points keep that, are
/// uniform each by itself, and never lie on a border. Points come in Gray code order, as in `scipy.stats.qmc`.
///
/// Sources: S. Joe and F. Y. Kuo, *Constructing Sobol sequences with better two-dimensional projections*, SIAM J. Sci.
/// Comput. 30 (2008), direction numbers `new-joe-kuo-6.21201`; A. B. Owen, *Randomly permuted (t,m,s)-nets and
/// (t,s)-sequences* (1995), nested uniform scrambling, with the random bits from a hash of seed, dimension and the
/// digits above.
///
/// ```
/// use param_search::SobolSequence;
///
/// let sequence = SobolSequence::new(2, None)?;
/// let mut point = [0.0; 2];
/// sequence.point(3, &mut point);
/// assert_eq!(point, [0.25, 0.75]);
/// # Ok::<(), param_search::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SobolSequence {
    directions: Vec<[u32; BITS]>,
    scramble: Option<u64>,
}

impl SobolSequence {
    /// The largest number of dimensions.
    pub const MAX_DIMENSIONS: usize = N_DIMENSIONS;

    /// Number of points.
    pub const LENGTH: u64 = 1 << BITS;

    /// A sequence in `dimensions` dimensions, scrambled with a seed if there is one.
    ///
    /// # Errors
    /// [`Error::BadSetting`] for no dimension and for more than [`SobolSequence::MAX_DIMENSIONS`].
    pub fn new(dimensions: usize, scramble: Option<u64>) -> Result<Self, Error> {
        if !(1..=N_DIMENSIONS).contains(&dimensions) {
            let value = dimensions as f64;
            return Err(Error::BadSetting { setting: "dimensions", value, range: "1 to 256" });
        }
        let directions = (0..dimensions).map(direction_numbers).collect();
        Ok(Self { directions, scramble })
    }

    /// Writes point `index` into `out`: coordinates in 0 (included without scrambling) to 1 (excluded).
    ///
    /// # Panics
    /// If `out` has another length than the sequence has dimensions, or `index` is not below
    /// [`SobolSequence::LENGTH`].
    pub fn point(&self, index: u64, out: &mut [f64]) {
        assert_eq!(out.len(), self.directions.len(), "point: one coordinate a dimension");
        assert!(index < Self::LENGTH, "point: {index} is beyond the sequence");
        let gray = index ^ (index >> 1);
        for (dimension, (x, directions)) in out.iter_mut().zip(&self.directions).enumerate() {
            let used = directions.iter().enumerate().filter(|(bit, _)| gray >> bit & 1 == 1);
            let digits = used.fold(0, |digits, (_, direction)| digits ^ direction);
            *x = match self.scramble {
                None => f64::from(digits) / Self::LENGTH as f64,
                Some(seed) => (f64::from(scrambled(digits, seed, dimension as u64)) + 0.5) / Self::LENGTH as f64,
            };
        }
    }
}

/// Direction numbers of one dimension, the first with the highest bit.
fn direction_numbers(dimension: usize) -> [u32; BITS] {
    let mut numbers = [0_u32; BITS];
    let Some((polynomial, initial)) = dimension.checked_sub(1).map(|row| DIRECTIONS[row]) else {
        // The first dimension is van der Corput's sequence: its matrix is the unit matrix.
        for (bit, number) in numbers.iter_mut().enumerate() {
            *number = 1 << (BITS - 1 - bit);
        }
        return numbers;
    };
    let degree = initial.len();
    for (bit, &m) in initial.iter().enumerate().take(BITS) {
        numbers[bit] = u32::from(m) << (BITS - 1 - bit);
    }
    for bit in degree..BITS {
        let mut number = numbers[bit - degree] ^ (numbers[bit - degree] >> degree);
        for k in 1..degree {
            // Coefficient of x^(degree − k); the leading and the constant one are 1.
            if polynomial >> (degree - k) & 1 == 1 {
                number ^= numbers[bit - k];
            }
        }
        numbers[bit] = number;
    }
    numbers
}

/// Flips each digit by a random bit of its own for every prefix of digits above it.
fn scrambled(digits: u32, seed: u64, dimension: u64) -> u32 {
    let key = mix(seed ^ mix(dimension));
    let mut flips = 0;
    for bit in 0..BITS {
        let prefix = if bit == 0 { 0 } else { u64::from(digits >> (BITS - bit)) };
        // The leading one keeps prefixes of different lengths apart.
        let node = prefix | 1 << bit;
        flips |= u32::from(mix(key ^ node) >> 63 == 1) << (BITS - 1 - bit);
    }
    digits ^ flips
}

/// Settings of [`Sobol`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SobolOptions {
    /// Whether to scramble. Without it the first point has every parameter at its lower bound.
    pub scramble: bool,
}

impl Default for SobolOptions {
    fn default() -> Self {
        Self { scramble: true }
    }
}

/// Points of the Sobol sequence: spread more evenly than random ones.
///
/// Each parameter takes one dimension, active or not. Points that break a constraint are skipped. How evenly the
/// points lie is best after 2ᵏ of them.
#[derive(Clone, Debug)]
pub struct Sobol {
    problem: Problem,
    seed: u64,
    options: SobolOptions,
    sequence: SobolSequence,
    next: u64,
}

impl Sobol {
    /// The sequence over a space.
    ///
    /// # Errors
    /// [`Error::BadSetting`] for more than [`SobolSequence::MAX_DIMENSIONS`] parameters.
    pub fn new(problem: &Problem, seed: u64, options: SobolOptions) -> Result<Self, Error> {
        let sequence = SobolSequence::new(problem.space().n_parameters(), options.scramble.then_some(seed))?;
        Ok(Self { problem: problem.clone(), seed, options, sequence, next: 0 })
    }
}

impl Sampler for Sobol {
    fn problem(&self) -> &Problem {
        &self.problem
    }

    fn ask(&mut self, _: u64) -> Result<Point, Error> {
        let space = self.problem.space();
        let mut unit = vec![0.0; space.n_parameters()];
        for _ in 0..Space::MAX_TRIES {
            if self.next == SobolSequence::LENGTH {
                return Err(Error::Exhausted);
            }
            self.sequence.point(self.next, &mut unit);
            self.next += 1;
            let point = space.decode(&unit);
            if space.is_feasible(&point) {
                return Ok(point);
            }
        }
        Err(Error::Unsatisfiable { tries: Space::MAX_TRIES })
    }

    fn tell(&mut self, trial: &Trial) -> Result<(), Error> {
        trial.check(self.problem.directions())
    }

    fn describe(&self) -> serde_json::Value {
        serde_json::json!({ "sampler": "sobol", "seed": self.seed, "options": self.options })
    }
}
