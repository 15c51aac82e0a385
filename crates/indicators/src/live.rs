use crate::maker::Erased;
use crate::{Error, IndicatorSpec, Profile};

/// A [`Stream`](crate::Stream) of an indicator that is chosen at run time.
///
/// ```
/// use indicators::{IndicatorSpec, Profile};
///
/// let spec: IndicatorSpec = "sma(2)".parse()?;
/// let mut sma = spec.live(Profile::Talib)?;
/// let mut value = [0.0];
/// sma.update(&[1.0], &mut value);
/// sma.peek(&[3.0], &mut value);
/// assert_eq!(value, [2.0]);
///
/// let mut other = indicators::Live::restore(&sma.snapshot())?;   // elsewhere, later
/// other.update(&[5.0], &mut value);
/// assert_eq!(value, [3.0]);
/// # Ok::<(), indicators::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Live {
    spec: IndicatorSpec,
    profile: Profile,
    stream: Box<dyn Erased>,
}

impl Live {
    pub(crate) fn new(spec: IndicatorSpec, profile: Profile) -> Result<Self, Error> {
        let stream = (spec.maker(profile)?.build)(spec.args());
        Ok(Self { spec, profile, stream })
    }

    /// Which indicator.
    pub fn spec(&self) -> &IndicatorSpec {
        &self.spec
    }

    /// In which arithmetic.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Takes the next bar, one number for each input of the catalogue, and writes one for each output.
    ///
    /// # Panics
    /// If `bar` or `values` has another length.
    #[inline]
    pub fn update(&mut self, bar: &[f64], values: &mut [f64]) {
        self.stream.update(bar, values);
    }

    /// What [`Live::update`] would write for `bar`. The state is as before afterwards.
    ///
    /// # Panics
    /// If `bar` or `values` has another length than the catalogue lists inputs and outputs.
    #[inline]
    pub fn peek(&mut self, bar: &[f64], values: &mut [f64]) {
        self.stream.peek(bar, values);
    }

    /// Takes `bar` in place of the last one.
    ///
    /// # Errors
    /// [`Error::NothingToReplace`] if no bar came since the construction or the restore.
    ///
    /// # Panics
    /// If `bar` or `values` has another length than the catalogue lists inputs and outputs.
    #[inline]
    pub fn replace(&mut self, bar: &[f64], values: &mut [f64]) -> Result<(), Error> {
        self.stream.replace(bar, values)
    }

    /// Takes the next bars, one slice for each input, and writes as many values for each output.
    ///
    /// # Panics
    /// If the number of columns or their lengths do not fit.
    pub fn run(&mut self, inputs: &[&[f64]], outputs: &mut [&mut [f64]]) {
        self.stream.run(inputs, outputs);
    }

    /// As if the last bar had not come.
    pub(crate) fn take_back(&mut self) -> Result<(), Error> {
        self.stream.take_back()
    }

    /// Appends everything it remembers, as words.
    pub(crate) fn read(&mut self, words: &mut Vec<u64>) {
        self.stream.read(words);
    }

    /// Goes on from words that [`Live::read`] gave.
    pub(crate) fn write(&mut self, words: &[u64]) {
        assert!(self.stream.restore(words), "words of the same indicator");
    }

    /// Everything needed to go on elsewhere with the same bits.
    pub fn snapshot(&mut self) -> Snapshot {
        let mut words = Vec::new();
        self.stream.read(&mut words);
        let checksum = checksum(&self.spec, self.profile, &words);
        Snapshot { spec: self.spec.clone(), profile: self.profile, words, checksum }
    }

    /// Goes on from a snapshot.
    ///
    /// # Errors
    /// [`Error::Snapshot`] if it is damaged, or of a version whose states are of another form, and
    /// [`Error::NotInProfile`].
    pub fn restore(snapshot: &Snapshot) -> Result<Self, Error> {
        let mut live = Self::new(snapshot.spec.clone(), snapshot.profile)?;
        let Snapshot { spec, profile, words, checksum: stored } = snapshot;
        if checksum(spec, *profile, words) != *stored || !live.stream.restore(words) {
            return Err(Error::Snapshot { kind: spec.kind() });
        }
        Ok(live)
    }
}

/// A stored [`Live`]; with the feature `serde` it can be written in any format.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Snapshot {
    spec: IndicatorSpec,
    profile: Profile,
    /// Bits as hexadecimal text, because JSON readers round whole numbers beyond 2⁵³.
    #[cfg_attr(feature = "serde", serde(with = "hex"))]
    words: Vec<u64>,
    checksum: u32,
}

/// CRC-32 (IEEE 802.3, reflected) of the indicator and the profile as text and of the words in little-endian order.
fn checksum(spec: &IndicatorSpec, profile: Profile, words: &[u64]) -> u32 {
    let what = format!("{spec} {profile}");
    let bytes = what.bytes().chain(words.iter().flat_map(|word| word.to_le_bytes()));
    !bytes.fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}

#[cfg(feature = "serde")]
mod hex {
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::{SerializeSeq, Serializer};

    pub(super) fn serialize<S: Serializer>(words: &[u64], serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(words.len()))?;
        for word in words {
            seq.serialize_element(&format_args!("{word:x}"))?;
        }
        seq.end()
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u64>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        texts.iter().map(|text| u64::from_str_radix(text, 16).map_err(D::Error::custom)).collect()
    }
}
