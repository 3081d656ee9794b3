//! What cargo knows of the workspace and all it depends on.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};

/// The workspace's folder.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace holds the tests")
}

/// The workspace as Cargo.lock has it: cargo refuses if that would have to change.
pub fn metadata() -> &'static Metadata {
    static METADATA: OnceLock<Metadata> = OnceLock::new();
    METADATA.get_or_init(|| {
        let mut command = MetadataCommand::new();
        command.manifest_path(workspace().join("Cargo.toml")).other_options(["--locked".to_owned()]);
        command.exec().unwrap_or_else(|error| panic!("cargo metadata --locked: {error}"))
    })
}

/// Names of the workspace's members that a member depends on, in its library or build, or only in its tests.
pub fn own_dependencies(member: &Package, kind: DependencyKind) -> BTreeSet<String> {
    let own: BTreeSet<&str> = metadata().workspace_packages().iter().map(|package| package.name.as_str()).collect();
    let of_kind = member.dependencies.iter().filter(|dependency| dependency.kind == kind);
    of_kind.map(|dependency| dependency.name.clone()).filter(|name| own.contains(name.as_str())).collect()
}

/// Every package that is reached from the workspace without passing through one of its members.
pub fn reached_without(member: &str) -> BTreeSet<PackageId> {
    let metadata = metadata();
    let resolve = metadata.resolve.as_ref().expect("cargo resolves the workspace");
    let is_member = |id: &PackageId| metadata[id].name.as_str() == member;
    let mut reached = BTreeSet::new();
    let mut open: Vec<PackageId> = metadata.workspace_members.iter().filter(|id| !is_member(id)).cloned().collect();
    while let Some(id) = open.pop() {
        if !is_member(&id) && reached.insert(id.clone()) {
            let node = resolve.nodes.iter().find(|node| node.id == id).expect("every package is resolved");
            open.extend(node.dependencies.iter().cloned());
        }
    }
    reached
}
