//! Atalaya's library: the room, its store, and the command line over them.
