//! A plugin with its editor in a window, and a thread that plays music through it.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use runout_tests::clap_host::{Answer, Audio, ClapHost, Transport};
use runout_tests::screen::{Server, Window};

pub const LIMITER: &str = "org.runout.limiter";
pub const METER: &str = "org.runout.meter";
const EQUALIZER: &str = "org.runout.equalizer";
const COMPRESSOR: &str = "org.runout.compressor";
const IMAGER: &str = "org.runout.imager";
const MASTER: &str = "org.runout.master";

/// The plane behind data, dark theme.
pub const PLOT: u32 = 0x0D_0F_12;

/// Every editor with its default size, points.
pub const EDITORS: [(&str, (u32, u32)); 6] = [
    (LIMITER, (1000, 620)),
    (EQUALIZER, (1000, 620)),
    (COMPRESSOR, (1000, 620)),
    (IMAGER, (1000, 620)),
    (METER, (1000, 620)),
    (MASTER, (1280, 760)),
];

/// Says to a test's process that it is the one on the screen.
const ON_SCREEN: &str = "RUNOUT_TEST_ON_SCREEN";

const RATE: f64 = 48_000.0;
const BLOCK: usize = 480;

/// Runs a test's body in a process of its own, on a screen of its own. `name` is the test's.
pub fn on_a_screen(name: &str, body: impl FnOnce()) {
    if std::env::var_os(ON_SCREEN).is_some() {
        body();
        // A window's thread lets go of its display after the window is gone, and a process that ends meanwhile crashes.
        return wait_for("the windows' threads end", || threads_of_this_name() == 1);
    }
    let server = Server::start();
    let this = std::env::current_exe().expect("a test has a path");
    let mut command = Command::new(this);
    command.args([name, "--exact", "--nocapture"]).env(ON_SCREEN, "1").env("DISPLAY", &server.display);
    // No graphics card is needed, and none is used.
    command.env("LIBGL_ALWAYS_SOFTWARE", "1");
    let output = command.output().expect("a test starts itself");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{}:\n{said}", output.status);
}

/// How many threads bear the name of this one: those that it made, and nobody named.
fn threads_of_this_name() -> usize {
    let name = fs::read("/proc/thread-self/comm").expect("a thread has a name");
    let tasks = fs::read_dir("/proc/self/task").expect("Linux lists threads");
    tasks.flatten().filter(|task| fs::read(task.path().join("comm")).is_ok_and(|other| other == name)).count()
}

/// Waits until something is so; a minute is for ever.
pub fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "in a minute it did not come that {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A plugin whose editor is open.
pub struct Rig {
    pub host: ClapHost,
    pub window: Window,
    player: Option<Player>,
    /// What the plugin said before the music was stopped.
    answers: Vec<Answer>,
    is_open: bool,
    /// Where the pointer is, pixels of the window.
    pointer: (i16, i16),
}

impl Rig {
    /// Opens the editor of the plugin of this id.
    pub fn open(id: &str) -> Self {
        Self::open_at(id, 1.0)
    }

    /// The same, on a screen with so many pixels a point.
    pub fn open_at(id: &str, scale: f64) -> Self {
        let mut host = ClapHost::load(id);
        host.activate(RATE, BLOCK);
        let mut size = host.create_editor();
        if scale != 1.0 {
            host.scale_editor(scale);
            size = host.editor_size();
        }
        let window = Window::open(size.0, size.1);
        host.show_editor(window.id());
        Self { host, window, player: None, answers: Vec::new(), is_open: true, pointer: (0, 0) }
    }

    /// Plays music from now on, in real time.
    pub fn play(&mut self) {
        self.player = Some(Player::start(self.host.take_audio()));
    }

    /// Lets a tenth of a second pass, and the plugin do its work on the main thread.
    pub fn rest(&mut self) {
        thread::sleep(Duration::from_millis(100));
        self.host.idle();
    }

    /// Gives window and editor another size, as a host does when its window's edge is dragged.
    pub fn resize(&mut self, width: u32, height: u32) {
        self.window.resize(width, height);
        self.host.resize_editor(width, height);
    }

    /// Closes the editor and opens it again, in a new window.
    pub fn reopen(&mut self) {
        self.close_window();
        let size = self.host.create_editor();
        self.window = Window::open(size.0, size.1);
        self.host.show_editor(self.window.id());
        self.is_open = true;
    }

    /// Closes the editor.
    pub fn close_window(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.host.close_editor();
        }
    }

    /// Stops the music and closes everything.
    pub fn close(mut self) {
        self.close_window();
        if let Some(player) = self.player.take() {
            self.host.give_audio(player.stop());
        }
    }

    /// Puts the pointer on a place of the window and presses.
    pub fn grab(&mut self, x: i16, y: i16) {
        wait_for("the editor is painted", || self.window.picture().count(PLOT, 2) > 20_000);
        self.pointer = (x, y);
        self.window.point(x, y);
        self.window.press();
    }

    /// Moves the pointer by so many pixels, and gives the editor time to see it.
    pub fn drag(&mut self, x: i16, y: i16) {
        self.pointer = (self.pointer.0 + x, self.pointer.1 + y);
        self.window.point(self.pointer.0, self.pointer.1);
        thread::sleep(Duration::from_millis(30));
    }

    /// What the plugin has told the host of its parameters so far.
    pub fn answers(&mut self) -> Vec<Answer> {
        if let Some(player) = &self.player {
            self.answers.append(&mut player.answers.lock().expect("the player lives"));
        }
        self.answers.clone()
    }
}

/// A thread that plays.
struct Player {
    thread: JoinHandle<Audio>,
    plays: Arc<AtomicBool>,
    answers: Arc<Mutex<Vec<Answer>>>,
}

impl Player {
    fn start(mut audio: Audio) -> Self {
        let (plays, answers) = (Arc::new(AtomicBool::new(true)), Arc::<Mutex<Vec<Answer>>>::default());
        let (goes_on, said) = (Arc::clone(&plays), Arc::clone(&answers));
        let thread = thread::spawn(move || {
            audio.set_transport(Some(Transport { is_playing: true, position_s: 0.0 }));
            let begun = Instant::now();
            for block in 0.. {
                if !goes_on.load(Ordering::Acquire) {
                    break;
                }
                audio.process(&mut music(block * BLOCK), [BLOCK], &[]);
                said.lock().expect("the rig lives").append(&mut audio.take_answers());
                let due = Duration::from_secs_f64((block + 1) as f64 * BLOCK as f64 / RATE);
                thread::sleep(due.saturating_sub(begun.elapsed()));
            }
            audio
        });
        Self { thread, plays, answers }
    }

    fn stop(self) -> Audio {
        self.plays.store(false, Ordering::Release);
        self.thread.join().expect("the player ends")
    }
}

/// A block of a chord that swells and fades, over the limiter's ceiling at its loudest.
fn music(start: usize) -> Vec<Vec<f32>> {
    let tone = |frequency: f64, frame: usize| (frame as f64 * frequency * std::f64::consts::TAU / RATE).sin();
    let channel = |offset: f64| {
        let sample = |frame| {
            let swell = 0.55 + 0.45 * tone(1.3, frame);
            (swell * (0.6 * tone(110.0 + offset, frame) + 0.5 * tone(659.0, frame) + 0.3 * tone(2637.0, frame))) as f32
        };
        (start..start + BLOCK).map(sample).collect()
    };
    vec![channel(0.0), channel(1.7)]
}
