//! Numbers whose text is known already.

use crate::number::{Notation, put_first, put_number};

/// Writes numbers and keeps the texts of those that were written last, each in the one place that its bits lead to.
///
/// The same prices and volumes come again and again: in a month of genuine ticks this makes rows three times as fast.
#[derive(Debug)]
pub(crate) struct Memo {
    notation: Notation,
    entries: Vec<Entry>,
}

/// Half a cache line.
#[derive(Clone, Copy, Debug)]
struct Entry {
    bits: u64,
    /// The text, and in the last byte its length.
    text: [u8; TEXT_BYTES],
}

// 32 kB; eight times as many entries are no faster on that month.
const ENTRIES_LOG2: u32 = 10;
const ENTRIES: usize = 1 << ENTRIES_LOG2;
const TEXT_BYTES: usize = 24;
/// Longer texts are made anew each time.
const LONGEST: usize = TEXT_BYTES - 1;
/// Has the bits of no number that is written.
const NONE: Entry = Entry { bits: f64::NAN.to_bits(), text: [0; TEXT_BYTES] };

impl Memo {
    pub(crate) fn new(notation: Notation) -> Self {
        Self { notation, entries: vec![NONE; ENTRIES] }
    }

    /// Writes `value`, which must be finite, to `out` from `at` on and returns where it ends.
    #[inline]
    pub(crate) fn put(&mut self, out: &mut [u8], at: usize, value: f64) -> usize {
        let bits = value.to_bits();
        let entry = &mut self.entries[place(bits)];
        if entry.bits == bits {
            return put_first(out, at, entry.text, usize::from(entry.text[LONGEST]));
        }
        let end = put_number(out, at, value, self.notation);
        let text = &out[at..end];
        if text.len() <= LONGEST {
            entry.bits = bits;
            entry.text[..text.len()].copy_from_slice(text);
            entry.text[LONGEST] = u8::try_from(text.len()).expect("it is short");
        }
        end
    }
}

/// Multiplied by 2^64 over the golden ratio, the highest bits depend on all bits.
#[inline]
fn place(bits: u64) -> usize {
    (bits.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - ENTRIES_LOG2)) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::number::NUMBER_BYTES;

    fn text(put: impl FnOnce(&mut [u8]) -> usize) -> String {
        let mut out = [0; NUMBER_BYTES];
        let end = put(&mut out);
        String::from_utf8(out[..end].to_vec()).unwrap()
    }

    #[test]
    fn what_shares_a_place_does_not_share_a_text() {
        let one = 1.14512_f64;
        let other = (1_u64..).map(|step| f64::from_bits(one.to_bits() + step));
        let other = other.into_iter().find(|other| place(other.to_bits()) == place(one.to_bits())).unwrap();
        let mut memo = Memo::new(Notation::Plain);
        for value in [one, other, other, one, 0.0, -0.0, -0.0, 0.0, 1e22, 1e23, 1e23] {
            assert_eq!(text(|out| memo.put(out, 0, value)), value.to_string());
        }
    }

    proptest! {
        #[test]
        fn known_or_not_the_text_is_the_same(
            picks in proptest::collection::vec(0_usize..12, 1..200),
            values in proptest::collection::vec(any::<f64>().prop_filter("finite", |value| value.is_finite()), 12),
            notation in prop_oneof![Just(Notation::Plain), Just(Notation::Float)],
        ) {
            let mut memo = Memo::new(notation);
            for value in picks.into_iter().map(|pick| values[pick]) {
                let expected = text(|out| put_number(out, 0, value, notation));
                prop_assert_eq!(text(|out| memo.put(out, 0, value)), expected);
            }
        }
    }
}
