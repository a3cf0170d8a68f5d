//! The room in a browser: a web server on this machine, one page a file, each with its JSON twin.

mod answer;
mod asked;
mod comparing;
mod guard;
mod kept;
mod pages;
mod readers;
mod router;
mod statics;
mod view;
mod words;
mod writing;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

pub use guard::Guard;
pub use router::router;
pub use writing::UPLOAD;

use crate::Error;
use crate::brief::Brief;
use crate::store::pages::Outlets;
use crate::world::Engine;
use kept::Kept;
use readers::Readers;

/// All that answering takes.
#[derive(Debug)]
pub struct App {
    /// The room's file.
    room: PathBuf,
    /// The pack, the gazetteer and the parser.
    engine: Engine,
    /// Who may ask.
    guard: Guard,
    /// Connections that read.
    readers: Readers,
    /// Whoever changes the room holds this: one at a time, before the room's own lock.
    writing: tokio::sync::Mutex<()>,
    /// The last brief.
    brief: Kept<Brief>,
    /// The outlets with the numbers of their reports and origins.
    outlets: Kept<Outlets>,
}

impl App {
    /// An app over the room at `room`, which must be there.
    ///
    /// # Errors
    /// When the room cannot be opened.
    pub fn new(room: PathBuf, engine: Engine, guard: Guard) -> Result<App, Error> {
        let readers = Readers::open(&room)?;
        let writing = tokio::sync::Mutex::new(());
        let (brief, outlets) = (Kept::default(), Kept::default());
        Ok(App { room, engine, guard, readers, writing, brief, outlets })
    }
}

/// How long those who are being answered, or still send, are waited for once the server is to stop.
const GRACE: Duration = Duration::from_secs(3);

/// Takes the address, tells `ready` which it is, and answers until `stop`. What is being written then is
/// finished first; whoever is still sending something is not waited for longer than some seconds.
///
/// # Errors
/// When the address is taken or may not be used.
pub async fn serve(
    app: App,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr, &App),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let fail = |error: std::io::Error| Error::Listen { address, error };
    let listener = TcpListener::bind(address).await.map_err(fail)?;
    let app = Arc::new(app);
    ready(listener.local_addr().map_err(fail)?, &app);
    let (stopping, mut stopped) = tokio::sync::oneshot::channel();
    let stop = async move {
        stop.await;
        let _ = stopping.send(());
    };
    let answering =
        axum::serve(listener, router(app.clone())).with_graceful_shutdown(stop).into_future();
    let patience = async {
        let _ = (&mut stopped).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = answering => ended.map_err(fail)?,
        () = patience => {}
    }
    // A request that was let go may still be writing. After it nothing is begun any more.
    std::mem::forget(app.writing.lock().await);
    Ok(())
}

impl App {
    /// What an address needs besides, so that the first visit is let in.
    pub fn key(&self) -> String {
        self.guard.token().map(|token| format!("?token={token}")).unwrap_or_default()
    }
}
