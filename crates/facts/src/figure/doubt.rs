//! Numbers that are let go because they do not surely count what they seem to, and what is only foreseen.

use std::ops::Range;

use atalaya_parse::{Pos, Token};
use atalaya_read::BlockKind;

use super::{is_noun, is_share};
use crate::claim::Realis;
use crate::clause::grammar::REACH;
use crate::clause::labels::{Relation, is_relative_pronoun};
use crate::clause::{Clause, Slot};
use crate::event::View;
use crate::value::quantity::Quantity;

/// The unit of what is so many times another: "five times the rate".
const TIMES: &str = "times";

/// How far behind a number the words stand by which it is reckoned, in tokens.
const FAR: usize = 8;

/// Why a number is no sure figure, if it is none.
pub(super) fn doubt(
    view: &View<'_>,
    quantity: &Quantity,
    own: Range<usize>,
) -> Option<&'static str> {
    let one = quantity.low == Some(1.0) && quantity.high == Some(1.0);
    // "one US official" is no dollar, `one "trained" clerk` no inch.
    let name = |at: usize| {
        let token = view.doc().token(at);
        token.pos() == Pos::Propn || !token.text().starts_with(|c: char| c.is_alphanumeric())
    };
    let after = own.start + 1;
    let misread = own.len() > 1 && name(after) || own.len() == 1 && is_marked(view, &own);
    let alone = one && (quantity.unit.is_none() || misread);
    match () {
        () if alone => Some("one is no count"),
        () if quantity.unit.as_deref() == Some(TIMES) => Some("so many times something else"),
        () if quantity.unit.is_none() && is_within_a_word(view, &own) => {
            Some("the number is part of a word")
        }
        () if is_possessor(view, quantity) || is_cut(view, &own) => {
            Some("what it is of is cut off")
        }
        () if is_of_those(view, &own) => {
            Some("it counts some of those before, and which is cut off")
        }
        () if is_of_next(view, &own) => Some("its last word belongs to the next"),
        () if quantity.unit.is_none() && is_meant(view, &own) => {
            Some("it is told what something is made for")
        }
        () if is_note(view, &own) => Some("it is what a note or coin is worth"),
        () if is_code(view, &own) => Some("it is part of a name"),
        () if is_bore(view, &own) => Some("the size is part of a name"),
        () if quantity.unit.is_none() && is_a_year(view, &own) => Some("it may be a year"),
        () if is_of_an_address(view, &own) => Some("it is part of an address"),
        () if !is_heading(view) && is_in_capitals(view, &own) => {
            Some("the number is part of a name")
        }
        () if is_margin(view, &own) => Some("it is told by how much something leads or lags"),
        () if is_share(quantity) && is_group(view, &own) => Some("it names a group"),
        () if is_needed(view, &own) => Some("it is told how much is needed"),
        () if is_first_of_list(view, quantity) => Some("it counts several sorts together"),
        () if is_reckoned(view, quantity, own.end) => Some("it is a rate, and its base is cut off"),
        () if is_share(quantity) && is_difference(view, &own) => {
            Some("it is told how much more or less than something else")
        }
        () => None,
    }
}

/// Whether what a number counts only owns what is meant: "half of the country**'s largest bank**".
fn is_possessor(view: &View<'_>, quantity: &Quantity) -> bool {
    let rest = quantity.of.as_ref().map(|of| &view.doc().text()[of.span.end..]);
    // "1.5 billion people's posts": the people are counted.
    let within = quantity.of.as_ref().is_some_and(|of| {
        let first = view.doc().token_at(of.span.start).map_or(0, Token::index);
        let number = first.checked_sub(1).is_some_and(|at| view.doc().token(at).pos() == Pos::Num);
        number && (of.value.contains("'s ") || of.value.contains("’s "))
    });
    within || rest.is_some_and(|rest| rest.starts_with("'s ") || rest.starts_with("’s "))
}

/// Whether a sum only says what sort of money the noun behind it is: "$20 bills".
fn is_note(view: &View<'_>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    let notes = &view.pack.clauses.figures.notes;
    own.end < doc.len() && notes.contains(doc.token(own.end).lemma()) && own.len() <= 2
}

