//! The rules. Each is a function from a package to the lines that say where it breaks the rule.

use super::{CONTENTS, Package, Workspace};

/// Heavy dependencies and the only folders of `crates` that may name them, for tests and benches too.
const HOMES: [(&str, &[&str]); 8] = [
    ("polars", &["market-frames", "multimodal-dataset"]),
    ("candle", &["minicpm"]),
    ("sqlx", &["pattern-library"]),
    ("axum", &["model-serve"]),
    ("reqwest", &["dukascopy", "model-client"]),
    ("arrow", &["market-files", "prediction-log"]),
    ("parquet", &["market-files", "prediction-log"]),
    ("tiny-skia", &["chart-render"]),
];

pub(super) fn violations(workspace: &Workspace) -> Vec<String> {
    let mut found = Vec::new();
    for package in &workspace.packages {
        let lines = [
            layers(workspace, package),
            versions(workspace, package),
            homes(workspace, package),
            contents(package),
            name(package),
            unpublished(package),
        ];
        found.extend(lines.into_iter().flatten().map(|line| format!("{}: {line}", package.folder)));
    }
    found
}

/// A package has a layer and imports only from strictly lower ones; its tests may reach higher.
fn layers(workspace: &Workspace, package: &Package) -> Vec<String> {
    let Some(layer) = package.layer() else {
        return vec!["no layer: write [package.metadata.workspace] layer = N".to_owned()];
    };
    let mut found = Vec::new();
    for dependency in workspace.dependencies_of(package).iter().filter(|dependency| dependency.is_normal) {
        let target = workspace.packages.iter().find(|target| target.name() == dependency.package);
        // A target without a layer has a line of its own.
        let Some((target, below)) = target.and_then(|target| Some((target, target.layer()?))) else { continue };
        if below >= layer {
            found.push(format!("layer {layer} imports {} of layer {below}", target.folder));
        }
    }
    found
}

/// What is published names the version of each library of the workspace that it needs.
fn versions(workspace: &Workspace, package: &Package) -> Vec<String> {
    if !package.is_published() {
        return Vec::new();
    }
    let dependencies = workspace.dependencies_of(package).into_iter();
    let unversioned =
        dependencies.filter(|dependency| dependency.is_normal && dependency.has_path && !dependency.has_version);
    unversioned.map(|dependency| format!("path dependency {} has no version", dependency.package)).collect()
}

/// A heavy dependency, or a part of its family (`arrow-array`), is named only by its homes.
fn homes(workspace: &Workspace, package: &Package) -> Vec<String> {
    let mut found = Vec::new();
    for dependency in workspace.dependencies_of(package) {
        let is_family = |heavy: &str| {
            dependency.package.strip_prefix(heavy).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let Some((_, homes)) = HOMES.iter().find(|(heavy, _)| is_family(heavy)) else { continue };
        if !homes.iter().any(|home| package.folder == format!("crates/{home}")) {
            found.push(format!("{} may be named only by {}", dependency.package, homes.join(", ")));
        }
    }
    found
}

/// A library has its documents, tests, benches and examples.
fn contents(package: &Package) -> Vec<String> {
    if !package.is_library() {
        return Vec::new();
    }
    let missing = CONTENTS.iter().filter(|content| !package.contents.contains(content));
    missing.map(|content| format!("{content} is missing or empty")).collect()
}

/// A library in `crates/NAME` is the package `aio-NAME`.
fn name(package: &Package) -> Vec<String> {
    let Some(folder) = package.folder.strip_prefix("crates/") else { return Vec::new() };
    let expected = format!("aio-{folder}");
    if package.name() == expected {
        return Vec::new();
    }
    vec![format!("the package is named {:?}, not {expected:?}", package.name())]
}

/// What is not a library is not published.
fn unpublished(package: &Package) -> Vec<String> {
    if package.is_library() || !package.is_published() {
        return Vec::new();
    }
    vec!["publish = false is missing".to_owned()]
}
