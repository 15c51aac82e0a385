/// Runs `work` compiled for the vector instructions of this machine's processor.
///
/// Everything that is inlined into `work` gains by it, above all loops over
/// [`Indicator::update`](crate::Indicator::update) of indicators with fused multiply-adds. It changes speed only:
/// results are the same bits on every processor. A state that lives inside of `work`, as here, stays in registers; one
/// that lives outside is written to memory with each bar, which for an EMA takes twice as long.
///
/// ```
/// use indicators::{Indicator, simd, talib};
///
/// let ema = talib::Ema::new(3)?;
/// let (ema, last) = simd::dispatch(|| {
///     let mut ema = ema.clone();
///     let last = [1.0, 2.0, 4.0].map(|price| ema.update([price])[0])[2];
///     (ema, last)
/// });
/// assert_eq!(last, 7.0 / 3.0);
/// # let _ = ema;
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
