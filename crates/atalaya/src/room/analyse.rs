//! What the engine makes of one report, ready to be stored: a pure function of the two.

use std::collections::HashMap;
use std::ops::Range;

use atalaya_facts::Extraction;
use atalaya_facts::claim::Claim;
use atalaya_facts::event::Dropped;
use atalaya_facts::reading::{self, Prepared, Reading};
use atalaya_parse::Doc;
use atalaya_read::Report;

use crate::world::{Engine, LANGUAGE};
use crate::{export, offsets};

/// The longest story that is read for values, in bytes: all of it is in memory at once, parsed.
pub const LONGEST: usize = 8 << 20;

/// What the derived tables hold of one report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// Whether its values were read; not so for languages that the engine has no words of.
    pub read: bool,
    /// What it mentions, in the order of its text.
    pub mentions: Vec<MentionRow>,
    /// What it claims, in the order of its text.
    pub claims: Vec<ClaimRow>,
    /// What was let go on the way to the claims.
    pub dropped: Vec<DropRow>,
}

/// A row of the table of what was let go; offsets count code points.
#[derive(Debug, Clone, PartialEq)]
pub struct DropRow {
    /// The rule that looked at the words.
    pub rule: String,
    /// Where the words start in the report's text.
    pub start: usize,
    /// Where they end, exclusive.
    pub stop: usize,
    /// Why it told nothing, in a few words.
    pub why: String,
}

/// A row of the table of claims.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRow {
    /// The claim's identifier.
    pub id: String,
    /// Its kind, in the pack's words.
    pub kind: String,
    /// What sort of claim it is.
    pub family: &'static str,
    /// The whole claim but its report, in JSON.
    pub claim: String,
}

/// A row of the table of mentions; offsets count code points.
#[derive(Debug, Clone, PartialEq)]
pub struct MentionRow {
    /// What sort of value it is.
    pub kind: &'static str,
    /// Where its words start in the report's text.
    pub start: usize,
    /// Where they end, exclusive.
    pub stop: usize,
    /// What it is, in a few words.
    pub label: String,
    /// Its class.
    pub class: Option<String>,
    /// Mentions with one number stand for the same.
    pub referent: Option<u32>,
    /// The whole value, in JSON.
    pub value: String,
}

/// Reads a report for values, if it is in a language that the engine has words of.
pub fn analyse(engine: &Engine, report: &Report) -> Analysis {
    if !readable(report) {
        return Analysis::default();
    }
    let reading = read(engine, report);
    let made = atalaya_facts::extract(&engine.pack, &reading);
    Analysis {
        read: true,
        mentions: rows(engine, &reading),
        claims: claims(engine, &reading, &made),
        dropped: dropped(&reading, &made),
    }
}

/// What was let go of a reading, as rows.
fn dropped(reading: &Reading<'_>, made: &Extraction) -> Vec<DropRow> {
    let source = |(part, gone): &(usize, Dropped)| {
        reading.parts[*part].prepared.source(gone.trigger.clone())
    };
    let spans: Vec<Range<usize>> = made.dropped.iter().map(source).collect();
    let rows = made.dropped.iter().zip(points(&reading.report.text, &spans));
    let row = |((_, gone), words): (&(usize, Dropped), Range<usize>)| DropRow {
        rule: gone.rule.clone(),
        start: words.start,
        stop: words.end,
        why: gone.why.clone(),
    };
    rows.map(row).collect()
}

/// What a reading claims, as rows.
fn claims(engine: &Engine, reading: &Reading<'_>, made: &Extraction) -> Vec<ClaimRow> {
    let spans: Vec<Range<usize>> = made.claims.iter().flat_map(spans).collect();
    let shown = points(&reading.report.text, &spans);
    let shown: HashMap<(usize, usize), Range<usize>> =
        spans.iter().map(|span| (span.start, span.end)).zip(shown).collect();
    let written = export::claims(engine, reading, made, &|span| {
        shown.get(&(span.start, span.end)).cloned().unwrap_or_default()
    });
    let rows = made.claims.iter().zip(written).map(|(claim, (id, value))| ClaimRow {
        id,
        kind: claim.kind.clone(),
        family: claim.family.name(),
        claim: value.to_string(),
    });
    rows.collect()
}

/// Every span that a claim shows.
fn spans(claim: &Claim) -> Vec<Range<usize>> {
    let mut spans = vec![claim.sentence.clone(), claim.trigger.clone()];
    for role in &claim.roles {
        spans.push(role.value.span.clone());
        spans.extend(role.value.antecedent.clone());
    }
    spans.extend(claim.attribution.iter().map(|link| link.span.clone()));
    spans
}

/// Whether a report is in a language whose words the engine has, and no longer than it takes.
pub fn readable(report: &Report) -> bool {
    let english = report.language.is_some_and(|language| language.0 == LANGUAGE);
    english && story(report) <= LONGEST
}

/// The length of a report's story in bytes.
pub fn story(report: &Report) -> usize {
    let story = report.blocks.iter().filter(|block| block.kind.is_story());
    story.map(|block| block.span.len()).sum()
}

/// Prepares a report, parses it and reads its values.
pub fn read<'r>(engine: &Engine, report: &'r Report) -> Reading<'r> {
    let prepared = reading::prepare(&engine.pack, &engine.gazetteer, report);
    let texts: Vec<&str> = prepared.iter().map(|prepared| prepared.text.as_str()).collect();
    let parsed = engine.pipeline.parse_all(&texts, 1);
    let docs: Vec<(Prepared, Doc)> = prepared.into_iter().zip(parsed).collect();
    reading::read(&engine.pack, &engine.gazetteer, report, docs)
}

fn rows(engine: &Engine, reading: &Reading<'_>) -> Vec<MentionRow> {
    let spans = reading.mentions.iter().map(|mention| mention.span.clone());
    let points = points(&reading.report.text, &spans.collect::<Vec<_>>());
    let rows = reading.mentions.iter().zip(points).map(|(mention, points)| MentionRow {
        kind: mention.kind.name(),
        start: points.start,
        stop: points.end,
        label: mention.label.clone(),
        class: mention.class.clone(),
        referent: mention.referent,
        value: export::value(engine, &reading.parts[mention.part], mention).to_string(),
    });
    rows.collect()
}

/// Spans of bytes, in any order, as spans of code points.
fn points(text: &str, spans: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut bytes: Vec<usize> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
    bytes.sort_unstable();
    bytes.dedup();
    let points = offsets::code_points(text, bytes.iter().copied());
    let point = |byte| points[bytes.partition_point(|&other| other < byte)];
    spans.iter().map(|span| point(span.start)..point(span.end)).collect()
}
