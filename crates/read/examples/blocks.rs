//! Scratch.
#![allow(clippy::all, missing_docs)]
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        match atalaya_read::report(&bytes, atalaya_read::Hint { source: &path, charset: None }) {
            Ok(r) => {
                println!(
                    "== {path} {:?} {} title={:?} by={:?} outlet={:?} published={:?} lang={:?}",
                    r.format, r.charset, r.title, r.byline, r.outlet, r.published, r.language
                );
                for b in &r.blocks {
                    println!(
                        "{:10} {}",
                        b.kind.name(),
                        r.text[b.span.clone()]
                            .replace('\n', "⏎")
                            .chars()
                            .take(110)
                            .collect::<String>()
                    );
                }
            }
            Err(e) => println!("== {path} ERROR {e}"),
        }
    }
}
