//! The `evaluate` command: measures Atalaya on public test sets.

fn main() {}
