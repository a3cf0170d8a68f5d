//! `atalaya mcp`: the room for assistants.

use std::process::ExitCode;

use clap::Args;

use super::World;
use crate::{Error, mcp};

const HELP: &str = "\
Speaks the Model Context Protocol on standard input and output; an assistant's program starts it. Its tools
(search_facts, fact, timeline, actor, contested, brief) read the room and nothing else, write nothing, and
give every fact with the passages it rests on. Answers come in pages of 50 at most.

For a program that keeps its servers in JSON:
  {\"mcpServers\": {\"atalaya\": {\"command\": \"atalaya\", \"args\": [\"mcp\", \"--room\", \"/path/to/room.atalaya\"]}}}";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Mcp {}

impl Mcp {
    pub fn run(self, world: &World) -> Result<ExitCode, Error> {
        mcp::serve(world.open_fused()?)?;
        Ok(ExitCode::SUCCESS)
    }
}
