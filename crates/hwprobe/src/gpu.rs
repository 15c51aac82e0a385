use nvml_wrapper::error::NvmlError;
use nvml_wrapper::{Nvml, cuda_driver_version_major, cuda_driver_version_minor};
use serde::Serialize;

/// The GPUs of a machine. Only NVIDIA's are looked for, through the management library of their driver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Gpus {
    /// There are some.
    Found {
        /// The driver's version.
        driver: String,
        /// The newest CUDA version that the driver serves, such as `12.8`.
        cuda: String,
        /// The GPUs, by index; at least one.
        gpus: Vec<Gpu>,
    },
    /// There is none, which is a normal state.
    None {
        /// How that is known.
        reason: String,
    },
    /// A driver is there and does not answer as it should: somebody should look.
    Failed {
        /// What it said.
        reason: String,
    },
}

/// A GPU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gpu {
    /// Its number in the driver, from 0.
    pub index: u32,
    /// The maker's name for it.
    pub name: String,
    /// Its memory.
    pub memory_total_bytes: u64,
    /// What of it is free.
    pub memory_free_bytes: u64,
    /// What code it runs, such as `9.0`.
    pub compute_capability: String,
    /// Its place, such as `00000000:01:00.0`.
    pub pci_bus_id: String,
}

impl Gpus {
    pub(crate) fn read() -> Self {
        let nvml = match Nvml::init() {
            Ok(nvml) => nvml,
            Err(error) => return Self::without(&error),
        };
        match found(&nvml) {
            Ok(Self::Found { gpus, driver, .. }) if gpus.is_empty() => {
                Self::None { reason: format!("the NVIDIA driver {driver} is loaded and has no GPU") }
            }
            Ok(found) => found,
            Err(error) => Self::Failed { reason: error.to_string() },
        }
    }

    fn without(error: &NvmlError) -> Self {
        match error {
            NvmlError::LibloadingError(cause) => {
                Self::None { reason: format!("the NVIDIA driver's library is not installed ({cause})") }
            }
            NvmlError::LibraryNotFound | NvmlError::DriverNotLoaded => {
                Self::None { reason: "the NVIDIA driver is not loaded".to_owned() }
            }
            other => Self::Failed { reason: other.to_string() },
        }
    }
}

fn found(nvml: &Nvml) -> Result<Gpus, NvmlError> {
    let cuda = nvml.sys_cuda_driver_version()?;
    let gpus = (0..nvml.device_count()?).map(|index| gpu(nvml, index)).collect::<Result<_, _>>()?;
    Ok(Gpus::Found {
        driver: nvml.sys_driver_version()?,
        cuda: format!("{}.{}", cuda_driver_version_major(cuda), cuda_driver_version_minor(cuda)),
        gpus,
    })
}

fn gpu(nvml: &Nvml, index: u32) -> Result<Gpu, NvmlError> {
    let device = nvml.device_by_index(index)?;
    let memory = device.memory_info()?;
    let capability = device.cuda_compute_capability()?;
    Ok(Gpu {
        index,
        name: device.name()?,
        memory_total_bytes: memory.total,
        memory_free_bytes: memory.free,
        compute_capability: format!("{}.{}", capability.major, capability.minor),
        pci_bus_id: device.pci_info()?.bus_id,
    })
}

#[cfg(test)]
mod tests {
    use nvml_wrapper::error::NvmlError;

    use super::Gpus;

    #[test]
    fn a_missing_driver_is_normal_and_a_sick_one_is_not() {
        let none = Gpus::without(&NvmlError::DriverNotLoaded);
        assert_eq!(none, Gpus::None { reason: "the NVIDIA driver is not loaded".to_owned() });
        assert!(matches!(Gpus::without(&NvmlError::GpuLost), Gpus::Failed { .. }));
    }

    #[test]
    fn the_status_is_a_word_in_json() {
        let none = Gpus::None { reason: "no driver".to_owned() };
        assert_eq!(serde_json::to_string(&none).unwrap(), r#"{"status":"none","reason":"no driver"}"#);
    }
}
