//! The words of saying and thinking, as the pack has them: who may say what, in which construction.

use std::collections::{HashMap, HashSet};

use atalaya_parse::Token;
use serde::Deserialize;

use crate::pack::{self, Files, Problem};

/// The words of saying of the languages that are loaded.
#[derive(Debug, Default)]
pub struct Words {
    pub(crate) entries: Vec<Entry>,
    /// Lemmas of verbs, each with its entries and the words that must hang on it, the most first.
    pub(crate) verbs: HashMap<String, Vec<Form>>,
    /// Lemmas of nouns with their entries.
    pub(crate) nouns: HashMap<String, usize>,
    /// Phrases that name a source: "according to", by their first word; the longest first.
    pub(crate) phrases: HashMap<String, Vec<Phrase>>,
    /// Nouns that are documents, by lemma.
    pub(crate) documents: HashSet<String>,
    /// Verbs that lend a noun of saying their subject: "issued a statement that".
    pub(crate) light: HashSet<String>,
    /// Prepositions between a noun of saying and its speaker: "a claim by".
    pub(crate) by: HashSet<String>,
    /// Words that open a parenthesis of saying: "as the mayor noted".
    pub(crate) like: HashSet<String>,
    /// Prepositions between a verb of saying and its document: "said in a statement".
    pub(crate) through: HashSet<String>,
    /// What opens the second half of a judgement: "described it as".
    pub(crate) judged: HashSet<String>,
    /// What an aside says that draws a conclusion: ", which means that".
    pub(crate) means: HashSet<String>,
    /// Verbs of saying that also tell what something comes to: ", underlining how".
    pub(crate) comes: HashSet<String>,
    /// What opens a clause that what is said is set against: ", while".
    pub(crate) contrasts: HashSet<String>,
    /// What opens a description that the reporter guesses at: ", perhaps the poorest".
    pub(crate) guesses: HashSet<String>,
    /// Nouns by which the reporter takes up what was said: ", a figure which".
    pub(crate) comments: HashSet<String>,
    /// Verbs for what the reporter says that something comes to: ", giving rise to fears".
    pub(crate) aftermath: HashSet<String>,
    /// What opens the condition of a threat: "threatened to resign if".
    pub(crate) conditions: HashSet<String>,
    /// What joins a noun to what it is of: "a "recasting" of the police".
    pub(crate) of: HashSet<String>,
    /// Words for nobody: "no one could deny".
    pub(crate) nobodies: HashSet<String>,
    /// Nouns for how many, which do not speak: "the percentage of people".
    pub(crate) mute: HashSet<String>,
    /// Whom a thing may tell something: "it tells us".
    pub(crate) us: HashSet<String>,
    /// Pronouns for a thing: "it is telling".
    pub(crate) it: HashSet<String>,
    /// Before a verb whose content stands before: "so said the envoy".
    pub(crate) so: HashSet<String>,
    /// What sets a number against an average: ", far above the average".
    pub(crate) beyond: HashSet<String>,
    /// Endings of nouns for people.
    pub(crate) doers: Vec<String>,
}

/// Words of saying that behave alike.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The rule's name in a statement.
    pub(crate) rule: String,
    pub(crate) sense: Sense,
    pub(crate) takes: Takes,
    /// Prepositions that lead to what is said: "warned of floods".
    pub(crate) with: HashSet<String>,
    /// Whether it says that something is not so.
    pub(crate) denies: bool,
    /// Whether its subject is told, and does not tell.
    pub(crate) hears: bool,
    /// Whether its object is told: "told the broadcaster", "was asked".
    pub(crate) hearer: bool,
    /// Whether its clause counts only behind its conjunction: "charged that".
    pub(crate) marked: bool,
    /// Whether what it takes is to be done: "ordered a raid".
    pub(crate) wants: bool,
    /// Whether it takes what all know, and judges it: "blamed".
    pub(crate) judges: bool,
    /// Whether who says that he will do a thing has bound himself, and told nothing: "agreed to pay".
    pub(crate) binds: bool,
}

/// A verb's further words and its entry.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) rest: Vec<String>,
    pub(crate) entry: usize,
}

