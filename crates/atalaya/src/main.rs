//! The `atalaya` command.

use std::process::ExitCode;

/// Fusing asks for many small pieces of memory and gives them back, in the order of what reports tell:
/// the system's allocator takes longer for that the more there is, this one does not.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    atalaya::cli::run(std::env::args_os())
}
