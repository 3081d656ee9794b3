//! scratch
use runout_delivery::audio_sink::*;
use runout_delivery::progress::Progress;
use runout_delivery::tags::Tags;
use runout_delivery::{audio_source, deliver};
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let path = std::path::Path::new(&args[1]);
    for format in [
        FileFormat::Wav(FileDepth::Integer24),
        FileFormat::Flac(FlacDepth::Integer24),
        FileFormat::Flac(FlacDepth::Integer16),
        FileFormat::Mp3 { kbps: 320 },
        FileFormat::Mp3 { kbps: 128 },
        FileFormat::Ogg { quality: 8 },
        FileFormat::Ogg { quality: 5 },
    ] {
        if args.len() > 2 && !format!("{format:?}").contains(&args[2]) {
            continue;
        }
        let mut source = audio_source::open(path).unwrap();
        let f = *source.format();
        let form = FileForm { format, sample_rate_hz: f.sample_rate_hz, channels: f.channels };
        let out = std::path::Path::new("/tmp/fmt/speed.out");
        let t = Instant::now();
        deliver::encode(source.as_mut(), out, &form, &Tags::default(), Existing::Replace, &Progress::none()).unwrap();
        let s = t.elapsed().as_secs_f64();
        let length = f.frames.unwrap() as f64 / f.sample_rate_hz as f64;
        println!("{format:?}: {:.2} s, {:.0} x real time, {} bytes", s, length / s, out.metadata().unwrap().len());
    }
}
