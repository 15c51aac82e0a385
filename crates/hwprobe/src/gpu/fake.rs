//! A stand-in for the driver, with numbers in the units that NVML's documentation states.

use std::sync::Arc;

use nvml_wrapper::error::NvmlError;

use super::driver::{Driver, GpuBytes};

/// A machine with alike GPUs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Captured {
    pub(crate) count: u32,
    /// Those that have fallen off the bus.
    pub(crate) lost: Vec<u32>,
    /// Whether they tell nothing but name and memory.
    pub(crate) silent: bool,
    /// Held as long as the driver is.
    #[expect(dead_code, reason = "how many hold it tells whether the driver is still there")]
    pub(crate) held: Arc<()>,
}

impl Captured {
    pub(crate) fn machine(count: u32) -> Self {
        Self { count, ..Self::default() }
    }

    fn answer<T>(&self, index: u32, answer: T) -> Result<T, NvmlError> {
        if self.lost.contains(&index) { Err(NvmlError::GpuLost) } else { Ok(answer) }
    }

    fn optional<T>(&self, index: u32, answer: T) -> Result<T, NvmlError> {
        if self.silent { Err(NvmlError::NotSupported) } else { self.answer(index, answer) }
    }
}

impl Driver for Captured {
    fn driver_version(&self) -> Result<String, NvmlError> {
        Ok("570.86.10".to_owned())
    }

    fn cuda_version(&self) -> Result<i32, NvmlError> {
        Ok(12_080)
    }

    fn count(&self) -> Result<u32, NvmlError> {
        Ok(self.count)
    }

    fn name(&self, index: u32) -> Result<String, NvmlError> {
        self.answer(index, "NVIDIA GeForce RTX 5090".to_owned())
    }

    fn uuid(&self, index: u32) -> Result<String, NvmlError> {
        self.answer(index, format!("GPU-00000000-0000-0000-0000-{index:012x}"))
    }

    fn pci_bus_id(&self, index: u32) -> Result<String, NvmlError> {
        self.answer(index, format!("00000000:{:02X}:00.0", index + 1))
    }

    fn compute_capability(&self, index: u32) -> Result<(i32, i32), NvmlError> {
        self.answer(index, (12, 0))
    }

    fn memory(&self, index: u32) -> Result<GpuBytes, NvmlError> {
        self.answer(index, GpuBytes { total: 32_607 << 20, used: 12_000 << 20, free: 20_000 << 20 })
    }

    fn busy_percent(&self, index: u32) -> Result<u32, NvmlError> {
        self.optional(index, 87)
    }

    fn temperature_celsius(&self, index: u32) -> Result<u32, NvmlError> {
        self.optional(index, 64)
    }

    fn power_milliwatts(&self, index: u32) -> Result<u32, NvmlError> {
        self.optional(index, 431_250)
    }

    fn power_limit_milliwatts(&self, index: u32) -> Result<u32, NvmlError> {
        self.optional(index, 575_000)
    }
}
