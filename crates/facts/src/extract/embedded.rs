//! What is told within other clauses. The further down a sentence a clause stands, the more often the
//! parser hangs it on the wrong word, and the less it is what the sentence tells: in claims drawn at
//! random and judged, nine in ten statements of main clauses were right, a third of those two clauses
//! down; of events whose words have other senses, too, seven in ten and less than half.

use atalaya_parse::{Pos, Token};

use super::Made;
use crate::claim::Family;
use crate::clause::labels::Relation;
use crate::clause::{Form, Realis};
use crate::event::{Draft, Dropped, Type, View};

/// Lets go of what stands too far down to be told, and tells why.
pub(super) fn drop(view: &View<'_>, drafts: &mut Vec<Made>) -> Vec<Dropped> {
    let mut gone = Vec::new();
    drafts.retain(|(_, draft)| {
        let why = why(view, draft);
        let stays = why.is_none();
        gone.extend(why);
        stays
    });
    gone
}

/// Why a draft is let go for where it stands, if it is.
fn why(view: &View<'_>, draft: &Draft) -> Option<Dropped> {
    let kind = &view.pack.kinds.kinds[draft.kind];
    let clauses = clauses(view, draft);
    let why = match kind.family {
        Family::Statement if is_said_aside(&clauses) => "it is said in a clause within others",
        Family::Position | Family::Allegation if clauses.len() > 1 => {
            "it is held in a clause within others"
        }
        Family::Event | Family::Commitment if !clauses.is_empty() && is_loose(view, draft) => {
            "a clause within another tells of it, and of no day"
        }
        Family::Relation if is_only_to_be(view, draft, &clauses) => {
            "a clause within another tells of it, and it is not so yet"
        }
        Family::Event if !kind.plain && is_far_down(draft, &clauses) => {
            "its words may mean something else, and a clause within others tells of it"
        }
        Family::Event if !kind.plain && is_acted_upon(view, draft) => {
            "its words may mean something else, and they only name what a verb is about"
        }
        _ => return None,
    };
    Some(draft.dropped(why.to_owned()))
}

/// "an ally who says that …", "asked him to say that …", "the report, which the mayor said …".
fn is_said_aside(clauses: &[Relation]) -> bool {
    let aside = |first: &Relation| matches!(first, Relation::Relative | Relation::Open);
    clauses.len() > 1 || clauses.first().is_some_and(aside)
}

/// Whether a verb tells of something that is not done once and for all, and not of when: "farms that
/// grow coca", "by sending troops". Words that somebody says and what people die of are told wherever
/// they stand.
fn is_loose(view: &View<'_>, draft: &Draft) -> bool {
    let kind = &view.pack.kinds.kinds[draft.kind];
    let says =
        |(name, types): &(String, Vec<Type>)| name == "content" && types.contains(&Type::Claim);
    if kind.casualties || kind.roles.iter().any(says) {
        return false;
    }
    let open =
        matches!(draft.assertion.realis, Realis::Ongoing | Realis::Possible | Realis::Hypothetical);
    draft.form == Form::Verb && open && !draft.is_dated(kind)
}

/// "was picked to run the bank", "rose to lead a firm": whether they do is not told.
fn is_only_to_be(view: &View<'_>, draft: &Draft, clauses: &[Relation]) -> bool {
    let within = || !clauses.is_empty() || view.grammar.relation(draft.carrier) == Relation::Open;
    draft.form == Form::Verb && !draft.assertion.realis.is_real() && within()
}

/// Whether an event is told where seldom one is meant: two clauses down, or as done in what a verb only leads
/// to: "began to run", "used him to get in"; not what somebody plans, tries or asks, nor what an adjective says
/// of whom it stands beside.
fn is_far_down(draft: &Draft, clauses: &[Relation]) -> bool {
    match clauses {
        _ if draft.form == Form::Adjective => false,
        [] => false,
        [Relation::Open] => draft.assertion.realis.is_real(),
        [_] => false,
        _ => true,
    }
}

/// Whether a noun is the object of a verb that does not carry it: "characterised the attacks as", not
/// "launched an attack".
fn is_acted_upon(view: &View<'_>, draft: &Draft) -> bool {
    draft.form == Form::Noun
        && draft.carrier == draft.head
        && view.grammar.relation(draft.head) == Relation::Object
}

/// The clauses that a trigger stands in below the main one, the nearest first.
fn clauses(view: &View<'_>, draft: &Draft) -> Vec<Relation> {
    let grammar = view.grammar;
    let words = view.doc().token_at(draft.trigger.start).map(Token::index);
    let up = std::iter::successors(words, |&at| grammar.head(at));
    up.filter(|&at| is_clause(view, at)).map(|at| grammar.relation(at)).collect()
}

/// Whether a word heads a clause below another. What is joined to a clause stands beside it, and what
/// leads to what is told is none: "he may be in Split, **police fear**", "**is thought** to move", "**denied** taking".
fn is_clause(view: &View<'_>, at: usize) -> bool {
    let grammar = view.grammar;
    let verbal = matches!(view.doc().token(at).pos(), Pos::Verb | Pos::Aux);
    match grammar.relation(at) {
        Relation::Complement => grammar.head(at).is_none_or(|head| head < at),
        Relation::Open => {
            let says = |head: usize| {
                view.pack.clauses.saying.contains(&grammar.token(head).lemma().to_lowercase())
            };
            grammar.head(at).is_none_or(|head| !grammar.is_passive(head) && !says(head))
        }
        Relation::Adverbial
        | Relation::PrepositionClause
        | Relation::Relative
        | Relation::Participle
        | Relation::Parataxis => true,
        Relation::Subject | Relation::PassiveSubject => verbal,
        _ => false,
    }
}
