//! `/claims/ID`: one claim, why it was read so: the rule, the words of each role, the parse.

use atalaya_parse::Token;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look, marked};

/// The page.
pub fn page(look: Look<'_>, id: &str) -> Result<Answer, Failure> {
    let telling = look.store().telling(id)?.ok_or(Failure::Missing)?;
    let fact = look.store().fact_row(id)?;
    if look.asked.form == Form::Json {
        let mut value = json!(telling);
        value["fact"] = json!(fact.map(|fact| fact.id));
        return Ok(Answer::json(&value));
    }
    let claim = &telling.claim;
    let text = |key: &str| claim[key].as_str().unwrap_or_default();
    let main = html! {
        nav.crumbs { ol {
            @if let Some(fact) = &fact { li { a href={ "/facts/" (fact.id) } { (fact.caption) } } }
            li { (view::short(id)) }
        } }
        h1 { (look.say("Why this claim")) }
        p.lead { a href={ "/reports/" (telling.report) "#c-" (id) } { (view::publisher(look, telling.outlet.as_deref(), &telling.source)) } " · " (view::day(look, telling.published.as_deref())) }
        blockquote { (marked::sentence(look, claim)) }
        ol.chain {
            li { (look.say("kind")) ": " (look.kind(text("kind"))) " " small { (about(look, text("kind"))) } }
            li { (look.say("rule")) ": " code { (text("rule")) } " · " (look.say("its words")) ": " mark { (claim["trigger"]["text"].as_str().unwrap_or_default()) } }
            li { (look.say("told as")) ": " (look.name(text("realis")))
                @if claim["denied"] == true { ", " (look.say("denied")) } ", " (look.name(text("aspect")))
                @if let Some(status) = claim["status"].as_str() { ", " (look.name(status)) } }
            @for role in claim["roles"].as_array().into_iter().flatten() { (role_line(look, role)) }
            @for link in claim["attribution"].as_array().into_iter().flatten() {
                li { (look.say("according to")) ": " (link["text"].as_str().unwrap_or_default()) }
            }
        }
        details.why open { summary { (look.say("The parse of the sentence")) } (parse(look, text("text"))) }
    };
    Ok(look.page("claim", look.say("Why this claim"), &main))
}

fn about(look: Look<'_>, kind: &str) -> String {
    look.app.engine.pack.kinds.by_name(kind).map(|kind| kind.about.clone()).unwrap_or_default()
}

fn role_line(look: Look<'_>, role: &Value) -> Markup {
    let text = |key: &str| role[key].as_str().unwrap_or_default();
    html! {
        li {
            (look.name(text("role"))) ": " mark.role { (text("text")) }
            @if let Some(words) = role["antecedent"]["text"].as_str() { " = " (words) }
            " " code { (compact(&role["value"])) }
        }
    }
}

/// A value without what it does not say.
fn compact(value: &Value) -> String {
    let fields = value.as_object().into_iter().flatten();
    let told = fields
        .filter(|(_, value)| !value.is_null() && **value != json!(false) && **value != json!([]));
    let told = told.map(|(key, value)| {
        format!("{key} {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    });
    told.collect::<Vec<_>>().join(" · ")
}

/// The sentence as the parser sees it when it stands alone.
fn parse(look: Look<'_>, sentence: &str) -> Markup {
    let doc = look.app.engine.pipeline.parse(sentence);
    let tokens: Vec<Token<'_>> = doc.tokens().filter(|token| !token.is_space()).collect();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(look.say("The parse of the sentence")) { table.rows {
            thead { tr {
                th scope="col" { (look.say("word")) } th scope="col" { (look.say("lemma")) } th scope="col" { (look.say("part of speech")) }
                th scope="col" { (look.say("relation")) } th scope="col" { (look.say("head")) }
            } }
            tbody { @for token in &tokens {
                tr { td { (token.text()) } td { (token.lemma()) } td { (token.pos().name()) " " small { (token.tag()) } } td { (token.dep()) } td { (token.head().text()) } }
            } }
        } }
    }
}
