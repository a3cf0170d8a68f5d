//! The words that say how a clause is meant, as the pack has them.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::Realis;
use crate::claim::Status;
use crate::pack::{self, Files, Problem};

/// The words of one language that govern, deny or carry what a clause tells, by lemma.
#[derive(Debug, Default)]
pub struct Words {
    /// Auxiliaries and modals.
    pub(super) auxiliaries: HashMap<String, Realis>,
    /// What a verb or adjective makes of what depends on it.
    pub(super) governors: HashMap<String, Effect>,
    /// What a noun makes of it: "a call for", which "to call" does not.
    pub(super) governing_nouns: HashMap<String, Effect>,
    /// Verbs with the preposition through which they govern: "call on".
    pub(super) governors_with: HashSet<String>,
    /// Adverbs and adjectives that tell how a clause is meant.
    pub(crate) modifiers: HashMap<String, Effect>,
    /// Nouns that only a phrase behind them makes whole: "involvement in".
    pub(crate) related: HashSet<String>,
    /// "information leading to an arrest": nouns for what may lead to a deed.
    pub(super) clues: HashSet<String>,
    /// "until the parliament approves it": what has not come yet.
    pub(super) open: HashSet<String>,
    /// Conjunctions that make a clause a condition.
    pub(super) conditions: HashSet<String>,
    /// Prepositions before a condition: "pending".
    pub(crate) condition_prepositions: HashSet<String>,
    /// Nouns for a condition: "on **condition** that".
    pub(crate) condition_nouns: HashSet<String>,
    /// Determiners and pronouns that deny.
    pub(super) none: HashSet<String>,
    /// Adverbs and prepositions that deny.
    pub(super) never: HashSet<String>,
    /// Adverbs before an infinitive that say it is not done: "have **yet** to agree".
    pub(super) unfulfilled: HashSet<String>,
    /// Verbs that only carry their noun: "conduct" a raid.
    pub(super) light: HashSet<String>,
    /// Verbs that only tell of their noun, and whose subject has no part in it: "report" an attack.
    pub(super) telling: HashSet<String>,
    /// Verbs that say that their subject comes about: the raid "took place".
    pub(super) occur: HashSet<String>,
    /// Of these, those that tell what came before it: "the raids **follow** two others".
    pub(crate) sequel: HashSet<String>,
    /// Words after "not" that leave what is told as it is: "not **just** the army".
    pub(super) merely: HashSet<String>,
    /// Prepositions of the one who does it: "by".
    pub(crate) agents: HashSet<String>,
    /// Verbs whose object is a means of what follows, which is done: "**used** boys to smuggle".
    pub(super) means: HashSet<String>,
    /// Verbs of hearsay, where they stand in the passive: "is **said** to have fled".
    pub(super) hearsay: HashSet<String>,
    /// Prepositions before an example of what stands before: "crimes **including** theft".
    pub(crate) examples: HashSet<String>,
    /// Prepositions of a purpose: "for".
    pub(super) purposes: HashSet<String>,
    /// Prepositions of what is worked at: "**on** signing treaties".
    pub(super) aims: HashSet<String>,
    /// Prepositions with a noun that names nothing: "in order", "in exchange".
    pub(crate) set_phrases: HashSet<String>,
    /// Verbs whose passive with "it" tells of nobody: "it was **decided** to build".
    pub(super) impersonal: HashSet<String>,
    /// Verbs whose object is there already: "eager to **rebut** criticism".
    pub(super) reacting: HashSet<String>,
    /// Adjectives that as good as deny: "**little** ability to patrol".
    pub(super) scant: HashSet<String>,
    /// Nouns that name nobody where a clause says who: "the **person** who fired".
    pub(crate) nameless: HashSet<String>,
    /// Pronouns for anybody, where they do what is done at all times: "the money **you** give".
    pub(crate) anybody: HashSet<String>,
    /// Prepositions before what a change is reckoned from: "than".
    pub(crate) baselines: HashSet<String>,
    /// Nouns for how something changes or is reckoned: "drop", "rate".
    pub(crate) changes: HashSet<String>,
    /// What figures are read by.
    pub(crate) figures: Figures,
    /// Prepositions that bound a number: "up to".
    pub(super) bounds: HashSet<String>,
    /// The preposition of possession: "of".
    pub possession: String,
    /// Verbs after whose object the subject does what follows: "promise".
    pub(super) subject_control: HashSet<String>,
    /// Prepositions after which a verb's object does what follows: "accused him of".
    pub(super) object_prepositions: HashSet<String>,
    /// Prepositions that are told apart by their spelling alone.
    pub(super) same_prepositions: HashMap<String, String>,
    /// Words that say that something is done again and again.
    pub(super) repeated: HashSet<String>,
    /// Nouns for many of what they are of: "a **string** of seizures".
    pub(super) series: HashSet<String>,
    /// Verbs, with the sign of the infinitive, that tell of a habit: "are **known to** steal".
    pub(super) habits: HashSet<String>,
    /// What is said of deeds that are many: "kidnappings are **common**".
    pub(super) rife: HashSet<String>,
    /// Nouns for a sort of what they are of: "a **form** of protest".
    pub(crate) sorts: HashSet<String>,
    /// Conjunctions of a clause that tells of another time: "**before** he left".
    pub(crate) apart: HashSet<String>,
    /// Prepositions of another deed that came before or after: "**after** a raid in May".
    pub(crate) later: HashSet<String>,
    /// Conjunctions of what happens time and again: "**when** bosses are jailed, …".
    pub(crate) whenever: HashSet<String>,
    /// Determiners that take their noun for granted.
    pub(crate) definite: HashSet<String>,
    /// Adjectives of who alone has done it: "the first to sign".
    pub(crate) only: HashSet<String>,
    /// Pronouns for anybody of whom a clause holds: "those who".
    pub(crate) anyone: HashSet<String>,
    /// What stands before nouns that mean any or all of a sort.
    pub(crate) general: HashSet<String>,
    /// Before a noun that may be any of its sort: "**any** murder".
    pub(crate) whichever: HashSet<String>,
    /// What opens why something was: "because".
    pub(crate) reasons: HashSet<String>,
    /// What joins two that a negation before the first denies both.
    pub(crate) either: HashSet<String>,
    /// Verbs whose object, made their subject, does nothing by itself: "is used to".
    pub(super) instruments: HashSet<String>,
    /// Verbs of saying that leave open nothing of what is said, so that the walk upwards ends there.
    pub(crate) saying: HashSet<String>,
}

