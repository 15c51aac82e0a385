use strategy::{Rule, Strategy};

use super::Grammar;
use crate::Refusal;
use crate::tree::{Extent, Fingerprint, extent, fingerprint, simplify};
use crate::vocabulary::Sides;

/// A strategy in its simplest form, within the limits, with a name made of its fingerprint.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finished {
    pub(crate) strategy: Strategy,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) nodes: usize,
}

impl Finished {
    /// Of a strategy that is in its simplest form.
    pub(crate) fn of(mut strategy: Strategy) -> Self {
        let fingerprint = fingerprint(&strategy);
        strategy.name = format!("evolved {:016x}", fingerprint.0 >> 64);
        let nodes = extent(&strategy).nodes;
        Self { strategy, fingerprint, nodes }
    }
}

impl Grammar {
    /// Simplifies what was drawn or varied, completes its other side where sides are mirror images, and refuses what
    /// cannot trade or is too large. The parts must be of the vocabulary.
    pub(crate) fn finish(&self, strategy: Strategy) -> Result<Finished, Refusal> {
        let mut strategy = simplify(strategy);
        if self.words.sides == Sides::Mirrored {
            strategy = self.mirrored(strategy).ok_or(Refusal::NeverTrades)?;
        }
        self.fits(&strategy)?;
        Ok(Finished::of(strategy))
    }

    /// Whether a strategy in its simplest form can trade and is within the limits.
    pub(crate) fn fits(&self, strategy: &Strategy) -> Result<(), Refusal> {
        let (long, short) = (&strategy.long, &strategy.short);
        let same = matches!((long, short), (Some(long), Some(short)) if long.entry == short.entry);
        if same || (long.is_none() && short.is_none()) {
            return Err(Refusal::NeverTrades);
        }
        let bracket = strategy.risk.stop_loss.is_some() || strategy.risk.take_profit.is_some();
        let stays = |rule: &Option<Rule>, other: &Option<Rule>| {
            rule.as_ref().is_some_and(|rule| rule.exit.is_none()) && other.is_none() && !bracket
        };
        if stays(long, short) || stays(short, long) {
            return Err(Refusal::NeverTrades);
        }
        let (limits, Extent { nodes, depth }) = (self.words.limits, extent(strategy));
        if nodes > limits.max_nodes {
            return Err(Refusal::TooLarge { found: nodes, max: limits.max_nodes });
        }
        if depth > limits.max_depth {
            return Err(Refusal::TooDeep { found: depth, max: limits.max_depth });
        }
        Ok(())
    }
}
