//! Does a hardware controller find the pages that it turns, with parameters of the plugin on them?

use std::collections::HashSet;

use runout_tests::clap_host::ClapHost;

use crate::rig::{INSERTS, MASTER, METER};

#[test]
fn every_page_has_a_name_of_its_own_and_holds_parameters_that_are_there() {
    for product in INSERTS {
        let mut host = product.load();
        let known: HashSet<_> = host.parameters().into_iter().map(|parameter| parameter.id).collect();
        let pages = host.controller_pages();
        assert!(!pages.is_empty(), "{}", product.id);
        let mut names = HashSet::new();
        for page in pages {
            assert!(names.insert((page.section.clone(), page.name.clone())), "{}: {page:?} is twice", product.id);
            let held: Vec<_> = page.parameters.into_iter().flatten().collect();
            assert!(held.len() >= 3 && held.iter().all(|id| known.contains(id)), "{}: {page:?}", product.id);
            // What is missing stands at the end: no empty place between.
            assert!(page.parameters[..held.len()].iter().all(Option::is_some), "{}: {page:?}", product.id);
        }
    }
}

#[test]
fn every_control_but_listening_ones_and_those_that_move_the_latency_is_on_a_page() {
    for product in INSERTS {
        let mut host = product.load();
        let held: HashSet<_> = host.controller_pages().iter().flat_map(|page| page.parameters).flatten().collect();
        let left_out: Vec<String> = host
            .parameters()
            .into_iter()
            .filter(|parameter| parameter.is_automatable && !parameter.is_bypass && !held.contains(&parameter.id))
            .map(|parameter| parameter.name)
            .filter(|name| !["Solo", "Mute", "Delta", "Unity Gain"].iter().any(|listening| name.ends_with(listening)))
            .collect();
        // Of a compressor's band these are set once.
        let set_once = |name: &String| {
            name.contains("Band") && ["Enabled", "Auto Release", "Lookahead"].iter().any(|field| name.ends_with(field))
        };
        assert!(left_out.iter().all(set_once), "{}: {left_out:?}", product.id);
    }
}

#[test]
fn master_begins_with_an_overview_and_a_meter_has_nothing_to_turn() {
    let pages = MASTER.load().controller_pages();
    assert_eq!((pages[0].section.as_str(), pages[0].name.as_str()), ("Overview", "Overview"));
    assert!(pages[0].parameters.iter().all(Option::is_some));
    assert!(ClapHost::load(METER).controller_pages().is_empty());
}
