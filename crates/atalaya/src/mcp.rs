//! The room for assistants: a Model Context Protocol server, read-only, whose answers carry the passages
//! they rest on.

mod answers;

use std::sync::{Mutex, PoisonError};

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock, Implementation, ServerCapabilities, ServerConfig};
use rmcp::schemars::JsonSchema;
use rmcp::{ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use serde::Deserialize;
use serde_json::Value;

use answers::Unanswered;

use crate::Error;
use crate::brief::{self, Brief, Wanted};
use crate::room::Room;

const INSTRUCTIONS: &str = "\
Answers come from one room of news reports and hold nothing else. Each fact has its reports, its origins \
(copies count once) and its credibility, 1 confirmed to 6 cannot be judged; single-source facts are mostly \
a 6. Cite the passages that come with an answer, and say when a fact is told by one origin, planned, \
denied or told otherwise. What is null is not told: do not fill it in. Answers come in pages: ask on from \
next_offset.";

/// Which facts are asked for, and which page of them.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields, default)]
pub struct Search {
    /// Only facts that an actor or place of this name plays a part in, or whose caption holds these words
    pub about: Option<String>,
    /// Only this kind, such as seize, arrest, attack
    pub kind: Option<String>,
    /// Only this family: event, commitment, figure, statement, position, allegation, office, relation
    pub family: Option<String>,
    /// Only what can have been on this day or later, such as 2025-03-31
    pub since: Option<String>,
    /// Only what can have been on this day or before
    pub until: Option<String>,
    /// Only what so many reports tell
    pub reports: Option<usize>,
    /// How many to pass over: next_offset of the page before
    pub offset: usize,
    /// How many to give, 20 if not said, 50 at most
    pub limit: Option<usize>,
}

/// A fact or an actor.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
pub struct One {
    /// A fact: the first digits of its id. An actor: a name, or the first digits of an id
    pub id: String,
    /// How many of its passages (of an actor: facts) to pass over
    #[serde(default)]
    pub offset: usize,
    /// How many to give, 20 if not said, 50 at most
    pub limit: Option<usize>,
}

/// A page of something.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields, default)]
pub struct Page {
    /// Only what speaks of an actor or place of this name, or holds these words
    pub about: Option<String>,
    /// How many to pass over: next_offset of the page before
    pub offset: usize,
    /// How many to give, 20 if not said, 50 at most
    pub limit: Option<usize>,
}

/// A room, with the brief that was asked for last.
struct Server {
    desk: Mutex<Desk>,
}

struct Desk {
    room: Room,
    written: Option<Written>,
}

/// A brief, and what it was written from: it is made of everything, and asked for page by page.
struct Written {
    version: i64,
    about: Option<String>,
    brief: Brief,
}

impl Desk {
    fn brief(&mut self, about: Option<&String>) -> Result<&Brief, Unanswered> {
        let store = self.room.store();
        let version = store.version()?;
        let known = self.written.take();
        let known = known.filter(|it| it.version == version && it.about.as_ref() == about);
        let written = match known {
            Some(known) => known,
            None => {
                let wanted = Wanted { about: answers::topic(store, about)?, since: None };
                let brief = brief::brief(store, &wanted)?;
                Written { version, about: about.cloned(), brief }
            }
        };
        Ok(&self.written.insert(written).brief)
    }
}

/// Serves a room on standard input and output until the client goes.
///
/// # Errors
/// When the room cannot be read, or the client does not speak the protocol.
pub fn serve(room: Room) -> Result<(), Error> {
    let server = Server { desk: Mutex::new(Desk { room, written: None }) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let service =
            server.serve(rmcp::transport::stdio()).await.map_err(|error| error.to_string())?;
        service.waiting().await.map_err(|error| error.to_string())
    });
    // A client that closes its end before it said anything has nothing to be told.
    served
        .map(|_| ())
        .map_err(|why| Error::Unanswered(format!("the client ended the conversation: {why}")))
}

impl Server {
    /// Answers from the room as it stands; what is wrong with a question is told to who asked.
    fn answer(
        &self,
        answer: impl FnOnce(&mut Desk) -> Result<Value, Unanswered>,
    ) -> CallToolResult {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        match answer(&mut desk) {
            Ok(value) => CallToolResult::structured(value),
            Err(Unanswered(why)) => CallToolResult::error(vec![ContentBlock::text(why)]),
        }
    }
}

#[tool_router]
impl Server {
    /// Facts that fit, dated ones first, each with its first passage.
    #[tool(annotations(read_only_hint = true))]
    fn search_facts(&self, Parameters(search): Parameters<Search>) -> CallToolResult {
        self.answer(|desk| answers::search(desk.room.store(), &search))
    }

    /// One fact: every role with what others tell instead, every passage with its report, links to other
    /// facts, and why its credibility is what it is.
    #[tool(annotations(read_only_hint = true))]
    fn fact(&self, Parameters(one): Parameters<One>) -> CallToolResult {
        self.answer(|desk| answers::fact(desk.room.store(), &one))
    }

    /// Facts that have a day, in the order of their days, each with its first passage.
    #[tool(annotations(read_only_hint = true))]
    fn timeline(&self, Parameters(search): Parameters<Search>) -> CallToolResult {
        self.answer(|desk| answers::timeline(desk.room.store(), &search))
    }

    /// One person, body or place over all reports: names, posts, and the facts it plays a part in.
    #[tool(annotations(read_only_hint = true))]
    fn actor(&self, Parameters(one): Parameters<One>) -> CallToolResult {
        self.answer(|desk| answers::actor(desk.room.store(), &one))
    }

    /// Where reports cannot all be right, with the passages of both sides.
    #[tool(annotations(read_only_hint = true))]
    fn contested(&self, Parameters(page): Parameters<Page>) -> CallToolResult {
        self.answer(|desk| answers::contested(desk.room.store(), &page))
    }

    /// The picture in sentences, by sections; the notes are the passages that each sentence rests on.
    #[tool(annotations(read_only_hint = true))]
    fn brief(&self, Parameters(page): Parameters<Page>) -> CallToolResult {
        self.answer(|desk| answers::brief(desk.brief(page.about.as_ref())?, &page))
    }
}

#[tool_handler]
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        let mut config = ServerConfig::new(capabilities).with_instructions(INSTRUCTIONS);
        config.server_info = Implementation::new("atalaya", env!("CARGO_PKG_VERSION"));
        config
    }
}
