//! The layers that the networks are made of, one a file.

pub(crate) mod gemm;
pub(crate) mod hash_embed;
pub(crate) mod layer_norm;
pub(crate) mod static_vectors;
