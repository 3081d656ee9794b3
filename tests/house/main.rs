//! Is the house in order? Licences, the direction of dependencies, the length of files, the README's tables.

mod arrows;
mod files;
mod licences;
mod metadata;
mod readme;
