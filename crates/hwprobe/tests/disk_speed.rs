//! Measuring a disk, and what is left behind: nothing.

use std::error::Error as _;
use std::path::Path;

use hwprobe::{DiskSpeed, Error, measure_disk};

#[test]
fn rates_are_bytes_by_seconds_and_no_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = (5 << 20) + 17;
    let speed = measure_disk(folder.path(), bytes).unwrap();
    assert_eq!(speed.bytes, bytes);
    for (seconds, rate) in
        [(speed.write_seconds, speed.write_bytes_per_second), (speed.read_seconds, speed.read_bytes_per_second)]
    {
        assert!(seconds > 0.0 && (rate * seconds / bytes as f64 - 1.0).abs() < 1e-12, "{speed:?}");
    }
    assert!(speed.cached_fraction.is_none_or(|part| (0.0..=1.0).contains(&part)), "{speed:?}");
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    let json = serde_json::to_string(&speed).unwrap();
    assert_eq!(serde_json::from_str::<DiskSpeed>(&json).unwrap(), speed);
}

#[test]
fn nothing_cannot_be_measured() {
    assert!(matches!(measure_disk(Path::new("."), 0), Err(Error::NoBytes)));
}

#[test]
fn a_missing_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let error = measure_disk(&missing, 4096).unwrap_err();
    assert!(error.to_string().ends_with("missing") && error.source().is_some(), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn too_little_space_is_refused_before_a_byte_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let error = measure_disk(folder.path(), 1 << 60).unwrap_err();
    let Error::NoSpace { needed_bytes, free_bytes, .. } = error else { panic!("{error}") };
    assert_eq!(needed_bytes, (1 << 60) + (16 << 20));
    assert!(free_bytes < needed_bytes);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_system_in_memory_is_seen_to_come_from_the_cache() {
    let folder = Path::new("/dev/shm");
    if !folder.is_dir() {
        println!("skipped: there is no file system in memory");
        return;
    }
    match measure_disk(folder, 2 << 20) {
        Ok(speed) => assert_eq!(speed.cached_fraction, Some(1.0)),
        Err(Error::NoSpace { .. }) => println!("skipped: the file system in memory is full"),
        Err(error) => panic!("{error}"),
    }
}
