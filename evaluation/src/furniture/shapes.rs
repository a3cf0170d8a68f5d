//! The shapes of furniture: each puts blocks of one kind into a page.

use super::page::{Article, Piece};
use super::random::Random;

/// The articles that lend their words to the furniture.
pub(crate) struct Others<'a> {
    pub(crate) articles: &'a [Article],
    pub(crate) at: usize,
}

impl Others<'_> {
    fn one(&self, random: &mut Random) -> &Article {
        let step = random.range(1, self.articles.len());
        &self.articles[(self.at + step) % self.articles.len()]
    }
}

/// A page while it is built.
pub(crate) struct Site<'a> {
    pub(crate) pieces: &'a mut Vec<Piece>,
    pub(crate) name: &'static str,
    pub(crate) article: &'a Article,
    pub(crate) others: &'a Others<'a>,
    pub(crate) random: &'a mut Random,
}

/// A shape and its name.
pub(crate) type Shape = (&'static str, fn(&mut Site<'_>));

impl Site<'_> {
    fn insert(&mut self, at: usize, texts: Vec<String>) {
        let name = self.name;
        let pieces =
            texts.into_iter().map(|text| Piece { text, shape: Some(name), is_paragraph: false });
        self.pieces.splice(at..at, pieces);
    }

    fn first(&mut self, texts: Vec<String>) {
        self.insert(0, texts);
    }

    fn last(&mut self, texts: Vec<String>) {
        self.insert(self.pieces.len(), texts);
    }

    /// Right behind the title.
    fn under_title(&mut self, texts: Vec<String>) {
        let title = self.pieces.iter().position(|p| p.shape.is_none()).unwrap_or(0);
        self.insert(title + 1, texts);
    }

    /// Between two paragraphs.
    fn between(&mut self, texts: Vec<String>) {
        let paragraphs: Vec<usize> =
            (0..self.pieces.len()).filter(|&i| self.pieces[i].is_paragraph).collect();
        let at = paragraphs[self.random.range(1, paragraphs.len())];
        self.insert(at, texts);
    }

    /// Right behind the last paragraph.
    fn behind_story(&mut self, texts: Vec<String>) {
        let last = self.pieces.iter().rposition(|p| p.is_paragraph).unwrap_or(0);
        self.insert(last + 1, texts);
    }

    fn person(&mut self) -> String {
        let first = self.random.pick(FIRST);
        let last = self.random.pick(LAST);
        format!("{first} {last}")
    }

    fn headline(&mut self) -> String {
        self.others.one(self.random).title.clone()
    }

    fn headlines(&mut self, low: usize, high: usize) -> Vec<String> {
        (0..self.random.range(low, high)).map(|_| self.headline()).collect()
    }

    /// The first sentence of another article's paragraph.
    fn sentence(&mut self) -> String {
        let other = self.others.one(self.random);
        let paragraph = &other.paragraphs[self.random.range(0, other.paragraphs.len())];
        paragraph.split_inclusive(". ").next().unwrap_or(paragraph).trim().to_owned()
    }

    fn date(&mut self) -> String {
        let (day, year) = (self.random.range(1, 29), self.random.range(2015, 2026));
        let month = self.random.range(0, 12);
        match self.random.range(0, 4) {
            0 => format!("{} {day}, {year}", MONTHS[month]),
            1 => format!("{day} {} {year}", MONTHS[month]),
            2 => format!("{} {day}, {year}", &MONTHS[month][..3]),
            _ => format!("{year}-{:02}-{day:02}", month + 1),
        }
    }

    fn cut(&mut self, text: &str) -> String {
        let words: Vec<&str> = text.split(' ').collect();
        let keep = self.random.range(words.len() / 3, words.len().max(4) - 1).clamp(4, 45);
        let sign = self.random.pick(&["…", "...", " …", " [...]", " [&hellip;]", "… Read more"]);
        format!("{}{sign}", words[..keep.min(words.len())].join(" ").trim_end_matches(['.', ',']))
    }
}

const FIRST: &[&str] = &[
    "Marisol",
    "Tomás",
    "Ingrid",
    "Leander",
    "Paloma",
    "Rasheed",
    "Beatrix",
    "Octavio",
    "Hollis",
    "Wendeline",
    "Ignacio",
    "Yolanda",
    "Casper",
    "Noemí",
    "Darnell",
    "Philippa",
    "Anselmo",
    "Greta",
];
const LAST: &[&str] = &[
    "Quiñonez",
    "Abernathy",
    "Valverde",
    "Okonkwo",
    "Strand",
    "Lozada",
    "Pemberton",
    "Arteaga",
    "Fitzroy",
    "Cevallos",
    "Nakamura",
    "Brandvold",
    "Echeverría",
    "Kaplinsky",
    "Moncayo",
    "Tarrant",
];
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const OUTLETS: &[&str] = &[
    "The Meridian Post",
    "Costa Herald",
    "Andes Wire",
    "El Faro del Sur",
    "Northgate Tribune",
    "Pacific Ledger",
    "La Gaceta",
    "Harbor Times",
];