/// Whether a bracket joins a letter to a number: "401(k) plans".
fn is_code(view: &View<'_>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    (own.start..own.end).any(|at| {
        let glued = at + 1 < doc.len() && !doc.token(at).space_after();
        doc.token(at).text().contains('(') || glued && doc.token(at + 1).text() == "("
    })
}

/// Whether a number counts some of what stands before it: "40 **of which** were illegal".
fn is_of_those(view: &View<'_>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    own.end + 1 < doc.len()
        && doc.token(own.end).norm() == view.pack.clauses.possession
        && is_relative_pronoun(doc.token(own.end + 1))
}

/// Whether a number's words end before what they are of: "half of **the** '80s".
fn is_cut(view: &View<'_>, own: &Range<usize>) -> bool {
    own.len() > 1 && view.doc().token(own.end - 1).pos() == Pos::Det
}

/// Whether a number's last word is a name that stands before the noun it belongs to: "the 2012 **Lima**
/// talks", "4 **US** cents".
fn is_of_next(view: &View<'_>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    let last = doc.token(own.end - 1);
    let before = view.grammar.relation(last.index()) == Relation::Compound
        || view.grammar.relation(last.index()) == Relation::Adjective;
    let unit = view.pack.quantities.is_unit(last.text());
    own.len() > 1
        && own.end < doc.len()
        && (!unit || last.text().chars().all(char::is_uppercase))
        && last.pos() == Pos::Propn
        && before
        && view.grammar.head(last.index()).is_some_and(|head| head >= own.end)
        && is_noun(view, own.end)
}

/// Whether a number only tells for how many something is made: "a jail designed for 800".
fn is_meant(view: &View<'_>, own: &Range<usize>) -> bool {
    let meant = &view.pack.clauses.figures.meant;
    let Some(before) = own.start.checked_sub(1).filter(|&at| at > 0) else { return false };
    let doc = view.doc();
    let leads = doc.token(before).pos() == Pos::Adp;
    let verb = doc.token(before - 1);
    leads && verb.tag() == "VBN" && meant.contains(verb.lemma())
}

/// Whether a mark stands right behind a number.
fn is_marked(view: &View<'_>, own: &Range<usize>) -> bool {
    own.end < view.doc().len() && view.doc().token(own.end).pos() == Pos::Punct
}

/// Whether a hyphen joins a number to a word: "a 50-city plan".
fn is_within_a_word(view: &View<'_>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    let number = |at: usize| {
        let token = doc.token(at);
        token.pos() == Pos::Num || token.text().bytes().any(|byte| byte.is_ascii_digit())
    };
    let joined = |at: usize| at + 1 < doc.len() && !doc.token(at).space_after();
    own.clone().any(|at| {
        number(at)
            && joined(at)
            && doc.token(at + 1).text() == "-"
            && joined(at + 1)
            && at + 2 < doc.len()
            && !number(at + 2)
    })
}

/// Whether a number is the bore of a weapon that its noun names: "9mm pistols".
fn is_bore(view: &View<'_>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    let bores = &view.pack.clauses.figures.bores;
    own.clone().any(|at| {
        bores.contains(&doc.token(at).norm().to_lowercase())
            && at + 1 < doc.len()
            && (is_noun(view, at + 1) || doc.token(at + 1).pos() == Pos::Adj)
    })
}

/// Whether four digits between an article or owner and a noun may be a year: "the 2016 primaries", not "arrested
/// 2000 people".
fn is_a_year(view: &View<'_>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    let number = doc.token(own.start).text();
    let year = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    let known = own.start.checked_sub(1).is_some_and(|at| {
        view.pack.clauses.definite.contains(&doc.token(at).norm().to_lowercase())
            || matches!(doc.token(at).tag(), "POS" | "PRP$")
    });
    year && known && matches!(&number[..2], "19" | "20")
}

/// "the 2400 block of Mill Street", "U.S. 83 south".
fn is_of_an_address(view: &View<'_>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    let figures = &view.pack.clauses.figures;
    let digits = |at: usize| doc.token(at).text().bytes().all(|byte| byte.is_ascii_digit());
    let named = || own.start > 0 && doc.token(own.start - 1).pos() == Pos::Propn;
    own.len() > 1
        && digits(own.start)
        && own.clone().skip(1).any(|at| {
            figures.addresses.contains(doc.token(at).lemma())
                || named() && figures.directions.contains(&doc.token(at).norm().to_lowercase())
        })
}

