//! NVIDIA's GPUs, through the management library (NVML) of their driver, which is loaded when asked.

mod driver;
#[cfg(test)]
pub(crate) mod fake;
mod load;
mod pci;

use std::fmt;
use std::path::Path;

use nvml_wrapper::error::NvmlError;
use nvml_wrapper::{Nvml, cuda_driver_version_major, cuda_driver_version_minor};
use serde::{Deserialize, Serialize};

pub(crate) use self::driver::Driver;
pub use self::load::GpuLoad;
pub(crate) use self::load::read_loads;

/// The GPUs of a machine. Only NVIDIA's are looked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
        /// Those that are there and do not answer as they should.
        faults: Vec<GpuFault>,
    },
    /// There is none, which is a normal state.
    None {
        /// How that is known.
        reason: NoGpu,
    },
    /// A driver is there and does not answer as it should, or a GPU is there without a driver: somebody should look.
    Failed {
        /// What is wrong.
        reason: String,
    },
}

/// How it is known that a machine has no GPU. Its `Display` is a sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoGpu {
    /// The driver's library is not installed, or cannot be loaded.
    NoLibrary {
        /// What the system said when it was to be loaded.
        detail: String,
    },
    /// The library is there and the driver is not loaded.
    NoDriver,
    /// The driver is loaded and has no GPU.
    NoDevice {
        /// The driver's version.
        driver: String,
    },
    /// Nobody looked: the machine was read from files with [`Machine::read`](crate::Machine::read).
    NotAsked,
}

impl fmt::Display for NoGpu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLibrary { .. } => write!(f, "the NVIDIA driver's library is not installed"),
            Self::NoDriver => write!(f, "the NVIDIA driver is not loaded"),
            Self::NoDevice { driver } => write!(f, "the NVIDIA driver {driver} is loaded and has no GPU"),
            Self::NotAsked => write!(f, "no driver was asked"),
        }
    }
}

/// A GPU.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gpu {
    /// Its number in the driver, from 0. CUDA may number otherwise (`CUDA_VISIBLE_DEVICES`, `CUDA_DEVICE_ORDER`).
    pub index: u32,
    /// The maker's name for it.
    pub name: String,
    /// Its own name, `GPU-` and hexadecimal digits, which CUDA knows too.
    pub uuid: String,
    /// Its place, such as `00000000:01:00.0`.
    pub pci_bus_id: String,
    /// What code it runs, such as `9.0`.
    pub compute_capability: String,
    /// Its memory.
    pub memory_total_bytes: u64,
    /// What of it is free.
    pub memory_free_bytes: u64,
    /// The part of the driver's last sampling period, up to a second, in which it computed, 0 to 1; `None` if the GPU
    /// does not tell, as one that is split up (MIG).
    pub busy_fraction: Option<f64>,
    /// The temperature of its chip in °C; `None` if it does not tell.
    pub temperature_celsius: Option<u32>,
    /// What it takes in watts; `None` if it does not tell.
    pub power_watts: Option<f64>,
    /// The most that it may take in watts; `None` if it does not tell.
    pub power_limit_watts: Option<f64>,
}

/// A GPU that is there and does not answer as it should.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GpuFault {
    /// Its number in the driver, from 0.
    pub index: u32,
    /// What the driver said.
    pub reason: String,
}

impl Gpus {
    pub(crate) fn read() -> Self {
        match Nvml::init() {
            Ok(nvml) => Self::of(&nvml),
            Err(error) => Self::without(&error, &pci::nvidia_devices(Path::new("/"))),
        }
    }

    /// The GPUs that a driver tells of.
    pub(crate) fn of(driver: &dyn Driver) -> Self {
        let all = || -> Result<_, NvmlError> {
            let (version, cuda) = (driver.driver_version()?, driver.cuda_version()?);
            Ok((version, cuda, driver.count()?))
        };
        let (version, cuda, count) = match all() {
            Ok(all) => all,
            Err(error) => return Self::Failed { reason: error.to_string() },
        };
        if count == 0 {
            return Self::None { reason: NoGpu::NoDevice { driver: version } };
        }
        let (mut gpus, mut faults) = (vec![], vec![]);
        for index in 0..count {
            match gpu(driver, index) {
                Ok(gpu) => gpus.push(gpu),
                Err(error) => faults.push(GpuFault { index, reason: error.to_string() }),
            }
        }
        match (gpus.is_empty(), faults.first()) {
            (true, Some(GpuFault { index, reason })) => Self::Failed { reason: format!("GPU {index}: {reason}") },
            _ => Self::Found {
                driver: version,
                cuda: format!("{}.{}", cuda_driver_version_major(cuda), cuda_driver_version_minor(cuda)),
                gpus,
                faults,
            },
        }
    }

    /// What is known where the driver cannot be asked; `places` are those of NVIDIA's GPUs on the PCI bus.
    fn without(error: &NvmlError, places: &[String]) -> Self {
        let reason = match error {
            NvmlError::LibloadingError(cause) => NoGpu::NoLibrary { detail: cause.to_string() },
            NvmlError::LibraryNotFound | NvmlError::DriverNotLoaded => NoGpu::NoDriver,
            other => return Self::Failed { reason: other.to_string() },
        };
        if places.is_empty() {
            return Self::None { reason };
        }
        Self::Failed { reason: format!("a GPU of NVIDIA is at {}, and {reason}", places.join(" and ")) }
    }
}

