//! Forms of a person's decisions. Each is sent with a reason, is logged, and can be taken back.

use maud::{Markup, html};

use super::Look;
use super::parts::{outlet, short};
use crate::picture::Fact;
use crate::store::Passage;
use crate::store::StoredAct;
use crate::store::pages::FactRow;

/// A form of one decision, folded away.
fn form(
    look: Look<'_>,
    verb: &str,
    words: &'static str,
    hidden: &[(&str, &str)],
    fields: &Markup,
) -> Markup {
    let address = look.asked.with(&[]);
    html! {
        form.judge method="post" action="/judge" {
            input type="hidden" name="verb" value=(verb);
            input type="hidden" name="back" value=(address);
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            (fields)
            label.wide { (look.say("reason")) input name="reason" maxlength="500"; }
            button { (look.say(words)) }
        }
    }
}

/// What can be decided about a fact.
pub fn judge_fact(
    look: Look<'_>,
    fact: &Fact,
    tellings: &[(String, Passage)],
    near: &[FactRow],
) -> Result<Markup, rusqlite::Error> {
    let id = fact.id.as_str();
    let other = html! {
        label.wide {
            (look.say("another fact, by its id or address"))
            input name="other" required maxlength="200" list="near";
        }
        datalist #near { @for fact in near { option value=(fact.id) { (fact.caption) } } }
    };
    let claims = |select: &'static str| {
        html! {
            label {
                (look.say(select))
                select name="claim" {
                    @for (claim, telling) in tellings {
                        option value=(claim) { (outlet(telling.outlet.as_deref(), &telling.source)) " · " (short(claim)) }
                    }
                }
            }
        }
    };
    let roles = tellings.first().and_then(|(_, telling)| telling.claim["kind"].as_str());
    let roles = roles.and_then(|kind| look.app.engine.pack.kinds.by_name(kind));
    let roles: Vec<&str> = roles
        .map(|kind| kind.roles.iter().map(|(role, _)| role.as_str()).collect())
        .unwrap_or_default();
    let which = html! {
        (&claims("claim"))
        label { (look.say("role")) select name="role" { @for role in &roles { option value=(role) { (look.name(role)) } } } }
        label { (look.say("right value")) input name="value" required maxlength="200"; }
    };
    Ok(html! {
        details.judging {
            summary { (look.say("Decide")) }
            (form(look, "confirm", "I checked this", &[("fact", id)], &html! {}))
            (form(look, "same", "Merge with", &[("one", id)], &other))
            @if tellings.len() > 1 { (form(look, "split", "Split off", &[("fact", id)], &claims("claim"))) }
            (form(look, "reject", "The report does not say this", &[], &claims("claim")))
            (form(look, "correct", "Correct", &[], &which))
            (note(look, "fact", id))
        }
        (log(look, tellings)?)
    })
}

/// What was decided about claims of a fact, with the way back.
fn log(look: Look<'_>, tellings: &[(String, Passage)]) -> rusqlite::Result<Markup> {
    let anchors: Vec<_> = tellings
        .iter()
        .map(|(_, telling)| crate::judge::anchor(&telling.report, &telling.claim))
        .collect();
    let acts = look.store().acts()?;
    let about = acts.iter().filter(|act| {
        act.anchors.iter().any(|own| {
            anchors.iter().any(|anchor| {
                (&anchor.report, anchor.start, anchor.end, &anchor.kind)
                    == (&own.report, own.start, own.end, &own.kind)
            })
        })
    });
    let about: Vec<&StoredAct> = about.filter(|act| act.undone.is_none()).collect();
    Ok(html! {
        @if !about.is_empty() {
            h2 { (look.say("Your decisions")) }
            ul { @for act in about { li { (decision(look, act)) } } }
        }
    })
}

/// A decision in a line: when, what, why, and the way back.
pub fn decision(look: Look<'_>, act: &StoredAct) -> Markup {
    html! {
        time datetime=(act.at) { (act.at) } " " strong { (look.name(&act.verb)) } " " (act.shown)
        @if let Some(reason) = &act.reason { " — " em { (reason) } }
        @if act.verb == "note" { @if let Some(note) = &act.value { ": " (note) } }
        @match &act.undone {
            Some(at) => { " " span.dim { (look.say("taken back")) " " (at) } }
            None => (undo(look, act)),
        }
    }
}

/// The button that takes a decision back.
pub fn undo(look: Look<'_>, act: &StoredAct) -> Markup {
    html! {
        form.undo method="post" action="/undo" {
            input type="hidden" name="id" value=(act.id);
            input type="hidden" name="back" value=(look.asked.with(&[]));
            button.quiet { (look.say("Undo")) }
        }
    }
}

/// What was just decided, with the way back beside it.
pub fn done(look: Look<'_>) -> rusqlite::Result<Markup> {
    let id = look.asked.number("done").and_then(|id| i64::try_from(id).ok());
    let act = match id {
        Some(id) => look.store().acts()?.into_iter().find(|act| act.id == id),
        None => None,
    };
    Ok(html! {
        @if let Some(act) = act {
            div.actions {
                p.notice.good role="status" {
                    @if act.undone.is_some() { (look.say("taken back")) ": " }
                    (look.name(&act.verb)) " · " (act.shown)
                }
                @if act.undone.is_none() { (undo(look, &act)) }
            }
        }
    })
}

/// A note on something.
pub fn note(look: Look<'_>, about: &str, id: &str) -> Markup {
    let text = html! { label.wide { (look.say("note")) textarea name="value" required maxlength="2000" {} } };
    form(look, "note", "Keep the note", &[(about, id)], &text)
}

/// What can be decided about an actor.
pub fn judge_actor(look: Look<'_>, id: &str) -> Markup {
    let other = || html! { label { (look.say("another actor, by name or id")) input name="other" required maxlength="200"; } };
    html! {
        details.judging {
            summary { (look.say("Decide")) }
            (form(look, "same", "Merge with", &[("one", id)], &other()))
            (form(look, "different", "Is not", &[("one", id)], &other()))
        }
    }
}

/// The right date of a report.
pub fn correct_date(look: Look<'_>, report: &str, published: Option<&str>) -> Markup {
    let date = published.map(super::quoted_day);
    let day = html! { label { (look.say("published on")) input name="value" value=[date] placeholder="2024-07-31" required maxlength="10"; } };
    html! {
        details.judging {
            summary { (look.say("Decide")) }
            (form(look, "published", "Correct the date", &[("report", report)], &day))
            (note(look, "report", report))
        }
    }
}

/// A claim of the reader's own, of words chosen in the text.
pub fn add_claim(look: Look<'_>, report: &str) -> Markup {
    let kinds = &look.app.engine.pack.kinds.kinds;
    html! {
        form.add-claim method="post" action="/judge" hidden {
            input type="hidden" name="verb" value="claim";
            input type="hidden" name="back" value=(look.asked.with(&[]));
            input type="hidden" name="report" value=(report);
            input type="hidden" name="start";
            input type="hidden" name="end";
            output.words {}
            label { (look.say("kind")) select name="kind" { @for kind in kinds { option value=(kind.name) { (kind.label) } } } }
            label { (look.say("role = value, one a line")) textarea name="roles" rows="2" {} }
            label { (look.say("reason")) input name="reason" maxlength="500"; }
            button { (look.say("The report says this")) }
        }
    }
}
