use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Lets `fill` write a file under a name that ends in `.part`, syncs it and renames it.
pub(crate) fn write(path: &Path, fill: &mut dyn FnMut(&mut File) -> io::Result<()>) -> io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = File::create(&part).and_then(|mut file| {
        fill(&mut file)?;
        file.sync_all()
    });
    let result = written.and_then(|()| fs::rename(&part, path));
    if result.is_err() {
        // The first error is the one to report; what cannot be removed has a name that no reader looks for.
        let _ = fs::remove_file(&part);
    }
    result
}
