//! What each parser's labels mean in our terms. The only place that knows them.

use atalaya_parse::{Pos, Token};

/// How a token stands to its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The head of a sentence.
    Root,
    /// Who does it, of an active verb; a clause can be a subject too.
    Subject,
    /// Who undergoes it, of a passive verb.
    PassiveSubject,
    /// Whom or what it is done to.
    Object,
    /// For whom it is done.
    Indirect,
    /// A preposition, whose noun depends on it.
    Preposition,
    /// The noun of a preposition.
    PrepositionObject,
    /// A noun with its preposition below it.
    Oblique,
    /// A preposition below its noun.
    Case,
    /// The "by" of a passive.
    Agent,
    /// An auxiliary verb.
    Auxiliary,
    /// The auxiliary of the passive.
    PassiveAuxiliary,
    /// The copula below what is told.
    Copula,
    /// A negation.
    Negation,
    /// The conjunction of a clause: "that", "if", "after".
    Mark,
    /// A clause with its own subject: "said that it rained".
    Complement,
    /// A clause without: "agreed to go".
    Open,
    /// An adverbial clause.
    Adverbial,
    /// A clause below a preposition: "accused of stealing".
    PrepositionClause,
    /// A relative clause.
    Relative,
    /// A participle or infinitive that tells of a noun.
    Participle,
    /// What is joined by "and".
    Conjunct,
    /// A clause that stands loosely beside another.
    Parataxis,
    /// A noun that names the same.
    Apposition,
    /// A possessor.
    Possessive,
    /// A noun before its noun.
    Compound,
    /// An adjective of a noun.
    Adjective,
    /// A number of a noun.
    Number,
    /// A determiner.
    Determiner,
    /// What the subject or object is or becomes.
    Attribute,
    /// The particle of a verb: "break **up**".
    Particle,
    /// An adverb.
    Adverb,
    /// A noun that works as an adverb: "last July".
    NounAdverb,
    /// Anything else.
    Other,
}

/// The relation that a label means: ClearNLP's labels for English, Universal Dependencies' for the
/// rest.
pub fn relation(label: &str) -> Relation {
    match label {
        "ROOT" | "root" => Relation::Root,
        "nsubj" | "csubj" => Relation::Subject,
        "nsubjpass" | "csubjpass" | "nsubj:pass" | "csubj:pass" => Relation::PassiveSubject,
        "dobj" | "obj" => Relation::Object,
        "dative" | "iobj" => Relation::Indirect,
        "prep" => Relation::Preposition,
        "pobj" => Relation::PrepositionObject,
        "obl" | "nmod" | "obl:arg" => Relation::Oblique,
        "case" => Relation::Case,
        "agent" | "obl:agent" => Relation::Agent,
        "aux" => Relation::Auxiliary,
        "auxpass" | "aux:pass" => Relation::PassiveAuxiliary,
        "cop" => Relation::Copula,
        "neg" => Relation::Negation,
        "mark" => Relation::Mark,
        "ccomp" => Relation::Complement,
        "xcomp" => Relation::Open,
        "advcl" => Relation::Adverbial,
        "pcomp" => Relation::PrepositionClause,
        "relcl" | "acl:relcl" => Relation::Relative,
        "acl" => Relation::Participle,
        "conj" => Relation::Conjunct,
        "parataxis" => Relation::Parataxis,
        "appos" => Relation::Apposition,
        "poss" | "nmod:poss" => Relation::Possessive,
        "compound" => Relation::Compound,
        "amod" => Relation::Adjective,
        "nummod" => Relation::Number,
        "det" => Relation::Determiner,
        "attr" | "acomp" | "oprd" => Relation::Attribute,
        "prt" | "compound:prt" => Relation::Particle,
        "advmod" => Relation::Adverb,
        "npadvmod" | "obl:tmod" => Relation::NounAdverb,
        _ => Relation::Other,
    }
}

/// The form that a verb has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerbForm {
    /// With a tense of its own, in the present.
    Present,
    /// With a tense of its own, in the past.
    Past,
    /// "to build".
    Infinitive,
    /// "built", as in "was built".
    PastParticiple,
    /// "building".
    Gerund,
}

/// The form of a verb; what has no verbal form is told in the past.
pub fn verb_form(token: Token<'_>) -> VerbForm {
    let past = token.feature("Tense") == Some("Past");
    match token.feature("VerbForm") {
        Some("Inf") => VerbForm::Infinitive,
        Some("Ger") => VerbForm::Gerund,
        Some("Part") if past => VerbForm::PastParticiple,
        Some("Part") => VerbForm::Gerund,
        _ if past || token.feature("Tense") == Some("Imp") => VerbForm::Past,
        Some("Fin") | None if token.feature("Tense") == Some("Pres") => VerbForm::Present,
        _ => VerbForm::Past,
    }
}

/// Whether a token is a pronoun that stands for the noun of its relative clause.
pub fn is_relative_pronoun(token: Token<'_>) -> bool {
    matches!(token.tag(), "WDT" | "WP" | "WP$")
        || token.feature("PronType") == Some("Rel")
        || (token.feature("PronType") == Some("Int,Rel") && token.pos() == Pos::Pron)
}

/// Whether a word only fills the subject's place: "there" of "there are".
pub fn is_expletive(token: Token<'_>) -> bool {
    token.dep() == "expl"
}

/// Whether a pronoun can stand for nothing: "it" of "it is hard to say".
pub fn is_impersonal(token: Token<'_>) -> bool {
    token.dep() == "expl" || token.pos() == Pos::Pron && token.feature("Gender") == Some("Neut")
}

/// Whether a relative pronoun stands for people: "who".
pub fn is_personal(token: Token<'_>) -> bool {
    token.tag() == "WP"
}

/// Whether an entity's label is of what is no person: a body, a country, a place.
pub fn is_body(label: &str) -> bool {
    matches!(label, "ORG" | "GPE" | "LOC" | "FAC" | "NORP" | "MISC")
}

/// Whether a token is a word that asks: "what", "where", "whose".
pub fn is_question_word(token: Token<'_>) -> bool {
    token.tag().starts_with('W') && token.tag() != "WDT" || token.feature("PronType") == Some("Int")
}

/// Whether a token opens a question: "who", "whether".
pub fn is_question(token: Token<'_>) -> bool {
    token.text() == "?"
}
