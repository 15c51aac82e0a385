use std::path::{Component, Path, PathBuf};

/// The path from `base` without links and dots, so that two spellings of it are one plan. What is not there keeps its
/// name below what is: a folder that a run makes has the same path before and after.
pub(super) fn absolute(base: &Path, path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for component in base.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                resolved.pop();
            }
            other => resolved.push(other),
        }
        if let Ok(canonical) = resolved.canonicalize() {
            resolved = canonical;
        }
    }
    resolved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_before_and_after_it_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        let spelled = Path::new("data/./new/../ticks");
        assert_eq!(absolute(&base, spelled), base.join("data/ticks"));
        std::fs::create_dir_all(base.join("data/ticks")).unwrap();
        assert_eq!(absolute(&base, spelled), base.join("data/ticks"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_also_above_what_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        std::fs::create_dir(base.join("real")).unwrap();
        std::os::unix::fs::symlink(base.join("real"), base.join("link")).unwrap();
        assert_eq!(absolute(&base, Path::new("link/ticks")), base.join("real/ticks"));
    }
}
