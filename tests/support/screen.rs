//! A screen in memory (Xvfb) with a window on it, pictures of that window, and a hand on its pointer.

mod picture;

use std::ffi::c_ulong;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConfigureWindowAux, ConnectionExt as _, CreateWindowAux, ImageFormat,
    KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT, WindowClass,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME, NONE};

pub use picture::Picture;

/// The screen's size, pixels: room for every editor at 200 %.
const SIZE: &str = "2800x1700x24";

/// An X server of one's own, killed when this is dropped.
pub struct Server {
    process: Child,
    /// The display's name, for `DISPLAY`.
    pub display: String,
}

impl Server {
    /// Starts a server on a display that is free.
    ///
    /// # Panics
    /// Xvfb is missing or does not start.
    pub fn start() -> Self {
        let mut command = Command::new("Xvfb");
        // Without -noreset it starts anew whenever the last window has gone, and refuses the next one meanwhile.
        let display = ["-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp", "+extension", "GLX", "-noreset"];
        command.args(display);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap_or_else(|error| panic!("Xvfb (Debian: xvfb) does not start: {error}"));
        // It writes the number of its display when it can be connected to.
        let mut number = String::new();
        let output = process.stdout.take().expect("its output is read");
        BufReader::new(output).read_line(&mut number).expect("Xvfb names its display");
        assert!(!number.trim().is_empty(), "Xvfb has ended without a display");
        Self { process, display: format!(":{}", number.trim()) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A host's window on the screen that `DISPLAY` names.
pub struct Window {
    connection: RustConnection,
    root: u32,
    id: u32,
}

impl Window {
    /// Opens a window of this size, pixels, in the upper left corner.
    ///
    /// # Panics
    /// There is no screen.
    pub fn open(width: u32, height: u32) -> Self {
        let (connection, screen) = x11rb::connect(None).expect("a screen: DISPLAY names one");
        let root = connection.setup().roots[screen].root;
        let id = connection.generate_id().expect("an id");
        let size = (width as u16, height as u16);
        let black = CreateWindowAux::new().background_pixel(0);
        let (depth, visual, class) = (COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, WindowClass::INPUT_OUTPUT);
        connection.create_window(depth, id, root, 0, 0, size.0, size.1, 0, class, visual, &black).expect("a window");
        connection.map_window(id).expect("it is shown");
        connection.sync().expect("the screen is there");
        Self { connection, root, id }
    }

    /// Its id, for a plugin to embed itself in.
    pub fn id(&self) -> c_ulong {
        c_ulong::from(self.id)
    }

    /// Gives it another size, pixels.
    pub fn resize(&self, width: u32, height: u32) {
        let size = ConfigureWindowAux::new().width(width).height(height);
        self.connection.configure_window(self.id, &size).expect("the window is there");
        self.sync();
    }

    /// What it shows now, with all that is embedded in it.
    pub fn picture(&self) -> Picture {
        let place = self.connection.get_geometry(self.id).expect("the window is there").reply().expect("a size");
        let (width, height) = (place.width, place.height);
        let image = self.connection.get_image(ImageFormat::Z_PIXMAP, self.id, 0, 0, width, height, !0);
        let image = image.expect("the window is there").reply().expect("a picture");
        Picture::from_bgrx(usize::from(width), usize::from(height), &image.data)
    }

    /// Moves the pointer to a pixel of the window.
    pub fn point(&self, x: i16, y: i16) {
        self.fake(MOTION_NOTIFY_EVENT, 0, x, y);
    }

    /// Presses the pointer's first button.
    pub fn press(&self) {
        self.fake(BUTTON_PRESS_EVENT, 1, 0, 0);
    }

    /// Lets the pointer's first button go.
    pub fn release(&self) {
        self.fake(BUTTON_RELEASE_EVENT, 1, 0, 0);
    }

    /// Presses a key and lets it go, by its number on a keyboard.
    pub fn key(&self, code: u8) {
        self.fake(KEY_PRESS_EVENT, code, 0, 0);
        self.fake(KEY_RELEASE_EVENT, code, 0, 0);
    }

    fn fake(&self, kind: u8, detail: u8, x: i16, y: i16) {
        let root = if kind == MOTION_NOTIFY_EVENT { self.root } else { NONE };
        self.connection.xtest_fake_input(kind, detail, CURRENT_TIME, root, x, y, 0).expect("the screen is there");
        self.sync();
        // Slower than a hand is not needed, but each step is to be an event of its own.
        std::thread::sleep(Duration::from_millis(20));
    }

    fn sync(&self) {
        self.connection.sync().expect("the screen is there");
    }
}
