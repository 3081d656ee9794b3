//! Dependencies run one way: dsp-core <- gui <- plugins, dsp-core <- delivery, all <- tests; only gui knows egui, only
//! plugins the framework. What moves fast is pinned exactly, and Cargo.lock is part of the repository.

use std::process::Command;

use cargo_metadata::{DependencyKind, Package};

use crate::metadata::{metadata, own_dependencies, workspace};

/// What each member may depend on.
const ARROWS: [(&str, &[&str]); 6] = [
    ("runout-dsp-core", &[]),
    ("runout-gui", &["runout-dsp-core"]),
    ("runout-plugins", &["runout-dsp-core", "runout-gui"]),
    ("runout-delivery", &["runout-dsp-core"]),
    ("runout-tests", &["runout-dsp-core"]),
    ("xtask", &["runout-delivery", "runout-dsp-core", "runout-gui", "runout-tests"]),
];

/// Crates that one member alone may name, by the start of their names.
const ONLY_IN: [(&str, &str); 6] = [
    // The framework's bundler is a tool, not the framework: the first that fits counts.
    ("nice-plug-xtask", "xtask"),
    ("nice-plug", "runout-plugins"),
    ("nih", "runout-plugins"),
    // What drives the editors without a window.
    ("egui_kittest", "runout-tests"),
    ("egui", "runout-gui"),
    ("eframe", "runout-gui"),
];

/// Crates whose versions are pinned exactly: their interfaces move from release to release.
const PINNED: [&str; 4] = ["nice-plug", "clack-", "egui", "baseview"];

/// What is wrong with a member that depends on some others.
fn complaint(member: &str, depends_on: impl IntoIterator<Item = String>) -> Option<String> {
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == member) else {
        return Some(format!("{member} has no place in the design"));
    };
    let wrong: Vec<String> = depends_on.into_iter().filter(|name| !allowed.contains(&name.as_str())).collect();
    (!wrong.is_empty()).then(|| format!("{member} depends on {}", wrong.join(", ")))
}

fn members() -> Vec<&'static Package> {
    metadata().workspace_packages()
}

#[test]
fn members_depend_one_way() {
    assert_eq!(members().len(), ARROWS.len());
    for member in members() {
        for kind in [DependencyKind::Normal, DependencyKind::Build] {
            assert_eq!(complaint(&member.name, own_dependencies(member, kind)), None);
        }
        // Tests may look at everything; a member's own tests may not.
        if member.name.as_str() != "runout-tests" {
            assert_eq!(complaint(&member.name, own_dependencies(member, DependencyKind::Development)), None);
        }
    }
}

#[test]
fn a_wrong_arrow_is_seen() {
    let on = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(complaint("runout-gui", on(&["runout-dsp-core"])), None);
    assert!(complaint("runout-dsp-core", on(&["runout-gui"])).is_some());
    assert!(complaint("runout-delivery", on(&["runout-dsp-core", "runout-plugins"])).is_some());
    assert!(complaint("runout-else", on(&[])).is_some());
}

#[test]
fn only_one_member_names_a_framework() {
    for member in members() {
        for dependency in &member.dependencies {
            let owner = ONLY_IN.iter().find(|(start, _)| dependency.name.starts_with(start));
            if let Some((_, owner)) = owner {
                assert_eq!(member.name.as_str(), *owner, "{} is named by {}", dependency.name, member.name);
            }
        }
    }
}

#[test]
fn what_moves_fast_is_pinned_exactly() {
    let mut pinned = 0;
    for member in members() {
        for dependency in &member.dependencies {
            if PINNED.iter().any(|start| dependency.name.starts_with(start)) {
                let requirement = dependency.req.to_string();
                assert!(requirement.starts_with('='), "{} {requirement} in {}", dependency.name, member.name);
                pinned += 1;
            }
        }
    }
    assert!(pinned > 0, "no plugin framework is named: is this list still right?");
}

#[test]
fn the_lock_file_is_part_of_the_repository() {
    // That it is also up to date, `--locked` says in every test that reads the metadata.
    assert!(workspace().join("Cargo.lock").is_file(), "Cargo.lock is missing");
    if workspace().join(".git").exists() {
        let mut git = Command::new("git");
        let listed = git.args(["ls-files", "--error-unmatch", "Cargo.lock"]).current_dir(workspace()).output();
        let listed = listed.expect("git starts");
        assert!(listed.status.success(), "Cargo.lock is not committed: {}", String::from_utf8_lossy(&listed.stderr));
    }
}
