//! How many of an actor are meant: "all", "most of the", "thousands of".

use atalaya_parse::Token;

use crate::value::noun_phrase;

use super::words::Amount;
use super::{Extent, Scene};

/// The most quantities before a word that are asked whether they count it.
const NEAR: usize = 4;

/// How many the words before a noun say; for one like "thousands", of what it is of.
pub(super) fn of(
    scene: Scene<'_>,
    token: Token<'_>,
    phrase: usize,
    inner: Option<usize>,
) -> Option<Extent> {
    let counted = inner.map_or(token, |inner| scene.doc.token(inner));
    if let Some(count) = count(scene, counted) {
        return Some(count);
    }
    let words = &scene.pack.actors;
    let own = (phrase..token.index())
        .find_map(|start| noun_phrase::extent(scene.pack, scene.doc, start, token.index()))
        .map(|(amount, _)| amount);
    // "most of the prisoners": the amount is what the whole hangs on.
    let whole = || {
        let link = token.head();
        words.of.at(scene.doc, link.index(), link.index() + 1)?;
        let amount = link.head();
        words.extents.at(scene.doc, amount.index(), amount.index() + 1).map(|(amount, _)| amount)
    };
    own.or_else(whole).map(Extent::from)
}

/// The number of what a word stands for.
fn count(scene: Scene<'_>, token: Token<'_>) -> Option<Extent> {
    let bytes = token.bytes();
    let after = scene.quantities.partition_point(|quantity| quantity.span.start <= bytes.start);
    let near = scene.quantities[after.saturating_sub(NEAR)..after].iter().rev();
    let counts = |of: &crate::Cited<String>| of.span.contains(&bytes.start);
    near.filter(|quantity| quantity.value.unit.is_none())
        .find(|quantity| quantity.value.of.as_ref().is_some_and(counts))
        .map(|quantity| Extent::Count(quantity.value.clone()))
}

impl From<Amount> for Extent {
    fn from(amount: Amount) -> Extent {
        match amount {
            Amount::All => Extent::All,
            Amount::Most => Extent::Most,
            Amount::Some => Extent::Some,
            Amount::Few => Extent::Few,
            Amount::None => Extent::None,
        }
    }
}
