//! No (A)GPL anywhere, LGPL only under the command, and nothing without a licence we know.

use std::collections::BTreeSet;

use cargo_metadata::PackageId;

use crate::metadata::{metadata, reached_without, workspace};

/// Licences that ask for no more than a notice, or, as MPL does, for the source of their own files only.
const PERMISSIVE: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// What a licence expression comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Permissive,
    Lesser,
    Refused,
}

/// Judges an SPDX expression: of alternatives the mildest counts, of licences that all hold the strictest.
fn judged(expression: &str) -> Verdict {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let verdict = alternatives(&mut rest);
    if rest.is_empty() { verdict } else { Verdict::Refused }
}

fn alternatives(words: &mut &[&str]) -> Verdict {
    let mut verdict = all_of(words);
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        verdict = verdict.min(all_of(words));
    }
    verdict
}

fn all_of(words: &mut &[&str]) -> Verdict {
    let mut verdict = one(words);
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        verdict = verdict.max(one(words));
    }
    verdict
}

fn one(words: &mut &[&str]) -> Verdict {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let verdict = alternatives(words);
            match *words {
                [")", rest @ ..] => *words = rest,
                _ => return Verdict::Refused,
            }
            verdict
        }
        // An exception only ever permits more.
        [name, "WITH", _, rest @ ..] | [name, rest @ ..] => {
            *words = rest;
            match name {
                _ if PERMISSIVE.contains(name) => Verdict::Permissive,
                _ if name.starts_with("LGPL-") => Verdict::Lesser,
                _ => Verdict::Refused,
            }
        }
        [] => Verdict::Refused,
    }
}

/// What is wrong with the licence of a crate; one outside the command may not be lesser.
fn complaint(name: &str, licence: Option<&str>, outside_command: bool) -> Option<String> {
    let Some(licence) = licence else { return Some(format!("{name} has no licence")) };
    match judged(licence) {
        Verdict::Permissive => None,
        Verdict::Lesser if !outside_command => None,
        Verdict::Lesser => Some(format!("{name} ({licence}) may only be reached through runout-delivery")),
        Verdict::Refused => Some(format!("{name} ({licence}) is refused")),
    }
}

#[test]
fn every_crate_has_a_licence_that_fits() {
    let outside: BTreeSet<PackageId> = reached_without("runout-delivery");
    let packages = &metadata().packages;
    assert!(packages.len() > 20, "cargo names only {} packages", packages.len());
    let complaints: Vec<String> = packages
        .iter()
        .filter_map(|package| complaint(&package.name, package.license.as_deref(), outside.contains(&package.id)))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_workspace_itself_has_its_licence_and_texts() {
    for package in metadata().workspace_packages() {
        assert_eq!(package.license.as_deref(), Some("MIT OR Apache-2.0"), "{}", package.name);
    }
    for text in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"] {
        let length = std::fs::read_to_string(workspace().join(text)).map(|text| text.len());
        assert!(length.is_ok_and(|length| length > 100), "{text} is missing or empty");
    }
}

#[test]
fn expressions_are_judged_as_they_are_meant() {
    for (expression, expected) in [
        ("MIT", Verdict::Permissive),
        ("MIT OR GPL-2.0", Verdict::Permissive),
        ("MIT/Apache-2.0", Verdict::Permissive),
        ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", Verdict::Permissive),
        ("(MIT OR GPL-3.0-only) AND Unicode-3.0", Verdict::Permissive),
        ("MIT AND GPL-2.0", Verdict::Refused),
        ("MIT AND (GPL-2.0 OR AGPL-3.0-only)", Verdict::Refused),
        // AND binds closer than OR.
        ("GPL-3.0-only AND MIT OR Zlib", Verdict::Permissive),
        ("Zlib AND MIT OR AGPL-3.0-or-later AND MIT", Verdict::Permissive),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0", Verdict::Refused),
        ("AGPL-3.0-only", Verdict::Refused),
        ("LGPL-2.1-or-later", Verdict::Lesser),
        ("LGPL-2.1-or-later AND MIT", Verdict::Lesser),
        ("LGPL-2.1-or-later OR MIT", Verdict::Permissive),
        ("SSPL-1.0", Verdict::Refused),
        ("(MIT", Verdict::Refused),
        ("MIT Zlib", Verdict::Refused),
        ("", Verdict::Refused),
    ] {
        assert_eq!(judged(expression), expected, "{expression}");
    }
}

#[test]
fn a_lesser_licence_is_for_the_command_only_and_none_for_nobody() {
    assert_eq!(complaint("lame", Some("LGPL-2.0-or-later"), false), None);
    assert!(complaint("lame", Some("LGPL-2.0-or-later"), true).is_some_and(|text| text.contains("only be reached")));
    assert!(complaint("x", Some("GPL-3.0-or-later"), false).is_some_and(|text| text.contains("refused")));
    assert!(complaint("x", None, false).is_some_and(|text| text.contains("no licence")));
}
