//! The README's tables are those of the settings.

use std::fs;

use runout_tests::readme::{path, refreshed, section};

#[test]
fn the_tables_of_parameters_are_those_of_the_settings() {
    let readme = fs::read_to_string(path()).expect("README.md is there");
    let fresh = refreshed(&readme).unwrap_or_else(|error| panic!("{error}"));
    let stale = readme.lines().zip(fresh.lines()).find(|(found, expected)| found != expected);
    assert!(
        readme == fresh,
        "README.md and settings differ; `cargo xtask readme` writes the tables anew. First at: {stale:?}"
    );
}

#[test]
fn a_table_that_is_old_or_gone_is_seen() {
    let readme = fs::read_to_string(path()).expect("README.md is there");
    let table = section(&readme, "parameters limiter").expect("the limiter has a table");
    let old_table = table.replacen("-20 to 0 dBTP", "-30 to 0 dBTP", 1);
    assert_ne!(old_table, table, "the limiter's table has lost its ceiling");
    let old = readme.replacen(table, &old_table, 1);
    assert_eq!(refreshed(&old).as_ref(), Ok(&readme));
    assert!(section(&readme, "parameters limiter").is_ok_and(|table| table.contains("`ceiling_dbtp`")));
    assert!(refreshed("# Runout\n").is_err());
}
