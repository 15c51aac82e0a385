use nvml_wrapper::Nvml;
use nvml_wrapper::enum_wrappers::device::TemperatureSensor;
use nvml_wrapper::error::NvmlError;

/// What is read from the management library of NVIDIA's driver, number by number. It stands between the library and
/// all that is made of its numbers, so that tests can put captured ones in its place.
pub(crate) trait Driver: Send + Sync {
    fn driver_version(&self) -> Result<String, NvmlError>;
    /// 1000 times the major version and 10 times the minor one.
    fn cuda_version(&self) -> Result<i32, NvmlError>;
    fn count(&self) -> Result<u32, NvmlError>;
    fn name(&self, index: u32) -> Result<String, NvmlError>;
    fn uuid(&self, index: u32) -> Result<String, NvmlError>;
    fn pci_bus_id(&self, index: u32) -> Result<String, NvmlError>;
    /// Major and minor.
    fn compute_capability(&self, index: u32) -> Result<(i32, i32), NvmlError>;
    fn memory(&self, index: u32) -> Result<GpuBytes, NvmlError>;
    /// The part of the last sampling period, up to a second, in which it computed.
    fn busy_percent(&self, index: u32) -> Result<u32, NvmlError>;
    fn temperature_celsius(&self, index: u32) -> Result<u32, NvmlError>;
    fn power_milliwatts(&self, index: u32) -> Result<u32, NvmlError>;
    fn power_limit_milliwatts(&self, index: u32) -> Result<u32, NvmlError>;
}

/// The memory of a GPU. What the driver keeps for itself is in none of `used` and `free`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GpuBytes {
    pub(crate) total: u64,
    pub(crate) used: u64,
    pub(crate) free: u64,
}

impl Driver for Nvml {
    fn driver_version(&self) -> Result<String, NvmlError> {
        self.sys_driver_version()
    }

    fn cuda_version(&self) -> Result<i32, NvmlError> {
        self.sys_cuda_driver_version()
    }

    fn count(&self) -> Result<u32, NvmlError> {
        self.device_count()
    }

    fn name(&self, index: u32) -> Result<String, NvmlError> {
        self.device_by_index(index)?.name()
    }

    fn uuid(&self, index: u32) -> Result<String, NvmlError> {
        self.device_by_index(index)?.uuid()
    }

    fn pci_bus_id(&self, index: u32) -> Result<String, NvmlError> {
        Ok(self.device_by_index(index)?.pci_info()?.bus_id)
    }

    fn compute_capability(&self, index: u32) -> Result<(i32, i32), NvmlError> {
        let capability = self.device_by_index(index)?.cuda_compute_capability()?;
        Ok((capability.major, capability.minor))
    }

    fn memory(&self, index: u32) -> Result<GpuBytes, NvmlError> {
        let memory = self.device_by_index(index)?.memory_info()?;
        Ok(GpuBytes { total: memory.total, used: memory.used, free: memory.free })
    }

    fn busy_percent(&self, index: u32) -> Result<u32, NvmlError> {
        Ok(self.device_by_index(index)?.utilization_rates()?.gpu)
    }

    fn temperature_celsius(&self, index: u32) -> Result<u32, NvmlError> {
        self.device_by_index(index)?.temperature(TemperatureSensor::Gpu)
    }

    fn power_milliwatts(&self, index: u32) -> Result<u32, NvmlError> {
        self.device_by_index(index)?.power_usage()
    }

    fn power_limit_milliwatts(&self, index: u32) -> Result<u32, NvmlError> {
        self.device_by_index(index)?.enforced_power_limit()
    }
}
