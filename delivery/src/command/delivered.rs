//! What a call says of the file it delivers: its format, its tags, its cover.

use std::sync::Arc;

use super::arguments::MasterArguments;
use crate::audio_sink::{FileFormat, FormatWord};
use crate::failure::Failure;
use crate::tags::{Picture, Tags};

/// The format that was asked for, or the one that the output's name says.
///
/// # Errors
/// There is none, or it does not have the depth that was asked for.
pub fn format(arguments: &MasterArguments) -> Result<FileFormat, Failure> {
    let of_name = || FormatWord::of_extension(arguments.out.extension()?.to_str()?);
    let Some(word) = arguments.format.or_else(of_name) else {
        return Err(Failure::about(
            &arguments.out,
            "does not say its format: let the name end in .wav, .flac, .mp3 or .ogg, or give --format wav",
        ));
    };
    let depth = arguments.depth.into();
    word.with_depth(depth).map_err(|reason| Failure::new(format!("--depth {}: {reason}", depth.word())))
}

/// The tags and the cover.
///
/// # Errors
/// One is not what it must be, or the picture cannot be read.
pub fn tags(arguments: &MasterArguments) -> Result<Tags, Failure> {
    let mut tags = Tags::from_arguments(arguments.tags.iter().map(String::as_str)).map_err(Failure::new)?;
    let picture = arguments.picture.as_deref().map(Picture::read).transpose()?;
    tags.picture = picture.map(Arc::new);
    Ok(tags)
}