/// Whether a text is a title or heading, which may write every word with a capital.
fn is_heading(view: &View<'_>) -> bool {
    matches!(view.part.kind, BlockKind::Title | BlockKind::Heading)
}

/// Whether a number is written out with a capital within a sentence, as names are: the "Gang of Eight".
fn is_in_capitals(view: &View<'_>, own: &Range<usize>) -> bool {
    let token = view.doc().token(own.start);
    let before = own.start.checked_sub(1).map(|at| view.doc().token(at));
    let opens = own.start == token.sentence().range().start
        || before.is_some_and(|before| matches!(before.pos(), Pos::Punct | Pos::Space));
    token.text().starts_with(char::is_uppercase)
        && token.text().chars().skip(1).all(char::is_lowercase)
        && token.text().chars().count() > 1
        && !opens
}

/// "led Ruiz by 300 votes", "within 4 points of the leader".
fn is_margin(view: &View<'_>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    let figures = &view.pack.clauses.figures;
    let norm = |at: usize| doc.token(at).norm().to_lowercase();
    let sentence = doc.token(own.start).sentence().range();
    // "by nearly 300": up to the preposition.
    let near = (own.start.saturating_sub(3).max(sentence.start)..own.start).rev();
    let Some(before) = near.into_iter().find(|&at| doc.token(at).pos() == Pos::Adp) else {
        return false;
    };
    let lead = || {
        let verb = view.grammar.head(before);
        verb.is_some_and(|verb| {
            figures.margins.contains(&doc.token(verb).lemma().to_lowercase())
                && !view.grammar.is_passive(verb)
        })
    };
    let by = view.pack.clauses.agents.contains(&norm(before)) && lead();
    let of = own.end < sentence.end && norm(own.end) == view.pack.clauses.possession
        || own.clone().any(|at| norm(at) == view.pack.clauses.possession);
    by || figures.distances.contains(&norm(before)) && of
}

/// "the top 1 percent".
fn is_group(view: &View<'_>, own: &Range<usize>) -> bool {
    let before = own.start.checked_sub(1).map(|at| view.doc().token(at).norm().to_lowercase());
    before.is_some_and(|word| view.pack.clauses.figures.ranks.contains(&word))
}

/// "the 1,237 delegates needed to win".
fn is_needed(view: &View<'_>, own: &Range<usize>) -> bool {
    let noun = own.end - 1;
    view.grammar.those(noun, Relation::Participle).any(|at| {
        at == own.end
            && view.pack.clauses.figures.needed.contains(view.doc().token(at).lemma())
            && view.doc().token(at).tag() == "VBN"
    })
}

/// Whether what is counted is the first of several that have no numbers of their own, which are not all told
/// with it: "80 percent of the heroin, cocaine and marijuana".
fn is_first_of_list(view: &View<'_>, quantity: &Quantity) -> bool {
    let doc = view.doc();
    let Some(of) = &quantity.of else { return false };
    let Some(noun) = doc.token_at(of.span.end.saturating_sub(1)).map(Token::index) else {
        return false;
    };
    let own = [Relation::Number, Relation::Determiner, Relation::Possessive, Relation::Relative];
    let bare = |&at: &usize| {
        is_noun(view, at)
            && !view.quantity_at(at)
            && doc.token(at).bytes().start >= of.span.end
            && view.period(at).is_none()
            && !view.grammar.children(at).any(|child| own.contains(&view.grammar.relation(child)))
    };
    let all = view.grammar.joined(noun);
    all.first() == Some(&noun) && all.len() > 1 && all[1..].iter().all(bare)
}

