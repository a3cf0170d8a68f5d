//! Who said what in news articles, as PolNeAR has it.

use std::io;
use std::ops::Range;
use std::time::{Duration, Instant};

use atalaya_facts::statement::{self, Form, Role, Statement};
use atalaya_parse::Doc;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::set;

/// Articles, one JSON object a line.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Reads every n-th article only.
    #[arg(long, default_value_t = 1)]
    every: usize,
    #[command(flatten)]
    set: set::Options,
}

#[derive(Deserialize)]
struct Article {
    id: String,
    text: String,
}

pub(crate) fn run(options: &Options) -> io::Result<Value> {
    let engine = &options.set.engine;
    let (pack, pipeline) = (engine.pack()?, engine.pipeline()?);
    let (mut predictions, mut articles) = (Vec::new(), 0);
    let mut forms = [0; 3];
    let (mut parsing, mut reading) = (Duration::ZERO, Duration::ZERO);
    let all: Vec<Article> = options.set.items()?;
    for article in all.iter().step_by(options.every.max(1)) {
        let blocks = blocks(&article.text);
        let plain: Vec<String> = blocks.iter().map(|b| plain(&article.text[b.clone()])).collect();
        let begun = Instant::now();
        let docs: Vec<Doc> = plain.iter().map(|text| pipeline.parse(text)).collect();
        parsing += begun.elapsed();
        let begun = Instant::now();
        let docs: Vec<&Doc> = docs.iter().collect();
        let found = statement::statements(&pack.speech, &docs);
        reading += begun.elapsed();
        articles += 1;
        for statement in &found {
            forms[statement.form as usize] += 1;
        }
        let places = Places::new(&article.text, &blocks, &plain);
        let mut quotes: Vec<Value> = Vec::new();
        for found in &found {
            let quote = places.quote(found);
            // The set has a quotation over paragraphs as one.
            match (quotes.last_mut(), found.continues) {
                (Some(last), true) => join(last, &quote),
                _ => quotes.push(quote),
            }
        }
        predictions.push(json!({ "id": article.id, "quotes": quotes }));
    }
    options.set.write(&predictions)?;
    let [direct, mixed, indirect] = forms;
    debug_assert!(Form::Direct as usize == 0 && Form::Indirect as usize == 2);
    Ok(json!({ "articles": articles, "direct": direct, "mixed": mixed, "indirect": indirect,
        "parsing_s": parsing.as_secs_f64(), "statements_s": reading.as_secs_f64() }))
}

/// Adds the content of one statement to that of another.
fn join(quote: &mut Value, more: &Value) {
    if let (Some(content), Some(more)) =
        (quote["content"].as_array_mut(), more["content"].as_array())
    {
        content.extend(more.iter().cloned());
    }
}

/// The paragraphs of an article, in bytes: what stands between blank lines.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let (mut at, mut blank) = (0, true);
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        let range = at..at + words.len();
        at += line.len();
        match blocks.last_mut() {
            _ if words.is_empty() => {}
            Some(last) if !blank => last.end = range.end,
            _ => blocks.push(range),
        }
        blank = words.is_empty();
    }
    blocks
}

/// Typographic marks and spaces in their plain forms, character for character.
fn plain(text: &str) -> String {
    let plain = |c| match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '\u{a0}' | '\n' => ' ',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// Leads from the bytes of plain paragraphs to the characters of the article.
struct Places {
    /// For each paragraph, its first character in the article, and each byte's character in it.
    blocks: Vec<(usize, Vec<u32>)>,
}

impl Places {
    fn new(text: &str, blocks: &[Range<usize>], plain: &[String]) -> Places {
        let (mut at, mut characters) = (0, 0);
        let mut places = Vec::new();
        for (block, plain) in blocks.iter().zip(plain) {
            characters += text[at..block.start].chars().count();
            at = block.start;
            let mut bytes = Vec::with_capacity(plain.len() + 1);
            for (number, c) in plain.chars().enumerate() {
                bytes.extend(std::iter::repeat_n(number as u32, c.len_utf8()));
            }
            bytes.push(plain.chars().count() as u32);
            places.push((characters, bytes));
        }
        Places { blocks: places }
    }

    fn range(&self, part: usize, bytes: &Range<usize>) -> [usize; 2] {
        let (first, characters) = &self.blocks[part];
        [bytes.start, bytes.end].map(|byte| first + characters[byte] as usize)
    }

    /// A statement as the set writes it, with its rule for whoever reads the predictions.
    fn quote(&self, found: &Statement) -> Value {
        let content: Vec<_> =
            found.content.iter().map(|range| self.range(found.part, range)).collect();
        let speakers = found.sources.iter().filter(|source| source.role != Role::Recipient);
        let source: Vec<_> = speakers.map(|s| self.range(s.part, &s.span)).collect();
        let cue = found.cue.as_ref().map(|cue| self.range(found.part, cue));
        json!({ "content": content, "source": source, "cue": cue, "rule": found.rule })
    }
}
