//! Questions to the whole crossover.
