//! A native runtime for spaCy's CNN pipelines: `Pipeline::load`, then `Pipeline::parse`.
