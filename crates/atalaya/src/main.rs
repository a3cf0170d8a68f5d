//! The `atalaya` command.

fn main() {}
