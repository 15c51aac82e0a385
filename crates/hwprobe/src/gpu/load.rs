use nvml_wrapper::error::NvmlError;
use serde::Serialize;

use super::driver::Driver;
use super::{GpuFault, fraction, if_told, watts};

/// How busy a GPU is at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GpuLoad {
    /// Its number in the driver, from 0.
    pub index: u32,
    /// The part of the driver's last sampling period, up to a second, in which it computed, 0 to 1; `None` if the GPU
    /// does not tell.
    pub busy_fraction: Option<f64>,
    /// Its memory.
    pub memory_total_bytes: u64,
    /// What of it programs hold.
    pub memory_used_bytes: u64,
    /// The temperature of its chip in °C; `None` if it does not tell.
    pub temperature_celsius: Option<u32>,
    /// What it takes in watts; `None` if it does not tell.
    pub power_watts: Option<f64>,
}

/// The loads of all GPUs that answer, and the faults of the others.
pub(crate) fn read_loads(driver: &dyn Driver) -> (Vec<GpuLoad>, Vec<GpuFault>) {
    let count = match driver.count() {
        Ok(count) => count,
        Err(error) => return (vec![], vec![GpuFault { index: 0, reason: error.to_string() }]),
    };
    let (mut loads, mut faults) = (vec![], vec![]);
    for index in 0..count {
        match load(driver, index) {
            Ok(load) => loads.push(load),
            Err(error) => faults.push(GpuFault { index, reason: error.to_string() }),
        }
    }
    (loads, faults)
}

fn load(driver: &dyn Driver, index: u32) -> Result<GpuLoad, NvmlError> {
    let memory = driver.memory(index)?;
    Ok(GpuLoad {
        index,
        busy_fraction: if_told(driver.busy_percent(index))?.map(fraction),
        memory_total_bytes: memory.total,
        memory_used_bytes: memory.used,
        temperature_celsius: if_told(driver.temperature_celsius(index))?,
        power_watts: if_told(driver.power_milliwatts(index))?.map(watts),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fake::Captured;
    use super::read_loads;

    #[test]
    fn a_load_is_read_from_each_gpu_that_answers() {
        let mut driver = Captured::machine(2);
        driver.lost = vec![0];
        let (loads, faults) = read_loads(&driver);
        assert_eq!((loads.len(), loads[0].index, faults.len(), faults[0].index), (1, 1, 1, 0));
        assert_eq!(loads[0].memory_used_bytes >> 20, 12_000);
        assert_eq!((loads[0].busy_fraction, loads[0].power_watts), (Some(0.87), Some(431.25)));
    }

    #[test]
    fn a_silent_gpu_still_shows_its_memory() {
        let mut driver = Captured::machine(1);
        driver.silent = true;
        let (loads, faults) = read_loads(&driver);
        assert_eq!((loads[0].busy_fraction, loads[0].temperature_celsius, loads[0].power_watts), (None, None, None));
        assert_eq!((loads[0].memory_total_bytes >> 20, faults.len()), (32_607, 0));
    }
}
