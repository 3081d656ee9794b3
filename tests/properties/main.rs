//! What holds for every processor and every parameter: the contract, asked by one battery.

mod allocations;
mod battery;
mod broken;
mod listening;
mod memory;
mod processors;
mod settings;
mod toy;
