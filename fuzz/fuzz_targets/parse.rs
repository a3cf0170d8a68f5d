//! Text → document: any text is parsed, and its tokens and single spaces make it up again.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use atalaya_parse::Pipeline;
use libfuzzer_sys::fuzz_target;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    let file = "../models/en/en_core_web_md-3.8.0.model";
    let model = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(file));
    Pipeline::load([("model", model.expect("the model is in the tree"))]).expect("it loads")
});

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let doc = PIPELINE.parse(&text);
    let mut at = 0;
    for token in doc.tokens() {
        assert_eq!(token.bytes().start, at);
        at = token.bytes().end + usize::from(token.space_after());
        let sentence = token.sentence().range();
        assert!(sentence.contains(&token.index()));
        assert!(token.ancestors().count() < doc.len());
        assert!(token.head().index() < doc.len());
    }
    assert_eq!(at, text.len());
    let tokens = doc.sentences().flat_map(|sentence| sentence.range());
    assert!(tokens.eq(0..doc.len()));
    assert!(doc.entities().all(|entity| !entity.label().is_empty() && !entity.text().is_empty()));
});
