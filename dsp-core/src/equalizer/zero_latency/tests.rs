//! Questions to the whole processor.

mod response;
