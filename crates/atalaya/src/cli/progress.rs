//! How far a long command has come, and how it is stopped.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::out::{self, number};

/// A flag that Ctrl-C sets; pressed twice, it ends the process at once, which loses nothing either.
pub fn stop_at_ctrl_c() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Only one handler can be set in a process; without it Ctrl-C ends the run at once.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        out::note("\nfinishing the reports at hand; press Ctrl-C again to stop at once");
    });
    stop
}

/// Tells how far it has come: a bar on a terminal, now and then a line elsewhere.
pub struct Teller {
    bar: Option<ProgressBar>,
    total: u64,
    told: Instant,
}

impl Teller {
    /// For so many.
    pub fn new(total: u64) -> Teller {
        let bar = io::stderr().is_terminal().then(|| {
            let style =
                "{bar:30} {human_pos} of {human_len}  {per_sec}  {eta} left  {wide_msg:.dim}";
            let style = ProgressStyle::with_template(style).expect("the template is fixed");
            ProgressBar::new(total).with_style(style)
        });
        Teller { bar, total, told: Instant::now() }
    }

    /// Tells that so many are done; beside it a remark, and what was done last.
    pub fn tell(&mut self, done: u64, remark: &str, last: &str) {
        if let Some(bar) = &self.bar {
            bar.set_position(done);
            bar.set_message(format!("{remark}{}", out::tame(last)));
        } else if self.told.elapsed() >= Duration::from_secs(5) {
            self.told = Instant::now();
            let (done, total) = (number(done), number(self.total));
            out::note(format!("{done} of {total} read  {remark}").trim_end());
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
