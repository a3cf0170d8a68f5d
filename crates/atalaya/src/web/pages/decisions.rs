//! `/decisions`: what you decided, when and why, with the way back.

use maud::html;
use serde_json::json;

use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look};

/// The page.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    let mut acts = look.store().acts()?;
    acts.reverse();
    if look.asked.form == Form::Json {
        return Ok(Answer::json(&json!({ "decisions": acts })));
    }
    if look.asked.form == Form::Csv {
        let head = ["id", "at", "verb", "shown", "value", "reason", "undone"];
        let mut table = vec![head.map(str::to_owned).to_vec()];
        table.extend(acts.into_iter().map(|act| {
            let rest = [act.value, act.reason, act.undone].map(Option::unwrap_or_default);
            [act.id.to_string(), act.at, act.verb, act.shown].into_iter().chain(rest).collect()
        }));
        return Ok(Answer::csv("decisions", &table));
    }
    let main = html! {
        h1 { (look.say("Decisions")) }
        p.lead { (look.say("What you decided outranks the engine, and is used at once. Nothing is lost by taking it back.")) }
        (view::downloads(look, &[Form::Csv, Form::Json]))
        @if acts.is_empty() { p.empty { (look.say("You have decided nothing yet.")) } }
        ol.history { @for act in acts.iter().take(500) { li { (view::decision(look, act)) } } }
    };
    Ok(look.page("decisions", look.say("Decisions"), &main))
}
