//! The manifests of the workspace, and the rules that hold between them.

mod rules;

use std::fs;
use std::io;
use std::path::Path;

use toml::{Table, Value};

/// Files and folders that every library has; a folder counts if a Rust file is in it.
pub const CONTENTS: [&str; 5] = ["README.md", "CHANGELOG.md", "tests", "benches", "examples"];

/// The root manifest and those of all packages.
#[derive(Debug)]
pub struct Workspace {
    /// `[workspace.dependencies]` of the root manifest.
    dependencies: Table,
    packages: Vec<Package>,
}

/// One package.
#[derive(Debug)]
pub struct Package {
    /// Its folder below the root, `crates/market` for instance.
    pub folder: String,
    /// Its `Cargo.toml`.
    pub manifest: Table,
    /// Those of [`CONTENTS`] that it has.
    pub contents: Vec<&'static str>,
}

/// A dependency of a package, with what the workspace says about it filled in.
struct Dependency {
    /// Name of the package, not of its alias.
    package: String,
    /// Needed by the package itself or its build script, not only by its tests.
    is_normal: bool,
    has_path: bool,
    has_version: bool,
}

impl Workspace {
    /// A workspace from the text of its root manifest and its packages.
    ///
    /// # Errors
    /// If the text is not TOML.
    pub fn new(root_manifest: &str, packages: Vec<Package>) -> Result<Self, toml::de::Error> {
        let root: Table = toml::from_str(root_manifest)?;
        let dependencies = root.get("workspace").and_then(|w| w.get("dependencies")).and_then(Value::as_table);
        Ok(Self { dependencies: dependencies.cloned().unwrap_or_default(), packages })
    }

    /// Reads the root manifest in `root` and those of `crates/*`, `bins/*`, `tests`, `benches` and `examples`.
    ///
    /// # Errors
    /// If a manifest is missing, unreadable or not TOML.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut folders = vec!["tests".to_owned(), "benches".to_owned(), "examples".to_owned()];
        for group in ["crates", "bins"] {
            for entry in fs::read_dir(root.join(group))? {
                folders.push(format!("{group}/{}", entry?.file_name().to_string_lossy()));
            }
        }
        folders.sort();
        let packages = folders.into_iter().map(|folder| Package::read(root, folder)).collect::<io::Result<_>>()?;
        let text = fs::read_to_string(root.join("Cargo.toml"))?;
        Self::new(&text, packages).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    /// The packages, ordered by folder.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// Everything in which the manifests break a rule, one line each, led by the package's folder.
    pub fn violations(&self) -> Vec<String> {
        rules::violations(self)
    }

    fn dependencies_of(&self, package: &Package) -> Vec<Dependency> {
        let mut found = Vec::new();
        let targets = package.manifest.get("target").and_then(Value::as_table);
        let targets = targets.into_iter().flat_map(Table::values).filter_map(Value::as_table);
        for manifest in std::iter::once(&package.manifest).chain(targets) {
            for (kind, is_normal) in [("dependencies", true), ("build-dependencies", true), ("dev-dependencies", false)]
            {
                let Some(table) = manifest.get(kind).and_then(Value::as_table) else { continue };
                found.extend(table.iter().map(|(alias, own)| self.dependency(alias, own, is_normal)));
            }
        }
        found
    }

    fn dependency(&self, alias: &str, own: &Value, is_normal: bool) -> Dependency {
        let inherits = own.get("workspace").and_then(Value::as_bool) == Some(true);
        let entry = if inherits { self.dependencies.get(alias).unwrap_or(own) } else { own };
        Dependency {
            package: entry.get("package").and_then(Value::as_str).unwrap_or(alias).to_owned(),
            is_normal,
            has_path: entry.get("path").is_some(),
            has_version: entry.is_str() || entry.get("version").is_some(),
        }
    }
}

impl Package {
    fn read(root: &Path, folder: String) -> io::Result<Self> {
        let path = root.join(&folder);
        let manifest = path.join("Cargo.toml");
        let named = |cause: String| io::Error::other(format!("{}: {cause}", manifest.display()));
        let text = fs::read_to_string(&manifest).map_err(|error| named(error.to_string()))?;
        let table = toml::from_str(&text).map_err(|error| named(error.to_string()))?;
        let contents = CONTENTS.into_iter().filter(|name| has_content(&path.join(name))).collect();
        Ok(Self { folder, manifest: table, contents })
    }

    /// Whether it is one of the published libraries.
    fn is_library(&self) -> bool {
        self.folder.starts_with("crates/")
    }

    fn name(&self) -> &str {
        self.field("name").and_then(Value::as_str).unwrap_or_default()
    }

    fn is_published(&self) -> bool {
        self.field("publish").and_then(Value::as_bool) != Some(false)
    }

    fn layer(&self) -> Option<i64> {
        self.field("metadata")?.get("workspace")?.get("layer")?.as_integer()
    }

    fn field(&self, name: &str) -> Option<&Value> {
        self.manifest.get("package")?.get(name)
    }
}

/// A file that is not empty, or a folder with a Rust file in it or in one of its folders.
fn has_content(path: &Path) -> bool {
    let Ok(entries) = fs::read_dir(path) else {
        return fs::metadata(path).is_ok_and(|file| file.len() > 0);
    };
    let is_rust = |path: &Path| path.extension().is_some_and(|extension| extension == "rs");
    entries.filter_map(Result::ok).any(|entry| is_rust(&entry.path()) || entry.path().join("main.rs").is_file())
}
