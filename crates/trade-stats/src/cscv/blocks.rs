use super::{Score, Work};
use crate::moments::varies;
use crate::sum::sums;

/// Sums of each strategy's returns in each block, from which any union of blocks is scored.
pub(super) struct Blocks {
    /// Number of blocks.
    count: usize,
    /// Number of strategies.
    n: usize,
    /// Periods of each block.
    lengths: Vec<f64>,
    /// Σ (r − a) of each block (outer) and strategy (inner), around the strategy's mean a over all periods.
    first: Vec<f64>,
    /// Σ (r − a)², likewise.
    second: Vec<f64>,
    /// a of each strategy.
    anchors: Vec<f64>,
    /// Strategies whose returns are equal throughout some blocks, with the value in each block that has one.
    idle: Vec<(usize, Vec<Option<f64>>)>,
}

impl Blocks {
    pub(super) fn of(strategies: &[&[f64]], n_blocks: usize) -> Self {
        let (n, n_periods) = (strategies.len(), strategies[0].len());
        let starts = starts(n_periods, n_blocks);
        let lengths = starts.windows(2).map(|pair| (pair[1] - pair[0]) as f64).collect();
        let (mut first, mut second) = (vec![0.0; n * n_blocks], vec![0.0; n * n_blocks]);
        let (mut anchors, mut idle) = (Vec::with_capacity(n), Vec::new());
        for (k, returns) in strategies.iter().enumerate() {
            let anchor = crate::sum::sum(returns) / n_periods as f64;
            let mut constants = Vec::with_capacity(n_blocks);
            for (b, bounds) in starts.windows(2).enumerate() {
                let block = &returns[bounds[0]..bounds[1]];
                let [one, two] = sums(0..block.len(), &|i| {
                    let d = block[i] - anchor;
                    [d, d * d]
                });
                first[b * n + k] = one;
                second[b * n + k] = two;
                constants.push((!varies(block)).then_some(block[0]));
            }
            if constants.iter().any(Option::is_some) {
                idle.push((k, constants));
            }
            anchors.push(anchor);
        }
        Self { count: n_blocks, n, lengths, first, second, anchors, idle }
    }

    /// Scores of all strategies over the blocks of `mask` and over the others.
    pub(super) fn scores(&self, mask: u32, score: Score, work: &mut Work) {
        let n = self.n;
        work.sums.fill(0.0);
        let mut lengths = [0.0; 2];
        let (outside, inside) = work.sums.split_at_mut(2 * n);
        for b in 0..self.count {
            let is_inside = mask >> b & 1 == 1;
            let (first, second) = if is_inside { inside.split_at_mut(n) } else { outside.split_at_mut(n) };
            add(first, &self.first[b * n..(b + 1) * n]);
            if score == Score::Sharpe {
                add(second, &self.second[b * n..(b + 1) * n]);
            }
            lengths[usize::from(is_inside)] += self.lengths[b];
        }
        let halves = [(&*outside, &mut work.outside), (&*inside, &mut work.inside)];
        for ((sums, out), length) in halves.into_iter().zip(lengths) {
            let (first, second) = sums.split_at(n);
            match score {
                Score::Sharpe => self.sharpe(first, second, length, out),
                Score::Mean => self.mean(first, length, out),
            }
        }
        if score == Score::Sharpe {
            self.mend_idle(mask, work);
        }
    }

    fn sharpe(&self, first: &[f64], second: &[f64], length: f64, out: &mut [f64]) {
        for (((out, anchor), one), two) in out.iter_mut().zip(&self.anchors).zip(first).zip(second) {
            let mean = one / length;
            let variance = (two - one * mean) / (length - 1.0);
            *out = (anchor + mean) / variance.sqrt();
        }
    }

    fn mean(&self, first: &[f64], length: f64, out: &mut [f64]) {
        for ((out, anchor), one) in out.iter_mut().zip(&self.anchors).zip(first) {
            *out = anchor + one / length;
        }
    }

    /// Sets the score to 0 where a strategy's returns are equal over a whole half: rounding hides it from the sums.
    fn mend_idle(&self, mask: u32, work: &mut Work) {
        for (k, constants) in &self.idle {
            for (out, half) in [(&mut work.inside, mask), (&mut work.outside, !mask)] {
                let mut of_half = (0..self.count).filter(|b| half >> b & 1 == 1).map(|b| constants[b]);
                let first = of_half.next().flatten();
                if let Some(first) = first
                    && of_half.all(|constant| constant.is_some_and(|value| value - first == 0.0))
                {
                    out[*k] = 0.0;
                }
            }
        }
    }
}

/// Where the blocks begin, and the end: the first `n_periods` mod `n_blocks` are one longer.
fn starts(n_periods: usize, n_blocks: usize) -> Vec<usize> {
    let (length, longer) = (n_periods / n_blocks, n_periods % n_blocks);
    (0..=n_blocks).map(|b| b * length + b.min(longer)).collect()
}

fn add(totals: &mut [f64], values: &[f64]) {
    for (total, value) in totals.iter_mut().zip(values) {
        *total += value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_cover_all_periods() {
        assert_eq!(starts(10, 4), [0, 3, 6, 8, 10]);
        assert_eq!(starts(8, 4), [0, 2, 4, 6, 8]);
    }
}
