//! What is the story, of which kind, and what is furniture.

use crate::{PROSE, kind_of, read, texts};
use atalaya_read::BlockKind::{self, *};

fn assert_kinds(page: &str, expected: &[(&str, BlockKind)]) {
    let report = read(page);
    for (words, kind) in expected {
        assert_eq!(kind_of(&report, words), *kind, "{words:?} in\n{page}");
    }
}

const STORY: [(&str, BlockKind); 3] = [
    ("seized two tonnes", Paragraph),
    ("under a load", Paragraph),
    ("one box in a hundred", Paragraph),
];

#[test]
fn a_blog_with_comments_and_a_sidebar() {
    let page = format!(
        "<body><nav><a href=/>Home</a> <a href=/a>About</a></nav><main><article class=post>\
         <h1>Drugs found at Arenal</h1><div class=entry-content>{PROSE}</div></article>\
         <section id=comments><h3>2 comments</h3><p>I live by the port and I have seen no police there \
         in years, to be honest.</p></section></main>\
         <aside><h4>Popular</h4><ul><li><a href=/1>Ten beaches to see before autumn</a></ul></aside>\
         <footer>© Harbour Notes</footer></body>"
    );
    assert_kinds(&page, &STORY);
    assert_kinds(
        &page,
        &[
            ("Drugs found at Arenal", Title),
            ("Home", Furniture),
            ("I live by the port", Furniture),
            ("Ten beaches", Furniture),
            ("© Harbour Notes", Furniture),
        ],
    );
}

#[test]
fn wordpress_with_sharing_related_cookies_and_newsletter() {
    let page = format!(
        "<body class='single single-post'><div id=cookie-notice><p>We use cookies to make this site \
         better for you. <button>Accept</button></p></div><div id=content><div class='post-12 post'>\
         <h1 class=entry-title>Drugs found at Arenal</h1><div class=entry-content>{PROSE}\
         <div class=sharedaddy><h3>Share this:</h3><ul><li><a href=#>Facebook</a><li><a href=#>X</a></ul></div>\
         <div class=jp-relatedposts><h3>Related</h3><p><a href=/x>Bananas are dearer this year</a></p></div>\
         </div></div><div class=newsletter-signup><p>Get our stories by mail every morning at seven.</p>\
         <form><input name=mail></form></div></div></body>"
    );
    assert_kinds(&page, &STORY);
    assert_kinds(
        &page,
        &[
            ("We use cookies", Furniture),
            ("Share this", Furniture),
            ("Facebook", Furniture),
            ("Bananas are dearer", Furniture),
            ("Get our stories", Furniture),
        ],
    );
}

#[test]
fn a_page_without_an_article_and_one_laid_out_in_tables() {
    let bare =
        format!("<div><a href=/>Front</a></div><div><div><h1>Drugs found</h1>{PROSE}</div></div>");
    assert_kinds(&bare, &STORY);
    let lines = PROSE.replace("<p>", "").replace("</p>", "<br><br>");
    let table = format!(
        "<HTML><BODY><TABLE><TR><TD><A HREF=/>Front</A><BR><A HREF=/p>Port</A></TD><TD><FONT SIZE=5>\
         <B>Drugs found at Arenal</B></FONT><BR><BR>{lines}</TD><TD>LATEST<BR>Ferry late</TD></TR></TABLE>"
    );
    assert_kinds(&table, &STORY);
    assert_kinds(&table, &[("Front", Furniture), ("Ferry late", Furniture)]);
}

#[test]
fn tables_lists_captions_and_quotations_keep_their_kind() {
    let page = format!(
        "<article><h1>Drugs found at Arenal</h1>{PROSE}<h2>What was found</h2>\
         <ul><li>Two tonnes of cocaine in bags</li><li>One rifle without rounds</li></ul>\
         <table><tr><th>Year</th><th>Tonnes</th></tr><tr><td>2023</td><td>41</td></tr></table>\
         <figure><img src=a.jpg><figcaption>The quay at Arenal at dawn.</figcaption></figure>\
         <blockquote><p>Nobody asks what a box holds when it is the last of the shift.</p></blockquote>{PROSE}</article>"
    );
    assert_kinds(
        &page,
        &[
            ("What was found", Heading),
            ("Two tonnes of cocaine in bags", ListItem),
            ("One rifle", ListItem),
            ("2023", TableRow),
            ("The quay at Arenal", Caption),
            ("Nobody asks", Quotation),
        ],
    );
    assert_eq!(texts(&read(&page), TableRow), ["Year\tTonnes", "2023\t41"]);
}
