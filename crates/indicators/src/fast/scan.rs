use crate::fast::vector::{Eight, each};
use crate::lanes::{Four, Wide};
use crate::memory::memory;

/// The constants of `y = q · y + u`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decay {
    q: f64,
    q2: f64,
    q4: f64,
    /// q, q², … q⁸.
    powers: Eight,
}

impl Decay {
    /// The powers are rounded once, so that over thousands of bars the weights still add up.
    pub(crate) fn new(q: f64) -> Self {
        let (mut high, mut low) = (1.0_f64, 0.0_f64);
        let powers = [(); 8].map(|()| {
            let product = high * q;
            low = high.mul_add(q, -product) + low * q;
            high = product + low;
            low += product - high;
            high
        });
        Self { q, q2: powers[1], q4: powers[3], powers }
    }

    /// q², q⁴ and q to q⁸, for [`eight_of_lanes`], of which q itself is the third.
    pub(crate) fn constants(&self) -> [f64; 10] {
        let [a, b, c, d, e, f, g, h] = self.powers;
        [self.q2, self.q4, a, b, c, d, e, f, g, h]
    }
}

/// A recursive average `y = q · y + u` whose bars are computed eight at a time: inside of the eight a tree of
/// depth 3 sums what they add, and one fused multiply-add brings in what was before.
///
/// Bar by bar it evaluates the same tree, of which it remembers the seven partial sums still needed. That the eights
/// begin at the same bars is for the owner to see to, by a `place` that all of its averages share.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scan {
    /// y before the eight.
    carry: f64,
    /// The last u; the last two sums of two and four sums of four, each at its place modulo their number. Before the
    /// eight −0, which added to any number gives its very bits.
    one: f64,
    two: [f64; 2],
    four: [f64; 4],
}

memory!(Scan { carry, one, two, four });

impl Scan {
    /// Goes on from `y`, at the first place of an eight.
    #[inline(always)]
    pub(crate) fn begin(&mut self, y: f64) {
        *self = Self { carry: y, one: -0.0, two: [-0.0; 2], four: [-0.0; 4] };
    }

    /// y before the eight.
    pub(crate) fn carry(&self) -> f64 {
        self.carry
    }

    /// As if eights had been taken, the last of which ended at `y`; only at the first place of an eight.
    pub(crate) fn set_carry(&mut self, y: f64) {
        self.carry = y;
    }

    /// The bar at `place`, 0 to 7, of its eight.
    #[inline(always)]
    pub(crate) fn step(&mut self, decay: &Decay, place: usize, u: f64) -> f64 {
        let place = place & 7;
        let two = decay.q.mul_add(self.one, u);
        let four = decay.q2.mul_add(self.two[place & 1], two);
        let eight = decay.q4.mul_add(self.four[place & 3], four);
        let y = decay.powers[place].mul_add(self.carry, eight);
        if place == 7 {
            self.begin(y);
        } else {
            self.one = u;
            self.two[place & 1] = two;
            self.four[place & 3] = four;
        }
        y
    }

    /// A whole eight, from its first place on.
    #[inline(always)]
    pub(crate) fn eight(&mut self, decay: &Decay, u: &Eight) -> Eight {
        let two = tree::<1>(decay.q, u);
        let four = tree::<2>(decay.q2, &two);
        let eight = tree::<4>(decay.q4, &four);
        let carry = self.carry;
        let y = each(
            #[inline(always)]
            |lane| decay.powers[lane].mul_add(carry, eight[lane]),
        );
        self.carry = y[7];
        y
    }
}

/// Sums of `K` joined to those of the `K` before them, within the eight.
#[inline(always)]
fn tree<const K: usize>(q: f64, sums: &Eight) -> Eight {
    each(
        #[inline(always)]
        |lane| if lane < K { sums[lane] } else { q.mul_add(sums[lane - K], sums[lane]) },
    )
}

/// [`Scan::eight`] of eight lanes, `u` to y, with the [`Decay::constants`].
#[inline(always)]
pub(crate) fn eight_of_lanes<F: Four>(constants: &[Wide<F>; 10], carry: &mut Wide<F>, u: &mut [Wide<F>; 8]) {
    let [q2, q4, powers @ ..] = constants;
    let q = powers[0];
    for bar in (1..8).rev() {
        u[bar] = q.mul_add(u[bar - 1], u[bar]);
    }
    for bar in (2..8).rev() {
        u[bar] = q2.mul_add(u[bar - 2], u[bar]);
    }
    for bar in (4..8).rev() {
        u[bar] = q4.mul_add(u[bar - 4], u[bar]);
    }
    let before = *carry;
    for (y, power) in u.iter_mut().zip(powers) {
        *y = power.mul_add(before, *y);
    }
    *carry = u[7];
}
