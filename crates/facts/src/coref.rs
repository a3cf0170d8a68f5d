//! Who is who: which names within one report mean the same actor or place.
