use std::sync::Arc;

use crate::{Error, ModelInfo, Prediction, Request};

/// Something that answers requests: a model server, a model in this process, or fixed rules.
///
/// Synchronous, so that a model computing on this machine's cores needs no runtime; a client of a server hides its
/// own. Usable as `dyn Backend` and from several threads at once.
///
/// ```
/// use inference::{Action, Analysis, Backend, Confidence, Error, ModelInfo, Prediction, Request, Source, Timings};
///
/// struct AlwaysHold(ModelInfo);
///
/// impl Backend for AlwaysHold {
///     fn model(&self) -> &ModelInfo {
///         &self.0
///     }
///
///     fn predict(&self, batch: &[Request], out: &mut Vec<Prediction>) -> Result<(), Error> {
///         for request in batch {
///             let reasoning = format!("{} is never traded.", request.symbol);
///             out.push(Prediction {
///                 raw: reasoning.clone(),
///                 analysis: Analysis {
///                     action: Action::Hold,
///                     confidence: Confidence::new(1.0)?,
///                     reasoning,
///                     patterns: vec![],
///                     levels: vec![],
///                     proposals: vec![],
///                 },
///                 source: self.0.source.clone(),
///                 repaired: false,
///                 timings: Timings::default(),
///             });
///         }
///         Ok(())
///     }
/// }
///
/// let backend = AlwaysHold(ModelInfo { source: Source::Rules, reads_images: false, details: None });
/// let mut out = vec![];
/// backend.predict(&[Request::new("EURUSD", "M5")], &mut out)?;
/// assert_eq!(out[0].source.to_string(), "rules");
/// # Ok::<(), Error>(())
/// ```
pub trait Backend: Send + Sync {
    /// What answers.
    fn model(&self) -> &ModelInfo;

    /// Answers each request of `batch`, in order, by appending one valid prediction to `out`.
    ///
    /// Each prediction's `source` equals `self.model().source`. Nothing already in `out` is touched.
    ///
    /// # Errors
    /// On the first request that fails, [`Error::Request`] with its index; `out` then holds the predictions of the
    /// requests before it, so that paid work is not lost.
    fn predict(&self, batch: &[Request], out: &mut Vec<Prediction>) -> Result<(), Error>;
}

impl<B: Backend + ?Sized> Backend for Box<B> {
    fn model(&self) -> &ModelInfo {
        (**self).model()
    }

    fn predict(&self, batch: &[Request], out: &mut Vec<Prediction>) -> Result<(), Error> {
        (**self).predict(batch, out)
    }
}

impl<B: Backend + ?Sized> Backend for Arc<B> {
    fn model(&self) -> &ModelInfo {
        (**self).model()
    }

    fn predict(&self, batch: &[Request], out: &mut Vec<Prediction>) -> Result<(), Error> {
        (**self).predict(batch, out)
    }
}
