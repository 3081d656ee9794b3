//! Keeps the plugin library in memory once a host has loaded it.
//!
//! Threads of the host that ran our code carry destructors of the standard library's thread-locals, which lie in this
//! library. A host that unloads it with the last instance and ends such a thread later would call into nothing. Windows
//! and macOS keep such libraries by themselves.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
