use crate::memory::memory;

/// The value of the bar before, na on the first one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Previous {
    known: bool,
    value: f64,
}

memory!(Previous { known, value });

impl Previous {
    #[inline(always)]
    pub(crate) fn get(&self) -> f64 {
        if self.known { self.value } else { f64::NAN }
    }

    /// Takes the next value and gives the one before.
    #[inline(always)]
    pub(crate) fn replace(&mut self, value: f64) -> f64 {
        let before = self.get();
        self.value = value;
        self.known = true;
        before
    }
}
