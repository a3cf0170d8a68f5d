//! The shapes of furniture: each puts blocks of one kind into a page.

mod developed;
mod held_out;
mod second;

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

/// The shapes of one set: `1` and `2`, on which the rules were developed, and `3`, written last.
pub(crate) fn set(number: u8) -> Vec<Shape> {
    match number {
        1 => developed::all(),
        2 => second::all(),
        _ => held_out::all(),
    }
}
