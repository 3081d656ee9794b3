//! What projects remember is frozen: ids, names, the numbers that stand for parameters, their ranges and defaults.
//!
//! The tables in `parameters` hold a row for each parameter, as a host reads it from the bundle.
//! `RUNOUT_IDENTITY=write cargo test --profile checked -p runout-tests --test host` writes them anew: rows may be added
//! by a new version; a row that changes or goes breaks every session in the world.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::PathBuf;

use runout_tests::bundle::{checked_clap, library_in};
use runout_tests::clap_host::{ClapBundle, ClapHost, HostedParameter};

use crate::rig::{COMPRESSOR, EQUALIZER, IMAGER, INSERTS, LIMITER, MASTER, METER};
use crate::state::values_in;

/// Every product's id and name, with the file of its table.
const PRODUCTS: [(&str, &str, &str); 6] = [
    (MASTER.id, "Runout Master", "master.tsv"),
    (EQUALIZER.id, "Runout Equalizer", "equalizer.tsv"),
    (COMPRESSOR.id, "Runout Compressor", "compressor.tsv"),
    (IMAGER.id, "Runout Imager", "imager.tsv"),
    (LIMITER.id, "Runout Limiter", "limiter.tsv"),
    (METER, "Runout Meter", "meter.tsv"),
];

const HEADER: &str = "number\tid\tname\tgroup\tflags\tlowest\thighest\tdefault\n";

#[test]
fn ids_and_names_are_frozen() {
    let expected = PRODUCTS.map(|(id, name, _)| (id.to_owned(), name.to_owned()));
    assert_eq!(ClapBundle::checked().plugins(), expected);
}

/// The id that a state gives to a parameter: the one whose value moves with it.
fn id_of(host: &mut ClapHost, parameter: &HostedParameter) -> String {
    let before = values_in(&host.save());
    let other = if parameter.default == parameter.lowest { parameter.highest } else { parameter.lowest };
    host.set_inactive(&[(parameter.id, other)]);
    let after = values_in(&host.save());
    host.set_inactive(&[(parameter.id, parameter.default)]);
    let moved: Vec<&String> =
        after.iter().filter(|(id, value)| before.get(*id) != Some(value)).map(|(id, _)| id).collect();
    let [id] = moved.as_slice() else { panic!("{} moves {moved:?}", parameter.name) };
    (*id).clone()
}

/// A product's table as a host reads it.
fn table(product: &str) -> String {
    let mut host = ClapHost::load(product);
    let mut lines = String::from(HEADER);
    for parameter in host.parameters() {
        let flags = [
            (parameter.is_automatable, "automatable"),
            (parameter.is_stepped, "stepped"),
            (parameter.is_bypass, "bypass"),
        ];
        let flags: Vec<&str> = flags.iter().filter(|(is, _)| *is).map(|(_, flag)| *flag).collect();
        let [lowest, highest, default] =
            [parameter.lowest, parameter.highest, parameter.default].map(|value| host.text_of(parameter.id, value));
        let id = id_of(&mut host, &parameter);
        let HostedParameter { id: number, name, group, .. } = parameter;
        let (number, flags) = (number.get(), flags.join(" "));
        lines += &format!("{number}\t{id}\t{name}\t{group}\t{flags}\t{lowest}\t{highest}\t{default}\n");
    }
    lines
}

fn stored(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("host/parameters").join(file)
}

/// Rows that are not what they were, in words.
fn differences(before: &str, after: &str) -> Vec<String> {
    let rows = |table: &str| -> BTreeMap<String, String> {
        table.lines().map(|line| (line.split('\t').nth(1).unwrap_or_default().to_owned(), line.to_owned())).collect()
    };
    let (before, after) = (rows(before), rows(after));
    let mut told: Vec<String> = before
        .iter()
        .filter(|(id, row)| after.get(*id) != Some(row))
        .map(|(id, row)| format!("was: {row}\nis:  {}", after.get(id).map_or("gone", String::as_str)))
        .collect();
    told.extend(after.iter().filter(|(id, _)| !before.contains_key(*id)).map(|(_, row)| format!("new: {row}")));
    told
}

