//! The rules of `docs/architecture.md` hold in every manifest, and each rule can fail.

use std::path::Path;

use aio_tests::manifests::{CONTENTS, Package, Workspace};

/// Root manifest of the small workspaces below.
const ROOT: &str = r#"
    [workspace.dependencies]
    base = { package = "aio-base", path = "crates/base", version = "0.1.0" }
    engine = { package = "aio-engine", path = "crates/engine", version = "0.1.0" }
    loose = { package = "aio-base", path = "crates/base" }
    sqlx = "0.9"
"#;

#[test]
fn every_manifest_of_this_workspace_keeps_the_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let workspace = Workspace::read(&root).expect("all manifests are readable");
    assert!(workspace.packages().len() > 5, "only {} packages found", workspace.packages().len());
    let violations = workspace.violations();
    assert!(violations.is_empty(), "{} rules are broken:\n{}", violations.len(), violations.join("\n"));
}

#[test]
fn accepts_an_import_from_a_lower_layer() {
    let engine = library("engine", 2, "[dependencies]\nbase.workspace = true");
    assert_eq!(violations(vec![library("base", 0, ""), engine]), [""; 0]);
}

#[test]
fn rejects_a_missing_layer() {
    let package = package("crates/base", "[package]\nname = \"aio-base\"");
    assert_eq!(violations(vec![package]), ["crates/base: no layer: write [package.metadata.workspace] layer = N"]);
}

#[test]
fn rejects_an_upward_import() {
    let base = library("base", 0, "[dependencies]\nengine.workspace = true");
    let found = violations(vec![base, library("engine", 2, "")]);
    assert_eq!(found, ["crates/base: layer 0 imports crates/engine of layer 2"]);
}

#[test]
fn rejects_a_sideways_import_also_by_path_alias_target_or_build_script() {
    for dependency in [
        "[dependencies]\nengine.workspace = true",
        "[dependencies]\nother = { package = \"aio-engine\", path = \"../engine\", version = \"0.1.0\" }",
        "[target.'cfg(unix)'.dependencies]\nengine = { workspace = true, optional = true }",
        "[build-dependencies]\nengine.workspace = true",
    ] {
        let found = violations(vec![library("base", 2, dependency), library("engine", 2, "")]);
        assert_eq!(found, ["crates/base: layer 2 imports crates/engine of layer 2"], "{dependency}");
    }
}

#[test]
fn accepts_an_upward_import_of_tests_only() {
    let base = library("base", 0, "[dev-dependencies]\nengine.workspace = true");
    assert_eq!(violations(vec![base, library("engine", 2, "")]), [""; 0]);
}

#[test]
fn rejects_a_program_that_imports_a_program() {
    let program = |name: &str, more: &str| program(&format!("bins/{name}"), name, more);
    let found = violations(vec![program("a", "[dependencies]\nb = { path = \"../b\" }"), program("b", "")]);
    assert_eq!(found, ["bins/a: layer 5 imports bins/b of layer 5"]);
}

#[test]
fn rejects_a_published_path_dependency_without_version() {
    let engine = library("engine", 2, "[dependencies]\nloose.workspace = true");
    let found = violations(vec![library("base", 0, ""), engine]);
    assert_eq!(found, ["crates/engine: path dependency aio-base has no version"]);
}

#[test]
fn accepts_a_path_dependency_without_version_in_a_program() {
    let program = program("bins/tool", "tool", "[dependencies]\nloose.workspace = true");
    assert_eq!(violations(vec![library("base", 0, ""), program]), [""; 0]);
}

#[test]
fn rejects_a_heavy_dependency_outside_its_home() {
    for dependency in [
        "[dependencies]\nsqlx.workspace = true",
        "[dependencies]\ndatabase = { package = \"sqlx\", version = \"0.9\" }",
        "[dev-dependencies]\nsqlx = \"0.9\"",
    ] {
        let found = violations(vec![library("base", 0, dependency)]);
        assert_eq!(found, ["crates/base: sqlx may be named only by pattern-library"], "{dependency}");
    }
    let found = violations(vec![library("base", 0, "[dependencies]\narrow-array = \"60\"")]);
    assert_eq!(found, ["crates/base: arrow-array may be named only by market-files, prediction-log"]);
}

#[test]
fn accepts_a_heavy_dependency_at_home_and_names_that_only_begin_alike() {
    let home = library("pattern-library", 2, "[dependencies]\nsqlx.workspace = true");
    let alike = library("base", 0, "[dependencies]\narrowhead = \"1\"");
    assert_eq!(violations(vec![home, alike]), [""; 0]);
}

#[test]
fn rejects_a_library_without_its_documents_tests_benches_or_examples() {
    for missing in CONTENTS {
        let mut base = library("base", 0, "");
        base.contents.retain(|content| *content != missing);
        assert_eq!(violations(vec![base]), [format!("crates/base: {missing} is missing or empty")]);
    }
}

#[test]
fn rejects_a_library_without_the_prefix_or_with_another_name_than_its_folder() {
    for name in ["base", "aio-foundation"] {
        let manifest = format!("[package]\nname = {name:?}\nmetadata.workspace.layer = 0");
        let found = violations(vec![package("crates/base", &manifest)]);
        assert_eq!(found, [format!("crates/base: the package is named {name:?}, not \"aio-base\"")]);
    }
}

#[test]
fn rejects_a_program_that_could_be_published() {
    let manifest = "[package]\nname = \"tool\"\nmetadata.workspace.layer = 5";
    assert_eq!(violations(vec![package("bins/tool", manifest)]), ["bins/tool: publish = false is missing"]);
}

fn violations(packages: Vec<Package>) -> Vec<String> {
    Workspace::new(ROOT, packages).expect("the root manifest is TOML").violations()
}

fn library(name: &str, layer: i64, more: &str) -> Package {
    let manifest = format!("[package]\nname = \"aio-{name}\"\nmetadata.workspace.layer = {layer}\n{more}");
    package(&format!("crates/{name}"), &manifest)
}

fn program(folder: &str, name: &str, more: &str) -> Package {
    package(folder, &format!("[package]\nname = {name:?}\npublish = false\nmetadata.workspace.layer = 5\n{more}"))
}

fn package(folder: &str, manifest: &str) -> Package {
    let manifest = toml::from_str(manifest).expect("the manifest is TOML");
    Package { folder: folder.to_owned(), manifest, contents: CONTENTS.to_vec() }
}
