//! `atalaya serve`: the room in a browser, on this machine.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::{Command, ExitCode};

use clap::Args;

use super::World;
use super::out::{self, Out};
use crate::Error;
use crate::web::{self, App, Guard};
use crate::world::Engine;

const HELP: &str = "\
Answers browsers on this machine only, at http://127.0.0.1:7878 unless --port says otherwise. With --listen
others can look too: the address that is printed then holds a token, and whoever has it can read and judge.
There is no encryption: use it in a network you trust, or behind a tunnel. Every page has a twin for
programs at the same address with .json. Stop it with Ctrl-C: what is being written is finished first; a
second Ctrl-C stops at once.

Examples:
  atalaya serve --open
  atalaya serve --room ecuador.atalaya --port 8080
  atalaya serve --listen 192.168.1.20";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Serve {
    /// The port; 0 takes any that is free
    #[arg(long, value_name = "NUMBER", default_value_t = 7878)]
    port: u16,

    /// Another address of this machine, so that others can look; asks them for a token
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<IpAddr>,

    /// The token that --listen asks for; a new one each time unless this is given
    #[arg(long, value_name = "TOKEN", requires = "listen", value_parser = token)]
    token: Option<String>,

    /// Open a browser
    #[arg(long)]
    open: bool,
}

/// A token that stands in an address and a cookie as it is, and that nobody guesses.
fn token(text: &str) -> Result<String, String> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let fits = plain && (16..=128).contains(&text.len());
    if fits {
        Ok(text.to_owned())
    } else {
        Err("a token is 16 to 128 letters, digits, - and _".to_owned())
    }
}

impl Serve {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let engine = world.engine()?;
        if !world.room.exists() {
            // A visitor to an empty room is told how to fill it.
            drop(world.write(true, "serve")?);
        }
        bring_up_to_date(world, &engine)?;
        let address =
            SocketAddr::new(self.listen.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)), self.port);
        let guard = match (self.listen, self.token) {
            (None, _) => Guard::local(),
            (Some(_), Some(token)) => Guard::open(address, token),
            (Some(_), None) => Guard::open(address, fresh()?),
        };
        let app = App::new(world.room.clone(), engine, guard)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let open = self.open;
        let mut told = Ok(());
        let ready = |address: SocketAddr, app: &App| {
            let place = format!("http://{address}/{}", app.key());
            told = writeln!(out, "{place}").and_then(|()| out.flush());
            out::note("stop with Ctrl-C");
            if open {
                browse(&place);
            }
        };
        let served = runtime.block_on(web::serve(app, address, ready, stopped()));
        // Whoever is still sending something, or reads a page that takes long, is let go.
        runtime.shutdown_background();
        served?;
        told?;
        out::note("stopped; everything that was begun is written");
        Ok(ExitCode::SUCCESS)
    }
}

/// Makes facts anew where they are out of date, and indexes that an older room lacks. A room of another engine is
/// shown as it stands, and so is one of an older version that cannot be written to.
fn bring_up_to_date(world: &World, engine: &Engine) -> Result<(), Error> {
    let room = world.open_derived()?;
    let fused = room.store().is_fused().map_err(|error| room.fail(error))?;
    let indexed = room.store().has_lists().map_err(|error| room.fail(error))?;
    drop(room);
    if fused && indexed {
        return Ok(());
    }
    let writer = match world.write(false, "serve") {
        Err(_) if fused => return Ok(()),
        writer => writer,
    };
    match if fused { Ok(()) } else { writer?.refresh(engine) } {
        Ok(()) | Err(Error::Stale { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Waits until the process is asked to end, and then lets a second time end it at once: rooms are changed
/// in transactions, so what is half written then was never there.
async fn stopped() {
    asked_to_end().await;
    out::note("stopping; what is being written is finished first (Ctrl-C again: stop at once)");
    tokio::spawn(async {
        asked_to_end().await;
        out::note("stopped at once; what was not finished is not in the room");
        std::process::exit(130);
    });
}

/// Ctrl-C, or whatever else asks a process to end.
async fn asked_to_end() {
    let ended = async {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            match signal(SignalKind::terminate()) {
                Ok(mut terminate) => terminate.recv().await,
                Err(_) => std::future::pending().await,
            }
        }
        #[cfg(not(unix))]
        std::future::pending::<Option<()>>().await
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = ended => {}
    }
}

/// A token that nobody can guess, of the system's randomness.
fn fresh() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::Output(std::io::Error::other(error.to_string())))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn browse(place: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    if Command::new(opener).arg(place).spawn().is_err() {
        out::note("no browser could be opened; open the address yourself");
    }
}
