//! Does Ctrl-C leave nothing behind, whatever is being done?

use std::process::{Command, Stdio};
use std::time::Duration;

use runout_tests::{music, signals};

use super::{Stage, album, track};
use crate::binary::command;
use crate::files::names;

/// How long the work gets to come as far as is waited for, in steps of 1 ms.
const PATIENCE: usize = 120_000;

#[test]
fn an_interruption_leaves_neither_the_folder_nor_hidden_ones() {
    let stage = Stage::new();
    let some: Vec<Vec<f32>> = signals::driven(&music::music(90, 48_000.0, 2.0, 2), 6.0);
    // Twelve times the same two seconds, so that there is time to interrupt.
    let long: Vec<Vec<f32>> = some.iter().map(|plane| plane.repeat(12)).collect();
    stage.mix("0.wav", 48_000, &long);
    let tracks = [track("0.wav", "One", ""), track("0.wav", "Two", "")];
    let formats = ["wav-24-96000", "ogg-6", "mp3-320"];
    stage.text("ALBUM.toml", &album(&formats, "", &tracks));
    let (file, out) = (stage.path("ALBUM.toml"), stage.path("out"));
    // As the hidden folder comes up, as a track is there, as the streams are, and as the formats are written.
    for (stage_of_work, sign) in [("begun", ""), ("rendering", "track-"), ("joining", "files-"), ("writing", "ogg-6")] {
        for existed in [false, true] {
            if existed {
                std::fs::create_dir(&out).unwrap();
            }
            let mut child = command()
                .args(["album".as_ref(), file.as_os_str(), "-o".as_ref(), out.as_os_str()])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let has_come = || {
                let place = if existed { &out } else { stage.root() };
                let hidden = names(place).into_iter().find(|name| name.starts_with('.') && name.ends_with(".part"));
                // What is there when it is looked at may be gone when it is listed.
                let Some(hidden) = hidden.map(|hidden| place.join(hidden)).filter(|hidden| hidden.is_dir()) else {
                    return false;
                };
                super::tree(&hidden).iter().any(|name| name.contains(sign)) || sign.is_empty()
            };
            let mut waited = 0;
            while !has_come() {
                assert!(child.try_wait().unwrap().is_none(), "{stage_of_work}: it ended before it began");
                assert!(waited < PATIENCE, "{stage_of_work}: it never came");
                std::thread::sleep(Duration::from_millis(1));
                waited += 1;
            }
            let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
            assert!(status.success());
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(130), "{stage_of_work}: {}", String::from_utf8_lossy(&output.stdout));
            assert_eq!(String::from_utf8(output.stderr).unwrap(), "runout: interrupted; nothing was written\n");
            if existed {
                assert_eq!(names(&out), [""; 0], "{stage_of_work}");
                std::fs::remove_dir(&out).unwrap();
            }
            assert_eq!(names(stage.root()), ["0.wav", "ALBUM.toml"], "{stage_of_work}");
        }
    }
}
