//! The brief as Markdown and as a page of HTML that needs nothing else.

use super::{Brief, Line, Note};

/// What marks a sentence that goes back to one origin.
const SINGLE: &str = "single source";

/// The brief in Markdown; notes are links to the list at its end.
pub fn markdown(brief: &Brief) -> String {
    let mut text = format!("# {}\n", escape(&brief.title));
    for section in &brief.sections {
        text.push_str(&format!("\n## {}\n\n", section.title));
        for line in &section.lines {
            let notes: String =
                line.notes.iter().map(|note| format!(" [{note}](#note-{note})")).collect();
            let single = if line.single { format!(" *{SINGLE}*") } else { String::new() };
            text.push_str(&format!("- {}{single}{notes}\n", escape(&line.text)));
        }
    }
    text.push_str("\n## Passages\n\n");
    for (at, note) in brief.notes.iter().enumerate() {
        let number = at + 1;
        text.push_str(&format!(
            "{number}. <a id=\"note-{number}\"></a>{}: “{}”\n",
            escape(&source(note)),
            escape(&note.text)
        ));
    }
    text
}

fn source(note: &Note) -> String {
    let title =
        note.title.as_ref().map(|title| format!(", {}", super::flat(title))).unwrap_or_default();
    let date = note.published.as_deref().map_or("undated", |day| day.get(..10).unwrap_or(day));
    format!("{}{title}, {date}, {} {}–{}", note.from, &note.report[..8], note.start, note.end)
}

/// Text whose signs mean nothing in Markdown or HTML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '*' | '_' | '`' | '[' | ']' | '\\' | '#' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// The brief as one page of HTML, without scripts, pictures or anything from elsewhere.
pub fn html(brief: &Brief) -> String {
    let title = page_text(&brief.title);
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<style>{STYLE}</style>\n<h1>{title}</h1>\n"
    );
    for section in &brief.sections {
        text.push_str(&format!("<h2>{}</h2>\n<ul>\n", page_text(section.title)));
        section.lines.iter().for_each(|line| text.push_str(&item(line)));
        text.push_str("</ul>\n");
    }
    text.push_str("<h2>Passages</h2>\n<ol>\n");
    for (at, note) in brief.notes.iter().enumerate() {
        text.push_str(&format!(
            "<li id=\"note-{}\">{}: <q>{}</q></li>\n",
            at + 1,
            page_text(&source(note)),
            page_text(&note.text)
        ));
    }
    text + "</ol>\n</html>\n"
}

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}\
                     em{color:#8a4b00}sup a{text-decoration:none;padding:0 .15em}";

fn item(line: &Line) -> String {
    let notes: String = line
        .notes
        .iter()
        .map(|note| format!("<sup><a href=\"#note-{note}\">{note}</a></sup>"))
        .collect();
    let single = if line.single { format!(" <em>{SINGLE}</em>") } else { String::new() };
    format!("<li>{}{single}{notes}</li>\n", page_text(&line.text))
}

fn page_text(text: &str) -> String {
    let plain: String =
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::{Section, flat};
    use super::*;

    fn sample() -> Brief {
        let note = Note {
            report: "0123456789abcdef".to_owned(),
            from: "The Guayas Ledger".to_owned(),
            title: None,
            published: Some("2025-02-18".to_owned()),
            start: 3,
            end: 40,
            text: flat("Police <held>\n23 people."),
        };
        let line =
            Line { text: "police *arrest* 23 people".to_owned(), notes: vec![1], single: true };
        let section = Section { title: "Headline facts", lines: vec![line] };
        Brief { title: "Brief".to_owned(), sections: vec![section], notes: vec![note] }
    }

    #[test]
    fn every_sentence_links_to_its_passage() {
        let text = markdown(&sample());
        assert!(
            text.contains("- police \\*arrest\\* 23 people *single source* [1](#note-1)"),
            "{text}"
        );
        assert!(text.contains("1. <a id=\"note-1\"></a>The Guayas Ledger, 2025-02-18, 01234567 3–40: “Police &lt;held&gt; 23 people.”"), "{text}");
    }

    #[test]
    fn no_words_of_a_report_become_markup() {
        let page = html(&sample());
        assert!(page.contains("<q>Police &lt;held&gt; 23 people.</q>"), "{page}");
        assert!(page.contains("<a href=\"#note-1\">1</a>"));
    }
}
