/// How many digits after the decimal point the integers of a bi5 file carry: prices are stored as `price · 10^decimals`.
///
/// A wrong scale gives prices that are wrong by a power of ten and look plausible; take it from
/// [`InstrumentInfo`](crate::InstrumentInfo).
///
/// ```
/// use dukascopy::PriceScale;
///
/// let scale = PriceScale::new(5).ok_or("too many decimals")?;
/// assert_eq!((scale.factor(), scale.price(114_523)), (100_000, 1.14523));
/// assert_eq!(scale.units(1.14523), Some(114_523));
/// assert_eq!(scale.units(1.145_234), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PriceScale(u8);

const FACTORS: [u32; 8] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

// A stored price is at most this: as float32, the bits of larger integers are numbers from 1/16 upwards, so that a
// file of float prices cannot be taken for one of integers.
pub(crate) const MAX_UNITS: u32 = 0x3d7f_ffff;

impl PriceScale {
    /// A scale of 0 to 7 decimals; `None` beyond.
    pub const fn new(decimals: u8) -> Option<Self> {
        if (decimals as usize) < FACTORS.len() { Some(Self(decimals)) } else { None }
    }

    /// Digits after the decimal point.
    pub const fn decimals(self) -> u8 {
        self.0
    }

    /// 10 to the power of the decimals.
    pub const fn factor(self) -> u32 {
        FACTORS[self.0 as usize]
    }

    /// The price stored as `units`: the double closest to the decimal number.
    #[inline]
    pub fn price(self, units: u32) -> f64 {
        f64::from(units) / f64::from(self.factor())
    }

    /// The integer that stores `price`.
    ///
    /// `None` if the price lies further than a thousandth of a step from a whole step, or is not between one step and
    /// 1,031,798,783 steps.
    pub fn units(self, price: f64) -> Option<u32> {
        let exact = price * f64::from(self.factor());
        let whole = exact.round();
        let storable = (exact - whole).abs() <= 1e-3 && whole >= 1.0 && whole <= f64::from(MAX_UNITS);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be 1 to MAX_UNITS")]
        storable.then_some(whole as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_price_unit_is_below_the_bits_of_a_sixteenth() {
        assert_eq!(MAX_UNITS + 1, 0.0625_f32.to_bits());
        assert!(1.1_f32.to_bits() > MAX_UNITS);
    }

    #[test]
    fn refuses_what_is_no_price() {
        let scale = PriceScale::new(5).unwrap();
        for price in [f64::NAN, f64::INFINITY, -1.0, 0.0, 0.000_001, 20_000.0] {
            assert_eq!(scale.units(price), None, "{price}");
        }
        assert_eq!(PriceScale::new(8), None);
    }
}
