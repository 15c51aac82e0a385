use std::fmt;
use std::str::FromStr;

use crate::Error;
use crate::as_text::as_text;

/// The name of an instrument as its feed writes it: 1 to 32 of `A-Z 0-9 . _ -`, the first a letter or digit, such as
/// `EURUSD` or `USA500.IDXUSD`. It is always safe as the name of a folder.
///
/// Reading turns lower case into upper case and drops the slash of `EUR/USD`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(String);

impl Symbol {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Symbol {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let name = text.replace('/', "").to_ascii_uppercase();
        let valid = name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"._-".contains(&b));
        let starts_well = name.starts_with(|first: char| first.is_ascii_alphanumeric());
        if name.len() > 32 || !valid || !starts_well {
            return Err(Error::Symbol { text: text.to_owned() });
        }
        Ok(Self(name))
    }
}

/// What has to be known of an instrument to count its money.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Instrument {
    /// Its name.
    pub symbol: Symbol,
    /// Digits after the decimal point in quotes: 5 for EURUSD, 3 for USDJPY.
    pub price_decimals: u8,
    /// Smallest price step, in quote currency: 0.00001 for EURUSD.
    pub tick_size: f64,
    /// One pip, in quote currency: 0.0001 for EURUSD, 0.01 for USDJPY.
    pub pip_size: f64,
    /// Units of the base in one lot: 100,000 for currencies.
    pub lot_size: f64,
    /// Smallest step of a quantity, in units of the base.
    pub quantity_step: f64,
}

impl Instrument {
    /// A pair of currencies quoted with `price_decimals` digits, the last of which is a tenth of a pip.
    ///
    /// A lot is 100,000 units of the base, the smallest step a hundredth of it.
    ///
    /// ```
    /// use market::Instrument;
    ///
    /// let usdjpy = Instrument::forex("USDJPY".parse()?, 3)?;
    /// assert_eq!((usdjpy.tick_size, usdjpy.pip_size), (0.001, 0.01));
    /// # Ok::<(), market::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Setting`] unless `price_decimals` is 1 to 9.
    pub fn forex(symbol: Symbol, price_decimals: u8) -> Result<Self, Error> {
        if !(1..=9).contains(&price_decimals) {
            return Err(Error::Setting { name: "price_decimals", value: f64::from(price_decimals) });
        }
        Ok(Self::currency_pair(symbol, price_decimals))
    }

    /// EURUSD, quoted with 5 digits.
    pub fn eurusd() -> Self {
        Self::currency_pair(Symbol("EURUSD".to_owned()), 5)
    }

    fn currency_pair(symbol: Symbol, price_decimals: u8) -> Self {
        let scale = f64::from(10_u32.pow(price_decimals.into()));
        Self {
            symbol,
            price_decimals,
            tick_size: 1.0 / scale,
            pip_size: 10.0 / scale,
            lot_size: 100_000.0,
            quantity_step: 1_000.0,
        }
    }
}

as_text!(Symbol, "^[A-Za-z0-9._/-]+$", "The name of an instrument, such as EURUSD");