#[test]
fn every_parameter_is_frozen() {
    for (product, _, file) in PRODUCTS {
        let found = table(product);
        if std::env::var("RUNOUT_IDENTITY").is_ok_and(|value| value == "write") {
            fs::write(stored(file), &found).expect("the table can be written");
        }
        let expected = fs::read_to_string(stored(file)).unwrap_or_default();
        let told = differences(&expected, &found);
        assert!(told.is_empty(), "{product} differs from parameters/{file}:\n{}", told.join("\n"));
        assert_eq!(found, expected, "{product}: the order of parameters");
    }
}

#[test]
fn a_row_that_changes_goes_or_comes_is_told() {
    let before = format!("{HEADER}1\ta\tA\t\t\t0\t1\t0\n2\tb\tB\t\t\t0\t1\t0\n");
    assert!(differences(&before, &before).is_empty());
    let told = differences(&before, &before.replace("\tB\t", "\tBe\t"));
    assert!(told.len() == 1 && told[0].starts_with("was: 2\tb\tB"), "{told:?}");
    let told = differences(&before, &before.replace("2\tb", "2\tc"));
    assert!(told.len() == 2 && told[0].ends_with("gone") && told[1].starts_with("new: 2\tc"), "{told:?}");
}

/// The number that stands for an id, as the framework has always made it: projects hold it.
fn number_of(id: &str) -> u32 {
    id.bytes().fold(0u32, |number, byte| number.wrapping_mul(31).wrapping_add(u32::from(byte))) & 0x7FFF_FFFF
}

#[test]
fn the_ids_are_those_of_the_chain_file() {
    for product in INSERTS {
        let mut host = product.load();
        let mut expected: Vec<(u32, String)> =
            product.knobs(&mut host).into_iter().map(|knob| (number_of(&knob.setting.id), knob.hosted.name)).collect();
        expected.push((number_of("bypass"), "Bypass".to_owned()));
        let found: Vec<(u32, String)> =
            host.parameters().into_iter().map(|parameter| (parameter.id.get(), parameter.name)).collect();
        assert_eq!(found, expected, "{}", product.id);
    }
}

#[test]
fn trap_8_names_are_words_and_unique() {
    for (product, _, _) in PRODUCTS {
        let names: Vec<String> = ClapHost::load(product).parameters().into_iter().map(|found| found.name).collect();
        let different: HashSet<&String> = names.iter().collect();
        assert_eq!(different.len(), names.len(), "{names:?}");
        for name in &names {
            let words =
                name.split(' ').all(|word| word.starts_with(|first: char| first.is_uppercase() || first.is_numeric()));
            assert!(words && !name.contains(['_', '.']), "{name}");
        }
    }
}

#[test]
fn master_groups_its_parameters_by_module() {
    let parameters = MASTER.load().parameters();
    // The order is of no one module, nor is the solo of one of them, nor the host's bypass.
    let (grouped, alone): (Vec<_>, Vec<_>) = parameters.iter().partition(|parameter| !parameter.group.is_empty());
    assert!(grouped.iter().all(|parameter| parameter.name.starts_with(&parameter.group)), "{grouped:?}");
    assert_eq!(
        alone.iter().map(|parameter| &parameter.name).collect::<Vec<_>>(),
        ["Module Order", "Module Solo", "Bypass"]
    );
    assert!(LIMITER.load().parameters().iter().all(|parameter| parameter.group.is_empty()));
}

#[test]
fn trap_6_the_library_under_test_watches_allocations() {
    // The framework's allocator that aborts is there only with debug assertions.
    let watch = b"nice_assert_no_alloc";
    let library = fs::read(library_in(checked_clap())).expect("the library can be read");
    assert!(library.windows(watch.len()).any(|bytes| bytes == watch), "an allocation in `process` would pass unseen");
}
