/// Runs `work` compiled for the vector instructions of this machine's processor.
///
/// Everything that is inlined into `work` gains by it, above all loops over
/// [`Indicator::update`](crate::Indicator::update) of indicators with fused multiply-adds. It changes speed only:
/// results are the same bits on every processor.
///
/// ```
/// use indicators::{Indicator, simd, talib};
///
/// let mut ema = talib::Ema::new(3)?;
/// let last = simd::dispatch(|| [1.0, 2.0, 4.0].map(|price| ema.update([price])[0])[2]);
/// assert_eq!(last, 7.0 / 3.0);
/// # Ok::<(), indicators::Error>(())
/// ```
#[inline(always)]
pub fn dispatch<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return simd.vectorize(work);
    }
    work()
}
