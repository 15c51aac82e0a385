//! The bars that everybody reads.

/// Columns of equal length, oldest bar first.
pub(crate) struct Bars {
    pub(crate) open: Vec<f64>,
    pub(crate) high: Vec<f64>,
    pub(crate) low: Vec<f64>,
    pub(crate) close: Vec<f64>,
    pub(crate) volume: Vec<f64>,
    /// Whole numbers from 2 to 30: periods for what takes them bar by bar, and a second column elsewhere.
    pub(crate) second: Vec<f64>,
    /// The close in parts of the highest one, for functions of −1 to 1.
    pub(crate) fraction: Vec<f64>,
}

/// `SplitMix64`. Source: Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
struct Dice(u64);

impl Dice {
    /// 0 to 1.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Mean 0, variance 1, nearly a normal distribution.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

impl Bars {
    /// A walk from 1.1 in ticks of 0.00001, as a currency pair moves in an hour: 0.05 % a bar.
    pub(crate) fn walk(n_bars: usize) -> Self {
        let rounded = |price: f64| (price * 1e5).round() / 1e5;
        let mut dice = Dice(20_240_229);
        let [mut open, mut high, mut low, mut close, mut volume, mut second] = [const { Vec::new() }; 6];
        let mut price = 1.1;
        for _ in 0..n_bars {
            let first = price * (1.0 + 0.00005 * dice.normal());
            price *= 1.0 + 0.0005 * dice.normal();
            let top = first.max(price) * (1.0 + 0.0003 * dice.normal().abs());
            let bottom = first.min(price) * (1.0 - 0.0003 * dice.normal().abs());
            for (column, price) in [(&mut open, first), (&mut high, top), (&mut low, bottom), (&mut close, price)] {
                column.push(rounded(price));
            }
            volume.push((20.0 + 3000.0 * dice.uniform() * dice.uniform()).floor());
            second.push((2.0 + 29.0 * dice.uniform()).floor());
        }
        let highest = close.iter().copied().fold(0.0, f64::max);
        let fraction = close.iter().map(|close| close / highest).collect();
        Self { open, high, low, close, volume, second, fraction }
    }

    pub(crate) fn len(&self) -> usize {
        self.close.len()
    }
}