fn own(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// The shapes the rules were developed on.
pub(crate) fn developed_on() -> Vec<Shape> {
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
                s.under_title(own(&[row]))
            } else {
                s.behind_story(own(&[row]))
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

/// The shapes written after the rules.
pub(crate) fn held_out() -> Vec<Shape> {
    vec![
        ("es: share", |s| {
            let row = s.random.pick(&[
                "Compartir en Facebook",
                "Síguenos en redes",
                "WhatsApp Telegram Correo",
                "Copiar enlace",
            ]);
            s.under_title(own(&[row]));
        }),
        ("es: related", |s| {
            let mut lines = own(&[s.random.pick(&[
                "Te recomendamos",
                "Noticias relacionadas",
                "Lo más leído",
                "Puedes leer también",
            ])]);
            lines.extend(s.headlines(2, 5));
            s.last(lines);
        }),
        ("es: byline and date", |s| {
            let who = s.person();
            let day = s.random.range(1, 28);
            s.under_title(vec![format!("Por {who}"), format!("{day} de mayo de 2021 a las 08:15")]);
        }),
        ("es: rights", |s| {
            let line = format!("{} © Todos los derechos reservados", s.random.pick(OUTLETS));
            s.last(vec![line]);
        }),
        ("bulleted headlines", |s| {
            let titles = s.headlines(3, 6);
            let mut lines = own(&["What to read after this"]);
            lines.extend(titles.iter().map(|t| format!("• {t}")));
            s.last(lines);
        }),
        ("headlines with counts", |s| {
            let titles = s.headlines(3, 6);
            let mut lines = own(&["Most commented this week"]);
            for title in titles {
                lines.push(title);
                lines.push(format!("{} views", s.random.range(100, 90_000)));
            }
            s.last(lines);
        }),
        ("headlines with dates", |s| {
            let mut lines = own(&["Keep up with our coverage"]);
            for _ in 0..s.random.range(2, 5) {
                lines.push(s.headline());
                lines.push(s.date());
            }
            s.last(lines);
        }),
        ("leads that end", |s| {
            let mut lines = own(&["Other stories"]);
            for _ in 0..s.random.range(3, 6) {
                lines.push(s.headline());
                lines.push(s.sentence());
            }
            s.last(lines);
        }),
        ("sound", |s| {
            let line =
                s.random.pick(&["Listen 4:32", "Audio: 6 min 10 sec", "0:00 / 3:27", "Play video"]);
            s.under_title(own(&[line]));
        }),
        ("gallery", |s| {
            let line = format!("{} of {}", s.random.range(1, 9), s.random.range(9, 20));
            s.between(vec![line, "View gallery".to_owned()]);
        }),
        ("donation", |s| {
            let line = s.random.pick(&["Independent reporting costs money. Please give what you can and keep this site free for everyone.", "Your contribution keeps our newsroom running. Donate today.", "If you value our reporting, chip in with a small gift."]);
            if s.random.once_in(2) { s.between(own(&[line])) } else { s.last(own(&[line])) }
        }),
        ("wall", |s| {
            let line = s.random.pick(&[
                "To read the rest of this story, log in or create a free account.",
                "You have 2 free stories left this month.",
                "Already have an account? Sign in",
            ]);
            s.last(own(&[line]));
        }),
        ("app", |s| {
            let line = s.random.pick(&[
                "Get breaking news alerts on your phone. Install our app.",
                "Open in app",
                "Turn on notifications to stay up to date.",
            ]);
            s.first(own(&[line]));
        }),
        ("hash tags", |s| s.behind_story(own(&["#prisons #cocaine #ports #borders"]))),
        ("weather and market", |s| {
            let line = s.random.pick(&[
                "Quito 17°C Partly cloudy",
                "DOW 38,210 +0.4% NASDAQ 15,990 -0.1%",
                "USD 1.00 EUR 0.92 GBP 0.79",
            ]);
            s.first(own(&[line]));
        }),
        ("agency desk", |s| {
            let (a, b) = (s.person(), s.person());
            s.last(vec![format!("(Reporting by {a}; Editing by {b})")]);
        }),
        ("name and job", |s| {
            let who = s.person();
            let job = s.random.pick(&[
                "Security Correspondent",
                "Latin America Editor",
                "Reporting from Quito",
                "Special to the Post",
            ]);
            s.under_title(vec![who, job.to_owned()]);
        }),
        ("reading time", |s| {
            let line =
                format!("{} min read | {} comments", s.random.range(2, 12), s.random.range(0, 60));
            s.under_title(vec![line]);
        }),
        ("remarks with nicknames", |s| {
            let mut lines = own(&["Join the discussion"]);
            for nick in ["quito_dan", "truthteller77", "mrs_b"] {
                lines.push(nick.to_owned());
                lines.push(s.sentence());
                lines.push(format!("Like · Reply · {}h", s.random.range(1, 22)));
            }
            s.last(lines);
        }),
        ("vote", |s| s.last(own(&["What do you think?", "Yes", "No", "Not sure", "Vote"]))),
        ("picture note", |s| {
            let who = s.person();
            let line =
                format!("File picture. {} Photo/{who}", s.random.pick(&["AP", "EFE", "AFP"]));
            s.under_title(vec![line]);
        }),
        ("address and telephone", |s| {
            s.last(own(&["Contact the newsroom: +593 2 555 0182 | desk@example.org"]))
        }),
        ("link sign", |s| {
            let line = format!("→ {}", s.headline());
            s.between(vec![line]);
        }),
        ("site map", |s| {
            s.last(own(&["About Contact Advertise Careers Privacy Terms", "Follow us"]))
        }),
    ]
}
