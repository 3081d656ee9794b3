//! The runout command.
fn main() {}