/// A phrase that names a source, in small letters.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) words: Vec<String>,
    pub(crate) rule: String,
}

/// What the words of saying tell about the mind of who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sense {
    /// Said, written, asked: "announced that".
    Speech,
    /// Held, wished, feared: "believes that".
    Attitude,
    /// Called so: "described him as a broker".
    Naming,
    /// Shown by something: "the data show that".
    Evidence,
    /// Done by words, or meant to be done: "refused to sign".
    Act,
}

/// The constructions in which a word tells what is said.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of constructions")]
pub(crate) struct Takes {
    pub(crate) clause: bool,
    pub(crate) question: bool,
    pub(crate) quotation: bool,
    pub(crate) infinitive: bool,
    pub(crate) gerund: bool,
    pub(crate) object: bool,
    pub(crate) predicate: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Take {
    Clause,
    Question,
    Quotation,
    Infinitive,
    Gerund,
    Object,
    Predicate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    verb: Vec<Group>,
    #[serde(default)]
    noun: Vec<Group>,
    #[serde(default)]
    phrase: Vec<Phrases>,
    words: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    words: Vec<String>,
    sense: Sense,
    takes: Vec<Take>,
    #[serde(default)]
    with: HashSet<String>,
    #[serde(default)]
    denies: bool,
    #[serde(default)]
    hears: bool,
    #[serde(default)]
    hearer: bool,
    #[serde(default)]
    marked: bool,
    #[serde(default)]
    wants: bool,
    #[serde(default)]
    judges: bool,
    #[serde(default)]
    binds: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    name: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    documents: Vec<String>,
    light: Vec<String>,
    by: Vec<String>,
    through: Vec<String>,
    like: Vec<String>,
    judged: Vec<String>,
    means: Vec<String>,
    comes: Vec<String>,
    contrasts: Vec<String>,
    guesses: Vec<String>,
    #[serde(default)]
    comments: Vec<String>,
    #[serde(default)]
    aftermath: Vec<String>,
    #[serde(default)]
    conditions: Vec<String>,
    #[serde(default)]
    of: Vec<String>,
    #[serde(default)]
    nobodies: Vec<String>,
    #[serde(default)]
    mute: Vec<String>,
    #[serde(default)]
    us: Vec<String>,
    #[serde(default)]
    it: Vec<String>,
    #[serde(default)]
    so: Vec<String>,
    #[serde(default)]
    beyond: Vec<String>,
    doers: Vec<String>,
}

impl Words {
    /// Reads every `speech/xx.toml`, and adds to the problems what is wrong with them.
    pub fn load(files: &Files, problems: &mut Vec<Problem>) -> Words {
        let mut words = Words::default();
        for (path, text) in files {
            if !path.starts_with("speech/") || !path.ends_with(".toml") {
                continue;
            }
            let Some(file) = pack::read::<File>(path, text, problems) else { continue };
            words.add(file, path, text, problems);
        }
        for forms in words.verbs.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
        }
        for phrases in words.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
        words
    }

    /// The verbs that tell in a clause what somebody says, by lemma.
    pub(crate) fn saying(&self) -> impl Iterator<Item = &str> {
        let says = |form: &&Form| {
            let entry = &self.entries[form.entry];
            entry.sense == Sense::Speech && entry.takes.clause && form.rest.is_empty()
        };
        self.verbs
            .iter()
            .filter(move |(_, forms)| forms.iter().any(|form| says(&form)))
            .map(|(verb, _)| verb.as_str())
    }

    /// Whether a rule's verb takes a clause only behind its conjunction.
    pub(crate) fn is_marked(&self, rule: &str) -> bool {
        self.entries.iter().any(|entry| entry.marked && entry.rule == rule)
    }

    /// Whether a rule's verb binds who says it.
    pub(crate) fn binds(&self, rule: &str) -> bool {
        self.entries.iter().any(|entry| entry.binds && entry.rule == rule)
    }

    /// Whether a noun is a text that speaks: "report", "data".
    pub(crate) fn is_document(&self, token: Token<'_>) -> bool {
        self.documents.contains(token.lemma())
            || self.documents.contains(&token.norm().to_lowercase())
    }

