//! `/brief`: the picture in a few pages, as `atalaya brief` writes it, ready to be printed.

use maud::html;

use crate::brief::{self, Brief, Wanted};
use crate::picture::Topic;
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look};

/// The page.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    let brief = written(look)?;
    match look.asked.form {
        Form::Json => return Ok(Answer::json(&brief)),
        Form::Markdown => {
            return Ok(Answer::text(brief::markdown(&brief).into_bytes()).saved("brief.md"));
        }
        _ => {}
    }
    let main = html! {
        h1 { (brief.title) }
        form.filter { label { (look.say("About")) " " input name="about" value=[look.asked.param("about")]; } " " button { (look.say("Narrow")) } }
        (view::downloads(look, &[Form::Markdown, Form::Json]))
        @for section in &brief.sections {
            h2 { (look.name(section.title)) }
            ul { @for line in &section.lines {
                li {
                    (line.text) " "
                    @if line.single { span.badge { (look.say("single source")) } " " }
                    @for note in &line.notes { sup { a href={ "#note-" (note) } { (note) } } " " }
                }
            } }
        }
        h2 { (look.say("Passages")) }
        ol { @for (at, note) in brief.notes.iter().enumerate() {
            li id={ "note-" (at + 1) } {
                a href={ "/reports/" (note.report) } { (note.from) } ", " (view::day(look, note.published.as_deref())) ": " q { (note.text) }
            }
        } }
    };
    Ok(look.page("brief", &brief.title, &main))
}

/// The brief, written anew only when the room has changed: it is made of everything.
fn written(look: Look<'_>) -> Result<Brief, Failure> {
    let about = look.asked.param("about");
    let state = format!("{} {about:?}", look.store().state_of_facts()?);
    look.app.brief.of(state, || {
        let about = about.map(|about| Topic::find(look.store(), about)).transpose()?;
        Ok(brief::brief(look.store(), &Wanted { about, since: None })?)
    })
}