/// The driver for repeated reading; `None` where [`Gpus::read`] says why there is none.
pub(crate) fn open() -> Option<Box<dyn Driver>> {
    let driver: Box<dyn Driver> = Box::new(Nvml::init().ok()?);
    Some(driver)
}

fn gpu(driver: &dyn Driver, index: u32) -> Result<Gpu, NvmlError> {
    let memory = driver.memory(index)?;
    let (major, minor) = driver.compute_capability(index)?;
    Ok(Gpu {
        index,
        name: driver.name(index)?,
        uuid: driver.uuid(index)?,
        pci_bus_id: driver.pci_bus_id(index)?,
        compute_capability: format!("{major}.{minor}"),
        memory_total_bytes: memory.total,
        memory_free_bytes: memory.free,
        busy_fraction: if_told(driver.busy_percent(index))?.map(fraction),
        temperature_celsius: if_told(driver.temperature_celsius(index))?,
        power_watts: if_told(driver.power_milliwatts(index))?.map(watts),
        power_limit_watts: if_told(driver.power_limit_milliwatts(index))?.map(watts),
    })
}

/// `None` for a number that this GPU, this driver or these rights do not give; other errors are the GPU's.
fn if_told<T>(number: Result<T, NvmlError>) -> Result<Option<T>, NvmlError> {
    match number {
        Ok(number) => Ok(Some(number)),
        Err(
            NvmlError::NotSupported
            | NvmlError::NoPermission
            | NvmlError::NoData
            | NvmlError::FunctionNotFound
            | NvmlError::FailedToLoadSymbol(_),
        ) => Ok(None),
        Err(error) => Err(error),
    }
}

fn fraction(percent: u32) -> f64 {
    f64::from(percent) / 100.0
}

fn watts(milliwatts: u32) -> f64 {
    f64::from(milliwatts) / 1000.0
}

#[cfg(test)]
mod tests {
    use nvml_wrapper::error::NvmlError;

    use super::fake::Captured;
    use super::{GpuFault, Gpus, NoGpu};

    #[test]
    fn a_missing_driver_is_normal_and_a_sick_one_is_not() {
        let without = |error| Gpus::without(&error, &[]);
        assert_eq!(without(NvmlError::DriverNotLoaded), Gpus::None { reason: NoGpu::NoDriver });
        assert_eq!(without(NvmlError::LibraryNotFound), Gpus::None { reason: NoGpu::NoDriver });
        assert!(matches!(without(NvmlError::LibRmVersionMismatch), Gpus::Failed { .. }));
    }

    #[test]
    fn a_gpu_without_a_driver_is_named() {
        let gpus = Gpus::without(&NvmlError::DriverNotLoaded, &["0000:01:00.0".to_owned()]);
        let reason = "a GPU of NVIDIA is at 0000:01:00.0, and the NVIDIA driver is not loaded".to_owned();
        assert_eq!(gpus, Gpus::Failed { reason });
    }

    #[test]
    fn the_status_and_the_reason_are_words_in_json() {
        let none = Gpus::None { reason: NoGpu::NoDevice { driver: "570.86".to_owned() } };
        let json = serde_json::to_string(&none).unwrap();
        assert_eq!(json, r#"{"status":"none","reason":{"kind":"no_device","driver":"570.86"}}"#);
    }

    #[test]
    fn a_driver_without_a_gpu_is_no_failure() {
        let reason = NoGpu::NoDevice { driver: "570.86.10".to_owned() };
        assert_eq!(Gpus::of(&Captured::machine(0)), Gpus::None { reason });
    }

    #[test]
    fn units_and_versions_are_the_field_s() {
        let Gpus::Found { driver, cuda, gpus, faults } = Gpus::of(&Captured::machine(1)) else { panic!("no GPU") };
        assert_eq!((&*driver, &*cuda, gpus.len(), faults.len()), ("570.86.10", "12.8", 1, 0));
        let gpu = &gpus[0];
        assert_eq!((&*gpu.name, &*gpu.compute_capability), ("NVIDIA GeForce RTX 5090", "12.0"));
        assert_eq!((gpu.busy_fraction, gpu.temperature_celsius), (Some(0.87), Some(64)));
        assert_eq!((gpu.power_watts, gpu.power_limit_watts), (Some(431.25), Some(575.0)));
        assert_eq!((gpu.memory_total_bytes >> 20, gpu.memory_free_bytes >> 20), (32_607, 20_000));
    }

    #[test]
    fn what_a_gpu_does_not_tell_is_none() {
        let mut driver = Captured::machine(1);
        driver.silent = true;
        let Gpus::Found { gpus, faults, .. } = Gpus::of(&driver) else { panic!("no GPU") };
        assert_eq!(faults, []);
        let gpu = &gpus[0];
        assert_eq!((gpu.busy_fraction, gpu.temperature_celsius), (None, None));
        assert_eq!((gpu.power_watts, gpu.power_limit_watts), (None, None));
    }

    #[test]
    fn a_lost_gpu_does_not_hide_the_others() {
        let mut driver = Captured::machine(3);
        driver.lost = vec![1];
        let Gpus::Found { gpus, faults, .. } = Gpus::of(&driver) else { panic!("no GPU") };
        assert_eq!(gpus.iter().map(|gpu| gpu.index).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(faults, [GpuFault { index: 1, reason: NvmlError::GpuLost.to_string() }]);
        driver.lost = vec![0, 1, 2];
        let reason = format!("GPU 0: {}", NvmlError::GpuLost);
        assert_eq!(Gpus::of(&driver), Gpus::Failed { reason });
    }
}