/// Whether words behind a count tell by what it is reckoned: "200 cases of fraud a week", "116 guns for
/// every 100,000 people".
fn is_reckoned(view: &View<'_>, quantity: &Quantity, end: usize) -> bool {
    let doc = view.doc();
    let figures = &view.pack.clauses.figures;
    if end == 0 {
        return false;
    }
    if quantity.unit.is_some() {
        return !is_share(quantity) && is_by_the_piece(view, end);
    }
    let sentence = doc.token(end - 1).sentence().range();
    let norm = |at: usize| doc.token(at).norm().to_lowercase();
    let near = (end..sentence.end.min(end + FAR))
        .take_while(|&at| doc.token(at).pos() != Pos::Punct && !view.grammar.is_predicate(at));
    near.into_iter().any(|at| {
        let next = at + 1;
        next < sentence.end
            && figures.each.contains(&norm(at))
            && (figures.spans.contains(doc.token(next).lemma())
                || doc.token(next).pos() == Pos::Num)
            && !(next + 1 < sentence.end && figures.since.contains(&norm(next + 1)))
    })
}

/// Whether a noun right behind a sum says for what it is paid: "$5 **a barrel**".
fn is_by_the_piece(view: &View<'_>, end: usize) -> bool {
    let doc = view.doc();
    let article = end + 1 < doc.len() && doc.token(end).pos() == Pos::Det;
    article
        && view.pack.clauses.figures.each.contains(&doc.token(end).norm().to_lowercase())
        && is_noun(view, end + 1)
        && doc.token(end - 1).space_after()
}

/// Whether a share tells a difference: "14 percent more than in May", "was up 20 percent".
fn is_difference(view: &View<'_>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    let compared = &view.pack.clauses.figures.compared;
    let is = |at: usize| compared.contains(&doc.token(at).norm().to_lowercase());
    // "14 percent less theft": the theft is less.
    let alone = |at: usize| at + 1 >= doc.len() || !is_noun(view, at + 1);
    let behind = own.end < doc.len() && is(own.end) && alone(own.end);
    let before = own.start.checked_sub(1).filter(|&at| is(at));
    let bound = before.is_some_and(|at| {
        let pos = doc.token(at).pos();
        matches!(pos, Pos::Adv | Pos::Adp | Pos::Part)
            // "made up 76 percent".
            && view.grammar.relation(at) != Relation::Particle
            && at > 0
            && !matches!(doc.token(at - 1).pos(), Pos::Num)
    });
    behind || bound
}

/// What a number is that is only foreseen: "a projected growth of 2 percent", "on course for a rate of 9",
/// "could lead to 300 trials".
pub(super) fn outlook(
    view: &View<'_>,
    measure: &Range<usize>,
    head: usize,
    clause: Option<&Clause>,
) -> Option<Realis> {
    let doc = view.doc();
    let figures = &view.pack.clauses.figures;
    let first = doc.token_at(measure.start).map(Token::index)?;
    let last = doc.token_at(measure.end.saturating_sub(1)).map_or(first, Token::index);
    let words = first.saturating_sub(1)..=last;
    if words.into_iter().any(|at| figures.outlook.contains(&doc.token(at).norm().to_lowercase())) {
        return Some(Realis::Planned);
    }
    let above = |from: usize| {
        std::iter::successors(Some(from), |&at| view.grammar.head(at)).take(REACH).take(6)
    };
    // "a planned offering of 40 shares": the offering's plan is the number's.
    let before = || view.grammar.head(head).filter(|&noun| noun > head && is_noun(view, noun));
    let governor = super::measure::of_noun(view, head).or_else(before);
    let planned = governor.is_some_and(|noun| {
        view.grammar
            .children(noun)
            .any(|at| at < noun && figures.outlook.contains(&doc.token(at).norm().to_lowercase()))
    });
    if planned {
        return Some(Realis::Planned);
    }
    let courses = |at: usize| figures.courses.contains(doc.token(at).lemma());
    // The parser may hang "for" on the verb.
    let beside = (first.saturating_sub(4)..first)
        .any(|at| courses(at) && doc.token(at + 1).pos() == Pos::Adp && at + 1 < first);
    if beside || above(head).skip(1).any(courses) {
        return Some(Realis::Planned);
    }
    let clause = clause.filter(|clause| {
        figures.becoming.contains(&doc.token(clause.head).lemma().to_lowercase())
    })?;
    let leads = clause.args.iter().any(|arg| arg.head == head && matches!(arg.slot, Slot::Prep(_)));
    (leads && !clause.assertion.realis.is_real()).then_some(clause.assertion.realis)
}
