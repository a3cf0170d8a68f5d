//! Title, byline, outlet, address and language.

use crate::{PROSE, from, page, read};
use atalaya_read::Language;

#[test]
fn what_a_page_says_of_itself() {
    let report = read(&page(
        "<title>Drugs found at Arenal | Harbour Post</title><meta property=og:site_name content='Harbour Post'>\
         <meta name=author content='By Ana Ruiz'><link rel=canonical href='https://post.example/arenal'>",
    ));
    assert_eq!(report.title.as_deref(), Some("Drugs found at Arenal"));
    assert_eq!(report.byline.as_deref(), Some("Ana Ruiz"));
    assert_eq!(report.outlet.as_deref(), Some("Harbour Post"));
    assert_eq!(report.canonical.as_deref(), Some("https://post.example/arenal"));
    assert_eq!(report.language, Some(Language("en")));
}

#[test]
fn json_ld_names_authors_and_publisher() {
    let report = read(&page(
        r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Drugs found at Arenal",
        "author":[{"@type":"Person","name":"Ana Ruiz"},{"name":"Luis Paz"}],"publisher":{"name":"Harbour Post"}}</script>"#,
    ));
    assert_eq!(report.byline.as_deref(), Some("Ana Ruiz, Luis Paz"));
    assert_eq!(report.outlet.as_deref(), Some("Harbour Post"));
}

#[test]
fn a_title_is_cut_to_what_the_page_shows() {
    for (tag, shown) in [
        ("The Quay :: Ports :: Drugs found at the Arenal docks", "Drugs found at the Arenal docks"),
        ("Drugs found at the Arenal docks – The Quay", "Drugs found at the Arenal docks"),
        ("Arenal - drugs found at docks", "Arenal - drugs found at docks"),
    ] {
        let page = format!("<title>{tag}</title><body><div><b>{shown}</b><br><br>{PROSE}</div>");
        assert_eq!(read(&page).title.as_deref(), Some(shown), "{tag}");
    }
}

#[test]
fn a_relative_canonical_is_resolved_against_the_source() {
    let page = page("<link rel=canonical href='/arenal'>");
    let report = from("https://post.example/a?b=c", page.as_bytes()).expect("a story");
    assert_eq!(report.canonical.as_deref(), Some("https://post.example/arenal"));
    assert_eq!(read(&page).canonical, None);
}

#[test]
fn a_spanish_page() {
    let report = read(
        "<html lang=es-EC><body><article><h1>Hallan droga en el puerto</h1><p>La policía halló dos toneladas de \
         cocaína en el puerto de Arenal este lunes, según informó la capitanía, en un contenedor de banano que iba \
         a Amberes.</p><p>Cuatro estibadores fueron detenidos y llevados ante la fiscalía por la tarde.</p>\
         <p>Lea también: <a href=/x>Sube el precio del banano</a></p></article>",
    );
    assert_eq!(report.language, Some(Language("es")));
    assert_eq!(report.title.as_deref(), Some("Hallan droga en el puerto"));
    assert_eq!(crate::kind_of(&report, "Lea también"), atalaya_read::BlockKind::Furniture);
}
