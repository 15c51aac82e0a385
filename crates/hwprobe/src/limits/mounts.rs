#[cfg(target_os = "linux")]
use super::cgroup::Cgroup;
use crate::Error;

/// Where a hierarchy of control groups is mounted, a line of `/proc/PID/mountinfo`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CgroupMount {
    /// Whether it is of version 2.
    pub is_v2: bool,
    /// The group that the mount point shows; `/` but in some containers.
    pub root: String,
    /// Where it is mounted.
    pub mount_point: String,
    /// Its options, of which version 1 names its controllers.
    pub options: Vec<String>,
}

#[cfg(target_os = "linux")]
impl CgroupMount {
    /// Whether it is the hierarchy of `group` for `controller`.
    pub(super) fn serves(&self, group: &Cgroup, controller: &str) -> bool {
        self.is_v2 == group.is_v2() && (self.is_v2 || self.options.iter().any(|option| option == controller))
    }

    /// The folder of `group` and those above it, the mount point last. A group outside of what is mounted shows only
    /// the mount point.
    pub(super) fn folders(&self, group: &Cgroup) -> Vec<String> {
        let root = self.root.trim_end_matches('/');
        let below = group.path.strip_prefix(root).filter(|below| below.is_empty() || below.starts_with('/'));
        let below = below.filter(|below| !below.split('/').any(|name| name == "..")).unwrap_or_default();
        let mut names: Vec<_> = below.split('/').filter(|name| !name.is_empty()).collect();
        let mut folders = vec![];
        loop {
            let mut folder = self.mount_point.clone();
            for name in &names {
                folder.push('/');
                folder.push_str(name);
            }
            folders.push(folder);
            if names.pop().is_none() {
                return folders;
            }
        }
    }
}

/// The mounts of control groups in a text of `/proc/PID/mountinfo`; others are passed over.
///
/// ```
/// let line = "31 22 0:27 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
/// let mounts = hwprobe::parse_mounts(line)?;
/// assert!(mounts[0].is_v2 && mounts[0].mount_point == "/sys/fs/cgroup");
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] with a line of another form. Source: Linux `proc(5)`, "/proc/pid/mountinfo".
pub fn parse_mounts(text: &str) -> Result<Vec<CgroupMount>, Error> {
    let mut mounts = vec![];
    for line in text.lines().filter(|line| !line.is_empty()) {
        let malformed = || Error::Text { text: line.to_owned(), expected: "a mount of /proc/PID/mountinfo" };
        let (place, kind) = line.split_once(" - ").ok_or_else(malformed)?;
        let mut place = place.split(' ').skip(3);
        let (Some(root), Some(mount_point)) = (place.next(), place.next()) else { return Err(malformed()) };
        let mut kind = kind.split(' ');
        let (Some(file_system), _, options) = (kind.next(), kind.next(), kind.next()) else { return Err(malformed()) };
        if matches!(file_system, "cgroup" | "cgroup2") {
            mounts.push(CgroupMount {
                is_v2: file_system == "cgroup2",
                root: unescape(root),
                mount_point: unescape(mount_point),
                options: options.unwrap_or_default().split(',').map(str::to_owned).collect(),
            });
        }
    }
    Ok(mounts)
}

/// The kernel writes space, tab, line break and backslash in a path as `\040`, `\011`, `\012` and `\134`.
fn unescape(path: &str) -> String {
    let mut out = path.to_owned();
    for (escaped, plain) in [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")] {
        out = out.replace(escaped, plain);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::parse_mounts;

    /// Captured: Debian 12 with version 1 and an empty version 2 beside it.
    const HYBRID: &str = "\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard,resv_strict
31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
";

    #[test]
    fn reads_a_captured_text() {
        let mounts = parse_mounts(HYBRID).unwrap();
        let points: Vec<_> = mounts.iter().map(|mount| (mount.is_v2, mount.mount_point.as_str())).collect();
        assert_eq!(
            points,
            [(false, "/sys/fs/cgroup/cpu"), (false, "/sys/fs/cgroup/memory"), (true, "/sys/fs/cgroup/unified")]
        );
        assert_eq!(mounts[0].options, ["rw", "cpu"]);
    }

    #[test]
    fn reads_spaces_in_paths_and_rejects_other_lines() {
        let mounts = parse_mounts("1 1 0:1 / /a\\040b rw - cgroup2 x rw").unwrap();
        assert_eq!(mounts[0].mount_point, "/a b");
        for text in ["x", "1 1 0:1 / /a rw cgroup2 x rw", "1 1 - cgroup2 x rw"] {
            assert!(parse_mounts(text).is_err(), "{text}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn goes_from_the_group_up_to_the_mount_point() {
        use super::super::cgroup::Cgroup;

        let mount = |root: &str| super::CgroupMount {
            is_v2: true,
            root: root.to_owned(),
            mount_point: "/c".to_owned(),
            options: vec![],
        };
        let group = |path: &str| Cgroup { controllers: vec![], path: path.to_owned() };
        assert_eq!(mount("/").folders(&group("/a/b")), ["/c/a/b", "/c/a", "/c"]);
        assert_eq!(mount("/").folders(&group("/")), ["/c"]);
        assert_eq!(mount("/docker/1").folders(&group("/docker/1/x")), ["/c/x", "/c"]);
        assert_eq!(mount("/docker/1").folders(&group("/docker/12")), ["/c"]);
        assert_eq!(mount("/").folders(&group("/../other")), ["/c"]);
    }
}
