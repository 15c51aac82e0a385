//! The one place that knows which parts nodes have: walking, counting, simplifying, naming.

mod canonical;
mod fingerprint;
mod size;
mod walk;

pub(crate) use self::canonical::{simplify, simplify_cond, turned, turned_cross};
pub use self::fingerprint::Fingerprint;
pub(crate) use self::fingerprint::fingerprint;
pub(crate) use self::size::{Extent, extent};
pub(crate) use self::walk::{Operand, cond_at, conds, conds_of, for_each_num, num_at, operands, roots, roots_mut};
