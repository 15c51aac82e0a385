use market::BarsView;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::null_market::Columns;

/// Markets made by turning moves of single bars upside down; see [`NullMarket::SignFlips`](crate::NullMarket).
#[derive(Clone, Debug)]
pub(crate) struct SignFlips {
    start: usize,
    random: ChaCha8Rng,
    /// Logarithm of each close over the close before, from `start` on.
    moves: Vec<f64>,
    mean: f64,
    signs: Vec<bool>,
}

impl SignFlips {
    /// Of the bars from `start` on, which is at least 1; prices are finite and above 0.
    pub(crate) fn new(bars: &BarsView<'_>, start: usize, seed: u64) -> Self {
        let close = &bars.close[start - 1..];
        let moves: Vec<f64> = close.windows(2).map(|pair| libm::log(pair[1] / pair[0])).collect();
        let mean = moves.iter().sum::<f64>() / moves.len() as f64;
        let (random, signs) = (ChaCha8Rng::seed_from_u64(seed), Vec::with_capacity(moves.len()));
        Self { start, random, moves, mean, signs }
    }

    /// Writes market number `index` behind the bars before `start`, which stay.
    pub(crate) fn fill(&mut self, index: u64, bars: &BarsView<'_>, out: &mut Columns) {
        self.draw_signs(index);
        let signed = |(kept, own): (&bool, &f64)| if *kept { own - self.mean } else { self.mean - own };
        let total: f64 = self.signs.iter().zip(&self.moves).map(signed).sum();
        // Every bar gets the same addition, so that the last price stays where it was; for a flipped bar the mean that
        // was flipped with it is put back.
        let addition = self.mean - total / self.moves.len() as f64;
        let factors = [libm::exp(addition + self.mean), libm::exp(addition - self.mean)];
        for (i, &kept) in (self.start..bars.len()).zip(&self.signs) {
            let factor = factors[usize::from(kept)];
            let (before, open) = (bars.close[i - 1], bars.open[i]);
            let [gap, to_high, to_low, to_close] = if kept {
                [open / before, bars.high[i] / open, bars.low[i] / open, bars.close[i] / open]
            } else {
                [before / open, open / bars.low[i], open / bars.high[i], open / bars.close[i]]
            };
            let open = out.close[i - 1] * (gap * factor);
            // Products with one factor in common keep their order, so low ≤ open, close ≤ high stays true to the bit.
            out.open[i] = open;
            out.high[i] = open * to_high;
            out.low[i] = open * to_low;
            out.close[i] = open * to_close;
        }
    }

    fn draw_signs(&mut self, index: u64) {
        self.random.set_stream(index);
        self.random.set_word_pos(0);
        self.signs.clear();
        while self.signs.len() < self.moves.len() {
            let word = self.random.next_u64();
            let left = (self.moves.len() - self.signs.len()).min(64);
            self.signs.extend((0..left).map(|bit| word >> bit & 1 == 1));
        }
    }
}