/// What a word makes of the clause that depends on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effect {
    pub(super) realis: Option<Realis>,
    pub(super) status: Option<Status>,
    pub(super) denied: bool,
    /// Whether a deed that is taken for granted has been done all the same: "charged with the murder".
    pub(super) granted: bool,
}

impl Words {
    /// Whether a preposition may lead to the rest of a name: "Office **of** Mines", "Agency **for** Ports".
    pub(crate) fn leads_name(&self, preposition: &str) -> bool {
        preposition == self.possession || self.purposes.contains(preposition)
    }

    /// How far off a verb leaves what it is after: "**demands** a ransom".
    pub(crate) fn wants(&self, lemma: &str) -> Option<Realis> {
        let realis = self.governors.get(lemma)?.realis?;
        (!realis.is_real() && realis != Realis::Attempted).then_some(realis)
    }
}

impl Effect {
    /// That it is told as so, and no more.
    pub(super) fn told(realis: Realis) -> Effect {
        Effect { realis: Some(realis), ..Effect::default() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Modality {
    auxiliaries: Auxiliaries,
    control: Control,
    #[serde(default)]
    figures: Figures,
    aspect: Aspect,
    conditions: Conditions,
    #[serde(default)]
    governor: Vec<Governor>,
    #[serde(default)]
    modifier: Vec<Modifier>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Auxiliaries {
    planned: Vec<String>,
    possible: Vec<String>,
    requested: Vec<String>,
    hypothetical: Vec<String>,
}

/// Words that tell what a figure is of.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Figures {
    /// Before the share that is left: "the other 90 percent".
    pub(crate) rest: HashSet<String>,
    /// Between two ends of one number: "hundreds or even thousands".
    pub(crate) either: HashSet<String>,
    /// Adjectives of what is only the last of its sort: "the latest sign".
    pub(crate) newest: HashSet<String>,
    /// What money is printed or struck as: "$20 **bills**".
    pub(crate) notes: HashSet<String>,
    /// Verbs whose subject has what it is so much of: "earned 60 percent".
    pub(crate) holding: HashSet<String>,
    /// Before a place that only lies beside: "next to".
    pub(crate) nearby: HashSet<String>,
    /// Nouns that do not say what is counted: "the number", "$2 million worth".
    pub(crate) sums: HashSet<String>,
    /// Verbs of change: "rose 20 percent".
    pub(crate) turns: HashSet<String>,
    /// What sets a share against something else: "14 percent more than".
    pub(crate) compared: HashSet<String>,
    /// Adjectives of what is only foreseen: "projected growth".
    pub(crate) outlook: HashSet<String>,
    /// Nouns that lead to what is foreseen: "on course for a rate of 9".
    pub(crate) courses: HashSet<String>,
    /// Verbs that lead to a number through a preposition: "could lead to 300 trials".
    pub(crate) becoming: HashSet<String>,
    /// Units that only tell a size in a name: "9mm pistols".
    pub(crate) bores: HashSet<String>,
    /// Before what a number is reckoned by: "a week".
    pub(crate) each: HashSet<String>,
    /// Stretches of time that a number is reckoned by: "200 cases a week".
    pub(crate) spans: HashSet<String>,
    /// After a stretch of time that a number is not reckoned by: "a week ago".
    pub(crate) since: HashSet<String>,
    /// Before "of", these lead to what lies beside: "miles east of".
    pub(crate) directions: HashSet<String>,
    /// Prepositions that narrow down what a share is of: "half of the exports to Peru".
    pub(crate) narrowing: HashSet<String>,
    /// Nouns that say nothing of what is measured without what they are of: "a stake in the mine".
    pub(crate) parts: HashSet<String>,
    /// Prepositions between such a noun and what it is of.
    pub(crate) completing: HashSet<String>,
    /// Before what a change is reckoned from: "a cut of 10 percent from 2012".
    pub(crate) starts: HashSet<String>,
    /// Verbs for what something is made for: "designed for 800".
    pub(crate) meant: HashSet<String>,
    /// Nouns that count what the participle behind them tells: "84 **cases** involving grenades".
    pub(crate) bare: HashSet<String>,
    /// Verbs of a difference: "led by 300 votes".
    pub(crate) margins: HashSet<String>,
    /// Before how near something is: "within 4 points of".
    pub(crate) distances: HashSet<String>,
    /// Nouns that a number is an address of: "the 2400 block".
    pub(crate) addresses: HashSet<String>,
    /// Before a share that names a group: "the top 1 percent".
    pub(crate) ranks: HashSet<String>,
    /// Participles of what there is not yet: "the 1,237 votes **needed**".
    pub(crate) needed: HashSet<String>,
    /// What shares are reckoned of, and what says nothing alone: "4.9 percent of GDP".
    pub(crate) wholes: HashSet<String>,
    /// Verbs that tell what share their subject is: "made up 14 percent of the market".
    pub(crate) making: HashSet<String>,
    /// Verbs whose subject counted: "the observatory **recorded** 40 deaths".
    pub(crate) counts: HashSet<String>,
    /// Verbs by which a text tells a number: "estimates put it at 40".
    pub(crate) gives: HashSet<String>,
}

impl Figures {
    fn extend(&mut self, other: Figures) {
        self.rest.extend(other.rest);
        self.either.extend(other.either);
        self.newest.extend(other.newest);
        self.notes.extend(other.notes);
        self.holding.extend(other.holding);
        self.nearby.extend(other.nearby);
        self.sums.extend(other.sums);
        self.turns.extend(other.turns);
        self.compared.extend(other.compared);
        self.outlook.extend(other.outlook);
        self.courses.extend(other.courses);
        self.becoming.extend(other.becoming);
        self.bores.extend(other.bores);
        self.each.extend(other.each);
        self.spans.extend(other.spans);
        self.since.extend(other.since);
        self.directions.extend(other.directions);
        self.narrowing.extend(other.narrowing);
        self.starts.extend(other.starts);
        self.parts.extend(other.parts);
        self.completing.extend(other.completing);
        self.meant.extend(other.meant);
        self.bare.extend(other.bare);
        self.margins.extend(other.margins);
        self.distances.extend(other.distances);
        self.addresses.extend(other.addresses);
        self.ranks.extend(other.ranks);
        self.needed.extend(other.needed);
        self.wholes.extend(other.wholes);
        self.making.extend(other.making);
        self.counts.extend(other.counts);
        self.gives.extend(other.gives);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Control {
    subject: Vec<String>,
    object_prepositions: Vec<String>,
    agents: Vec<String>,
    possession: String,
    #[serde(default)]
    bounds: Vec<String>,
    #[serde(default)]
    purposes: Vec<String>,
    #[serde(default)]
    aims: Vec<String>,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    impersonal: Vec<String>,
    #[serde(default)]
    reacting: Vec<String>,
    #[serde(default)]
    baselines: Vec<String>,
    #[serde(default)]
    changes: Vec<String>,
    #[serde(default)]
    instruments: Vec<String>,
    #[serde(default)]
    means: Vec<String>,
    #[serde(default)]
    hearsay: Vec<String>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    clues: Vec<String>,
    #[serde(default)]
    related: Vec<String>,
    #[serde(default)]
    same: HashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Aspect {
    repeated: Vec<String>,
    definite: Vec<String>,
    #[serde(default)]
    series: Vec<String>,
    #[serde(default)]
    habits: Vec<String>,
    #[serde(default)]
    whenever: Vec<String>,
    #[serde(default)]
    rife: Vec<String>,
    #[serde(default)]
    sorts: Vec<String>,
    #[serde(default)]
    apart: Vec<String>,
    #[serde(default)]
    later: Vec<String>,
    #[serde(default)]
    anyone: Vec<String>,
    #[serde(default)]
    nameless: Vec<String>,
    #[serde(default)]
    anybody: Vec<String>,
    general: Vec<String>,
    #[serde(default)]
    whichever: Vec<String>,
    #[serde(default)]
    reasons: Vec<String>,
    either: Vec<String>,
    #[serde(default)]
    only: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Conditions {
    marks: Vec<String>,
    #[serde(default)]
    open: Vec<String>,
    #[serde(default)]
    prepositions: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Governor {
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    realis: Option<Realis>,
    status: Option<Status>,
    #[serde(default)]
    denied: bool,
    #[serde(default)]
    granted: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Modifier {
    words: Vec<String>,
    realis: Option<Realis>,
    status: Option<Status>,
    #[serde(default)]
    denied: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Negation {
    determiners: Vec<String>,
    adverbs: Vec<String>,
    prepositions: Vec<String>,
    #[serde(default)]
    unfulfilled: Vec<String>,
    #[serde(default)]
    merely: Vec<String>,
    #[serde(default)]
    scant: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Light {
    carry: Vec<String>,
    tell: Vec<String>,
    occur: Vec<String>,
    #[serde(default)]
    sequel: Vec<String>,
}

impl Words {
    /// Reads `modality/xx.toml`, `negation/xx.toml` and `light/xx.toml`, and adds to the problems what
    /// is wrong with them.
    pub fn load(files: &Files, problems: &mut Vec<Problem>) -> Words {
        let mut words = Words::default();
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
            match path.split('/').next() {
                Some("modality") => {
                    if let Some(file) = pack::read::<Modality>(path, text, problems) {
                        words.modality(file);
                    }
                }
                Some("negation") => {
                    if let Some(file) = pack::read::<Negation>(path, text, problems) {
                        words.none.extend(file.determiners);
                        words.never.extend(file.adverbs);
                        words.never.extend(file.prepositions);
                        words.unfulfilled.extend(file.unfulfilled);
                        words.merely.extend(file.merely);
                        words.scant.extend(file.scant);
                    }
                }
                Some("light") => {
                    if let Some(file) = pack::read::<Light>(path, text, problems) {
                        words.light.extend(file.carry);
                        words.telling.extend(file.tell);
                        words.occur.extend(file.occur);
                        words.sequel.extend(file.sequel);
                    }
                }
                _ => {}
            }
        }
        words
    }

    /// Whether a word says that what it stands at may not be so: "alleged".
    pub(crate) fn doubts(&self, word: &str) -> bool {
        let effect = self.modifiers.get(&word.to_lowercase());
        effect.is_some_and(|effect| {
            effect.realis == Some(Realis::Possible) && effect.status.is_none()
        })
    }

    fn modality(&mut self, file: Modality) {
        let Auxiliaries { planned, possible, requested, hypothetical } = file.auxiliaries;
        let lists = [
            (Realis::Planned, planned),
            (Realis::Possible, possible),
            (Realis::Requested, requested),
            (Realis::Hypothetical, hypothetical),
        ];
        for (realis, list) in lists {
            self.auxiliaries.extend(list.into_iter().map(|word| (word, realis)));
        }
        self.subject_control.extend(file.control.subject);
        self.object_prepositions.extend(file.control.object_prepositions);
        self.agents.extend(file.control.agents);
        self.possession = file.control.possession;
        self.bounds.extend(file.control.bounds);
        self.figures.extend(file.figures);
        self.purposes.extend(file.control.purposes);
        self.aims.extend(file.control.aims);
        self.set_phrases.extend(file.control.phrases);
        self.impersonal.extend(file.control.impersonal);
        self.reacting.extend(file.control.reacting);
        self.baselines.extend(file.control.baselines);
        self.changes.extend(file.control.changes);
        self.same_prepositions.extend(file.control.same);
        self.repeated.extend(file.aspect.repeated);
        self.definite.extend(file.aspect.definite);
        self.anyone.extend(file.aspect.anyone);
        self.whichever.extend(file.aspect.whichever);
        self.reasons.extend(file.aspect.reasons);
        self.nameless.extend(file.aspect.nameless);
        self.anybody.extend(file.aspect.anybody);
        self.general.extend(file.aspect.general);
        self.either.extend(file.aspect.either);
        self.only.extend(file.aspect.only);
        self.instruments.extend(file.control.instruments);
        self.means.extend(file.control.means);
        self.hearsay.extend(file.control.hearsay);
        self.examples.extend(file.control.examples);
        self.clues.extend(file.control.clues);
        self.related.extend(file.control.related);
        self.series.extend(file.aspect.series);
        self.habits.extend(file.aspect.habits);
        self.whenever.extend(file.aspect.whenever);
        self.rife.extend(file.aspect.rife);
        self.sorts.extend(file.aspect.sorts);
        self.apart.extend(file.aspect.apart);
        self.later.extend(file.aspect.later);
        self.conditions.extend(file.conditions.marks);
        self.open.extend(file.conditions.open);
        self.condition_prepositions.extend(file.conditions.prepositions);
        self.condition_nouns.extend(file.conditions.nouns);
        for Governor { verbs, nouns, adjectives, realis, status, denied, granted } in file.governor
        {
            let effect = Effect { realis, status, denied, granted };
            self.governors_with.extend(verbs.iter().filter(|verb| verb.contains(' ')).cloned());
            let all = verbs.into_iter().chain(adjectives);
            self.governors.extend(all.map(|word| (word, effect)));
            self.governing_nouns.extend(nouns.into_iter().map(|word| (word, effect)));
        }
        for Modifier { words, realis, status, denied } in file.modifier {
            let effect = Effect { realis, status, denied, granted: false };
            self.modifiers.extend(words.into_iter().map(|word| (word, effect)));
        }
    }
}
