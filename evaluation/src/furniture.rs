//! The `furniture` set: clean articles with generated furniture around and between their
//! paragraphs, read and scored block by block.

mod page;
mod random;
mod shapes;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use atalaya_read::{BlockKind, Hint, Report};
use serde_json::{Value, json};

use page::{Article, Layout, Page};
use random::Random;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A JSON Lines file of clean articles with `id` and `text`. May be given more than once.
    #[arg(long, value_name = "FILE", required = true)]
    data: Vec<PathBuf>,
    /// How many articles to take.
    #[arg(long, default_value_t = 400)]
    articles: usize,
    /// Another seed takes other articles and other furniture.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Take the articles of one half, by a hash of their names: `a`, on which the rules were
    /// developed, or `b`.
    #[arg(long, value_parser = ["a", "b"])]
    half: Option<String>,
    /// Leave in the articles' own furniture ("ABSTRACT.", "Follow … on Twitter") that is taken out
    /// of them otherwise, and counts as story here.
    #[arg(long)]
    uncleaned: bool,
    /// The set of shapes: 1 and 2, on which the rules were developed, or 3, written afterwards.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=3))]
    shapes: u8,
    /// Print the page of this article and its blocks.
    #[arg(long, value_name = "ID")]
    write: Option<String>,
    /// Print every block that was told wrong.
    #[arg(long)]
    show: bool,
}

/// Builds the pages, reads them, and counts.
pub(crate) fn run(options: &Options) -> Result<Value, String> {
    let mut random = Random::new(options.seed);
    let mut articles = Vec::new();
    for file in &options.data {
        articles.extend(page::load(file, options.uncleaned, &mut random)?);
    }
    if let Some(half) = &options.half {
        let second = half == "b";
        articles
            .retain(|article| (article.id.bytes().map(u32::from).sum::<u32>() % 2 == 1) == second);
    }
    if articles.len() < 20 {
        return Err("the files hold fewer than 20 articles".to_owned());
    }
    random.shuffle(&mut articles);
    let mut tally = Tally::default();
    for at in 0..options.articles.min(articles.len()) {
        let layout = Layout::ALL[at % Layout::ALL.len()];
        let page = Page::build(&articles, at, layout, options.shapes, &mut random);
        let report = atalaya_read::report(page.text.as_bytes(), Hint::default())
            .map_err(|error| format!("{}: {error}", articles[at].id))?;
        if options.write.as_deref() == Some(articles[at].id.as_str()) {
            println!("{}", page.text);
            report
                .blocks
                .iter()
                .for_each(|b| println!("{:10} {}", b.kind.name(), &report.text[b.span.clone()]));
        }
        tally.add(&page, &report, &articles[at], options.show);
    }
    Ok(tally.figures(options))
}

/// Counts over pages.
#[derive(Default)]
struct Tally {
    pages: usize,
    right: usize,
    wrong: usize,
    missed: usize,
    paragraphs: usize,
    lost: usize,
    titles: usize,
    glued: usize,
    shapes: BTreeMap<&'static str, (usize, usize)>,
    layouts: BTreeMap<&'static str, [usize; 3]>,
}

impl Tally {
    fn add(&mut self, page: &Page, report: &Report, article: &Article, show: bool) {
        self.pages += 1;
        self.titles += usize::from(report.title.as_deref() == Some(article.title.as_str()));
        self.glued += glued(page, report, show);
        let told: Vec<bool> = page.blocks.iter().map(|b| is_furniture(report, &b.span)).collect();
        // Blocks with the same words are one another's equals: which of them stays is no matter.
        let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, block) in page.blocks.iter().enumerate() {
            groups.entry(block.text.as_str()).or_default().push(at);
        }
        for group in groups.values() {
            let truth = group.iter().filter(|&&at| page.blocks[at].shape.is_some()).count();
            let found = group.iter().filter(|&&at| told[at]).count();
            self.count(page, group, truth, found, show, &article.id);
        }
    }

    fn count(
        &mut self,
        page: &Page,
        group: &[usize],
        truth: usize,
        found: usize,
        show: bool,
        id: &str,
    ) {
        let (right, wrong, missed) =
            (truth.min(found), found.saturating_sub(truth), truth.saturating_sub(found));
        self.right += right;
        self.wrong += wrong;
        self.missed += missed;
        let layout = self.layouts.entry(page.layout.name()).or_default();
        for (sum, more) in layout.iter_mut().zip([right, wrong, missed]) {
            *sum += more;
        }
        let mut seen = found;
        for &at in group {
            let Some(shape) = page.blocks[at].shape else { continue };
            let counts = self.shapes.entry(shape).or_default();
            counts.1 += 1;
            counts.0 += usize::from(seen > 0);
            seen = seen.saturating_sub(1);
        }
        let paragraphs = group.iter().filter(|&&at| page.blocks[at].is_paragraph).count();
        self.paragraphs += paragraphs;
        self.lost += wrong.min(paragraphs);
        if show && wrong + missed > 0 {
            let block = &page.blocks[group[0]];
            let what = if wrong > 0 { "WRONG " } else { "MISSED" };
            println!("{what} [{} {:?}] {id}: {}", page.layout.name(), block.shape, block.text);
        }
    }

    fn figures(&self, options: &Options) -> Value {
        for (shape, (found, all)) in &self.shapes {
            println!("{shape:24} {found:5} of {all:5}  {:.3}", ratio(*found, *all));
        }
        let layouts: BTreeMap<_, _> =
            self.layouts.iter().map(|(name, [r, w, m])| (*name, f1(*r, *w, *m))).collect();
        json!({
            "set": "furniture",
            "seed": options.seed,
            "shape_set": options.shapes,
            "half": options.half,
            "articles": self.pages,
            "shapes": self.shapes.len(),
            "furniture_blocks": self.right + self.missed,
            "precision": ratio(self.right, self.right + self.wrong),
            "recall": ratio(self.right, self.right + self.missed),
            "f1": f1(self.right, self.wrong, self.missed),
            "f1_by_layout": layouts,
            "story_paragraphs": self.paragraphs,
            "story_paragraphs_lost": self.lost,
            "share_lost": ratio(self.lost, self.paragraphs),
            "titles_right": ratio(self.titles, self.pages),
            "blocks_glued": self.glued,
        })
    }
}

/// Whether most of the bytes in `span` were told to be furniture.
fn is_furniture(report: &Report, span: &std::ops::Range<usize>) -> bool {
    let overlap = |block: &atalaya_read::Block| {
        let source = block.source.as_ref().unwrap_or(&block.span);
        source.end.min(span.end).saturating_sub(source.start.max(span.start))
    };
    let of = |furniture: bool| -> usize {
        let kind = |b: &&atalaya_read::Block| (b.kind == BlockKind::Furniture) == furniture;
        report.blocks.iter().filter(kind).map(overlap).sum()
    };
    of(true) > of(false)
}

/// How many blocks of the report hold words of more than one block of the page.
fn glued(page: &Page, report: &Report, show: bool) -> usize {
    let touches = |block: &&atalaya_read::Block| {
        let source = block.source.as_ref().unwrap_or(&block.span);
        let inside = |b: &&page::Truth| b.span.start < source.end && source.start < b.span.end;
        let glued = page.blocks.iter().filter(inside).count() > 1;
        if glued && show {
            println!("GLUED  [{}] {}", page.layout.name(), &report.text[block.span.clone()]);
        }
        glued
    };
    report.blocks.iter().filter(touches).count()
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn f1(right: usize, wrong: usize, missed: usize) -> f64 {
    2.0 * right as f64 / (2 * right + wrong + missed).max(1) as f64
}
