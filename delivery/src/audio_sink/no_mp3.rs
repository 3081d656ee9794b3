//! What stands for MP3 where LAME is left out.

/// Says how to have it.
///
/// # Errors
/// Always.
pub fn check(_kbps: u16, _sample_rate_hz: u32, _channels: usize) -> Result<(), String> {
    Err("this runout was built without MP3: build it with its feature `mp3`, or write wav, flac or ogg".to_owned())
}
