//! The profile for the order of operations that suits the processor. It has no kernels of its own yet: what is in
//! [`extra`](crate::extra) is the same in every profile.
pub(crate) static FAMILIES: &[&[crate::maker::Maker]] = &[];