    /// Whether a noun that no class knows may be somebody, by its ending: "respondent", "raftsman".
    pub(crate) fn is_doer(&self, token: Token<'_>) -> bool {
        self.doers.iter().any(|ending| token.lemma().ends_with(ending.as_str()))
    }

    /// Whether a rule's verbs have an object that is told: "told us".
    pub(crate) fn hears(&self, rule: &str) -> bool {
        self.entries.iter().any(|entry| entry.rule == rule && entry.hearer)
    }

    /// What a rule's words tell about the mind of who says it; none for a construction without.
    pub fn sense(&self, rule: &str) -> Option<Sense> {
        self.entries.iter().find(|entry| entry.rule == rule).map(|entry| entry.sense)
    }

    fn add(&mut self, file: File, path: &str, text: &str, problems: &mut Vec<Problem>) {
        let mut names = HashSet::new();
        for (group, verbs) in file
            .verb
            .into_iter()
            .map(|g| (g, true))
            .chain(file.noun.into_iter().map(|g| (g, false)))
        {
            if !names.insert(group.name.clone()) {
                problems.push(twice(path, text, &group.name));
            }
            let entry = self.entries.len();
            for word in &group.words {
                let taken = match verbs {
                    true => self.verb(word, entry),
                    false => self.nouns.insert(word.clone(), entry).is_some(),
                };
                if taken {
                    problems.push(twice(path, text, word));
                }
            }
            self.entries.push(Entry::of(group));
        }
        for phrases in file.phrase {
            for phrase in phrases.words {
                let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
                let rule = format!("speech/{}", phrases.name);
                let first = words.first().cloned().unwrap_or_default();
                self.phrases.entry(first).or_default().push(Phrase { words, rule });
            }
        }
        let Lists {
            documents,
            light,
            by,
            through,
            like,
            judged,
            means,
            comes,
            contrasts,
            guesses,
            comments,
            aftermath,
            conditions,
            of,
            nobodies,
            mute,
            us,
            it,
            so,
            beyond,
            doers,
        } = file.words;
        self.documents.extend(documents);
        self.light.extend(light);
        self.by.extend(by);
        self.through.extend(through);
        self.like.extend(like);
        self.judged.extend(judged);
        self.means.extend(means);
        self.comes.extend(comes);
        self.contrasts.extend(contrasts);
        self.guesses.extend(guesses);
        self.comments.extend(comments);
        self.aftermath.extend(aftermath);
        self.conditions.extend(conditions);
        self.of.extend(of);
        self.nobodies.extend(nobodies);
        self.mute.extend(mute);
        self.us.extend(us);
        self.it.extend(it);
        self.so.extend(so);
        self.beyond.extend(beyond);
        self.doers.extend(doers);
    }

    /// Adds a verb, and tells whether it was there already.
    fn verb(&mut self, words: &str, entry: usize) -> bool {
        let mut parts = words.split(' ').map(str::to_owned);
        let forms = self.verbs.entry(parts.next().unwrap_or_default()).or_default();
        let rest: Vec<String> = parts.collect();
        let taken = forms.iter().any(|form| form.rest == rest);
        forms.push(Form { rest, entry });
        taken
    }
}

impl Entry {
    fn of(group: Group) -> Entry {
        let Group {
            name,
            sense,
            takes,
            with,
            denies,
            hears,
            hearer,
            marked,
            wants,
            judges,
            binds,
            ..
        } = group;
        let mut set = Takes::default();
        for take in takes {
            match take {
                Take::Clause => set.clause = true,
                Take::Question => set.question = true,
                Take::Quotation => set.quotation = true,
                Take::Infinitive => set.infinitive = true,
                Take::Gerund => set.gerund = true,
                Take::Object => set.object = true,
                Take::Predicate => set.predicate = true,
            }
        }
        let rule = format!("speech/{name}");
        Entry { rule, sense, takes: set, with, denies, hears, hearer, marked, wants, judges, binds }
    }
}

fn twice(path: &str, text: &str, word: &str) -> Problem {
    let at = text.find(&format!("\"{word}\"")).unwrap_or(0);
    Problem::at(path, text, at, format!("\"{word}\" stands here twice"))
}
