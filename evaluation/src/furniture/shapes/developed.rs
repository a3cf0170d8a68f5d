//! The shapes the rules were written and mended on.

use super::{FIRST, OUTLETS, Shape, own};

/// All of them.
pub(crate) fn all() -> Vec<Shape> {
    vec![
        ("title twice", |s| {
            let title = s.article.title.clone();
            s.first(vec![title]);
        }),
        ("title with site", |s| {
            let sign = s.random.pick(&[" | ", " - ", " – "]);
            let line = format!("{}{sign}{}", s.article.title, s.random.pick(OUTLETS));
            s.first(vec![line]);
        }),
        ("lead cut short", |s| {
            let lead = s.article.paragraphs[0].clone();
            let cut = s.cut(&lead);
            if s.random.once_in(2) { s.under_title(vec![cut]) } else { s.first(vec![cut]) }
        }),
        ("byline", |s| {
            let (who, outlet) = (s.person(), s.random.pick(OUTLETS));
            let line = match s.random.range(0, 7) {
                0 => format!("By {who}"),
                1 => format!("BY {}", who.to_uppercase()),
                2 => format!("{} / {outlet}", who.to_uppercase()),
                3 => format!("By {who}, {outlet}"),
                4 => format!("By {who} | {outlet}"),
                5 => format!("Written by {who}"),
                _ => format!("{who}, Staff Writer"),
            };
            s.under_title(vec![line]);
        }),
        ("avatar", |s| {
            let who = s.random.pick(FIRST).to_owned();
            s.first(vec![format!("{who} Avatar"), "By".to_owned()]);
            if s.random.once_in(2) {
                s.last(vec![format!("{who} Avatar")]);
            }
        }),
        ("name alone", |s| {
            let who = s.person();
            s.under_title(vec![who]);
        }),
        ("related list", |s| {
            let mark = s.random.pick(&[
                "Related Stories",
                "You may also like",
                "Most Read",
                "Popular Posts",
                "More from this section",
                "Recommended",
            ]);
            let mut lines = vec![mark.to_owned()];
            lines.extend(s.headlines(2, 7));
            s.last(lines);
        }),
        ("related line", |s| {
            let mark = s.random.pick(&[
                "Related:",
                "Read more:",
                "ALSO READ |",
                "See also:",
                "READ MORE:",
                "Don't miss:",
            ]);
            let line = format!("{mark} {}", s.headline());
            s.between(vec![line]);
        }),
        ("related box", |s| {
            let mut lines = vec![
                s.random
                    .pick(&["Related articles", "RELATED", "Trending now", "Editor's Picks"])
                    .to_owned(),
            ];
            lines.extend(s.headlines(2, 5));
            s.between(lines);
        }),
        ("headlines alone", |s| {
            let lines = s.headlines(3, 7);
            s.last(lines);
        }),
        ("headlines and leads", |s| {
            let mut lines =
                vec![s.random.pick(&["Latest news", "Read next", "More stories"]).to_owned()];
            for _ in 0..s.random.range(2, 5) {
                let lead = s.others.one(s.random).paragraphs[0].clone();
                lines.push(s.headline());
                lines.push(s.cut(&lead));
            }
            s.last(lines);
        }),
        ("numbered headlines", |s| {
            let titles = s.headlines(3, 6);
            let mut lines = vec!["Most Viewed".to_owned()];
            lines.extend(titles.iter().enumerate().map(|(n, t)| format!("{}. {t}", n + 1)));
            s.last(lines);
        }),
        ("share row", |s| {
            let row = s.random.pick(&[
                "Facebook Twitter WhatsApp Email",
                "Share on Facebook",
                "Tweet",
                "Share this article",
                "Facebook | Twitter | LinkedIn | Email | Print",
                "1.2K Shares",
            ]);
            if s.random.once_in(2) {
                s.under_title(own(&[row]));
            } else {
                s.behind_story(own(&[row]));
            }
        }),
        ("share buttons", |s| {
            let lines = own(&["Share", "Facebook", "Twitter", "WhatsApp", "Copy Link"]);
            if s.random.once_in(2) { s.under_title(lines) } else { s.behind_story(lines) }
        }),
        ("newsletter", |s| {
            let line = s.random.pick(&[
                "Sign up for our newsletter and get the day's top stories in your inbox.",
                "Subscribe to our daily briefing for the latest.",
                "Get the newsletter",
                "Enter your email address",
            ]);
            if s.random.once_in(2) { s.between(own(&[line])) } else { s.last(own(&[line])) }
        }),
        ("cookies", |s| {
            let line = s.random.pick(&["We use cookies to improve your experience on our site. By continuing you accept our use of cookies.", "This website uses cookies. Learn more in our privacy policy.", "Accept all cookies"]);
            if s.random.once_in(2) { s.first(own(&[line])) } else { s.last(own(&[line])) }
        }),
        ("menu", |s| {
            let mut words = own(&[
                "Home", "News", "World", "Politics", "Business", "Sports", "Opinion", "Culture",
            ]);
            s.random.shuffle(&mut words);
            words.truncate(s.random.range(3, 8));
            let lines = if s.random.once_in(2) { words } else { vec![words.join(" | ")] };
            s.first(lines);
        }),
        ("breadcrumb", |s| {
            let sign = s.random.pick(&[" > ", " › ", " / ", " » "]);
            let mut cells = own(&["Home", "News", "Americas"]);
            if s.random.once_in(2) {
                cells.push(s.article.title.clone());
            }
            s.first(vec![cells.join(sign)]);
        }),
        ("timestamp", |s| {
            let date = s.date();
            let line = match s.random.range(0, 7) {
                0 => format!("Published {date}"),
                1 => format!("Updated: {date} 4:05 p.m. ET"),
                2 => date,
                3 => "3 hours ago · 5 min read".to_owned(),
                4 => format!("{date} at 14:05"),
                5 => format!("Posted on {date} by {}", s.person()),
                _ => format!("Last updated {date}, 09:30 GMT"),
            };
            s.under_title(vec![line]);
        }),
        ("copyright", |s| {
            let (year, outlet) = (s.random.range(2010, 2026), s.random.pick(OUTLETS));
            let line = match s.random.range(0, 3) {
                0 => format!("© {year} {outlet}. All rights reserved."),
                1 => format!("Copyright {year} {outlet}"),
                _ => format!(
                    "(c) {year} {outlet}. This material may not be published, broadcast, rewritten or redistributed."
                ),
            };
            s.last(vec![line]);
        }),
        ("photo credit", |s| {
            let who = s.person();
            let line = match s.random.range(0, 4) {
                0 => format!("Photo: {who}/Reuters"),
                1 => format!("({who} / AFP via Getty Images)"),
                2 => format!("Image credit: {who}"),
                _ => format!("Photograph by {who}"),
            };
            if s.random.once_in(2) { s.under_title(vec![line]) } else { s.between(vec![line]) }
        }),
        ("tags", |s| {
            let topics =
                ["Prisons", "Cocaine", "Port Security", "Elections", "Extortion", "Border"];
            let line = match s.random.range(0, 3) {
                0 => format!("Tags: {}", topics[..4].join(", ")),
                1 => format!("Filed under: {}", topics[1..3].join(", ")),
                _ => topics[2..].join(", "),
            };
            s.behind_story(vec![line]);
        }),
        ("pages", |s| {
            let line = s.random.pick(&["1 2 3 4 Next »", "Page 1 of 3", "« Previous", "Next Page"]);
            s.last(own(&[line]));
        }),
        ("comments", |s| {
            let mut lines = vec![match s.random.range(0, 3) {
                0 => "Comments".to_owned(),
                1 => format!("{} Comments", s.random.range(2, 90)),
                _ => "Leave a Reply".to_owned(),
            }];
            for _ in 0..s.random.range(1, 5) {
                let who = s.person();
                lines.push(match s.random.range(0, 3) {
                    0 => format!("{who} says:"),
                    1 => format!("{who} · {} hours ago", s.random.range(2, 20)),
                    _ => {
                        let date = s.date();
                        format!("{who} on {date} at 4:15 pm")
                    }
                });
                lines.push(s.sentence());
                lines.push("Reply".to_owned());
            }
            s.last(lines);
        }),
        ("advertisement", |s| {
            let line = s.random.pick(&[
                "Advertisement",
                "ADVERTISEMENT",
                "Story continues below",
                "Sponsored content",
                "Article continues below advertisement",
            ]);
            s.between(own(&[line]));
        }),
        ("author", |s| {
            let who = s.person();
            let line = match s.random.range(0, 3) {
                0 => {
                    format!("{who} is a reporter covering security for {}.", s.random.pick(OUTLETS))
                }
                1 => format!("Follow {who} on Twitter @{}.", who.to_lowercase().replace(' ', "")),
                _ => format!(
                    "{who} is a freelance journalist. She can be reached at desk@example.org."
                ),
            };
            s.last(vec![line]);
        }),
        ("sentence pulled out", |s| {
            let at = s.random.range(0, s.article.paragraphs.len());
            let paragraph = &s.article.paragraphs[at];
            let words: Vec<&str> = paragraph.split(' ').collect();
            if words.len() > 30 {
                let line = words[8..20].join(" ");
                s.between(vec![line.trim_end_matches([',', '.', ';']).to_owned()]);
            }
        }),
        ("address", |s| {
            let line = s.random.pick(&[
                "https://www.example.org/news/2024/03/story.html",
                "news@example.org",
                "@meridianpost",
            ]);
            s.last(own(&[line]));
        }),
    ]
}
