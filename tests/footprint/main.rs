//! What an instance costs a host, in a process of its own: memory, and the library that stays. Linux tells; elsewhere
//! only that instances come and go is asked.

use std::time::Instant;

use runout_tests::clap_host::ClapHost;
use runout_tests::music::music;

/// Instances that are alive at once.
const INSTANCES: usize = 32;

/// The most memory of one instance, bytes: 6 MB at 48 kHz with the defaults.
const MOST_BYTES: usize = 6_000_000;

/// A line of the process's own account, by its name, in bytes; `None` where the system keeps none.
fn account(name: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    let kilobytes: usize = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// An instance that has played a little.
fn playing(product: &str, input: &[Vec<f32>]) -> ClapHost {
    let mut host = ClapHost::load(product);
    host.activate(48_000.0, 512);
    host.process(&mut input.to_vec(), 512, &[]);
    host
}

/// One question after the other: what one test holds would count as another's.
#[test]
fn an_instance_is_small_and_leaves_the_library_behind() {
    let input = music(3, 48_000.0, 0.5, 2);
    // What was measured stays alive: memory that is given back would be taken for the next product's.
    let mut alive = Vec::new();
    let modules = ["limiter", "meter", "equalizer", "compressor", "imager", "master"];
    for product in modules.map(|module| format!("org.runout.{module}")) {
        let product = product.as_str();
        // What is loaded once for all.
        alive.push(playing(product, &input));
        let before = account("VmRSS");
        let mut created = Vec::new();
        let mut least_ms = f64::INFINITY;
        for _ in 0..INSTANCES {
            let start = Instant::now();
            let mut host = ClapHost::load(product);
            host.activate(48_000.0, 512);
            least_ms = least_ms.min(1e3 * start.elapsed().as_secs_f64());
            created.push(host);
        }
        created.iter_mut().for_each(|host| host.process(&mut input.clone(), 512, &[]));
        // The most that the process ever had counts what creation frees again.
        let after = account("VmHWM");
        println!("{product}: {least_ms:.2} ms to create and activate one, at the least");
        if let Some((before, after)) = before.zip(after) {
            let bytes = (after - before) / INSTANCES;
            println!("{product}: {:.2} MB each", bytes as f64 / 1e6);
            assert!(bytes <= MOST_BYTES, "{product}: {bytes} bytes each");
            assert!(bytes > 10_000, "{product}: {bytes} bytes cannot be all: is the account right?");
        }
        alive.append(&mut created);
    }
    drop(alive);
    stays_loaded();
}

/// A host's thread that ends after the last instance: what it carries must still be there to end with.
fn stays_loaded() {
    let input = music(3, 48_000.0, 0.1, 2);
    for _ in 0..8 {
        std::thread::scope(|scope| {
            scope.spawn(|| drop(playing("org.runout.limiter", &input)));
        });
    }
    if let Ok(maps) = std::fs::read_to_string("/proc/self/maps") {
        assert!(maps.contains("Runout.clap"), "the library is gone while threads that ran it live");
    }
}
