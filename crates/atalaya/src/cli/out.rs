//! What is printed, and how: buffered, coloured only on a terminal, tables cut to its width.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use comfy_table::{Attribute, Cell, ContentArrangement, Table, presets};
use unicode_width::UnicodeWidthChar;

use crate::Error;

/// Standard output. It is not locked: whoever serves on it writes from threads of its own.
pub struct Out {
    to: BufWriter<Stdout>,
    colour: bool,
    terminal: bool,
}

impl Out {
    /// Standard output, with colours if it is a terminal that wants them.
    pub fn stdout() -> Out {
        let colour = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
        let terminal = io::stdout().is_terminal();
        Out { to: BufWriter::new(io::stdout()), colour, terminal }
    }

    /// Whether a person is looking.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// `text` in bold.
    pub fn bold(&self, text: &str) -> String {
        self.painted(Style::new().bold(), text)
    }

    /// `text` that is less important than the rest.
    pub fn dim(&self, text: &str) -> String {
        self.painted(Style::new().dimmed(), text)
    }

    /// `text` that was looked for.
    pub fn found(&self, text: &str) -> String {
        self.painted(Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())), text)
    }

    fn painted(&self, style: Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// One JSON object on a line of its own.
    pub fn json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.to, value)?;
        self.to.write_all(b"\n")
    }

    /// A table with a heading over each column, as wide as the terminal, or as wide as it needs.
    pub fn table(
        &mut self,
        headings: &[&str],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> io::Result<()> {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        if !self.terminal {
            table.set_content_arrangement(ContentArrangement::Disabled);
        }
        if self.colour {
            table.enforce_styling();
        }
        let heading = |text: &&str| match self.colour {
            true => Cell::new(text).add_attribute(Attribute::Bold),
            false => Cell::new(text),
        };
        table.set_header(headings.iter().map(heading));
        table.add_rows(rows);
        for line in table.lines() {
            writeln!(self.to, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Tells the user why the command could not be carried out.
pub fn complain(error: &Error) {
    let mut to = anstream::stderr();
    let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let _ = writeln!(to, "{red}error:{red:#} {error}");
}

/// Tells the user that something is not as it should be, though the command goes on.
pub fn warn(text: &str) {
    let yellow = Style::new().bold().fg_color(Some(AnsiColor::Yellow.into()));
    let _ = writeln!(anstream::stderr(), "{yellow}warning:{yellow:#} {text}");
}

/// Tells the user something that is not part of the output.
pub fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// `text` without control characters, which could play tricks with a terminal, on one line.
pub fn tame(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// `text` without control characters but for line ends and tabs.
pub fn tame_lines(text: &str) -> String {
    let keep = |character: char| !character.is_control() || matches!(character, '\n' | '\t');
    text.chars().map(|character| if keep(character) { character } else { '\u{FFFD}' }).collect()
}

/// At most `width` columns of `text`, with a sign where it was cut.
pub fn cut(text: &str, width: usize) -> String {
    let text = tame(text);
    let columns = |character: char| character.width().unwrap_or(0);
    if text.chars().map(columns).sum::<usize>() <= width {
        return text;
    }
    let mut used = 1;
    let fits = |character: &char| {
        used += columns(*character);
        used <= width
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.truncate(short.trim_end().len());
    short + "…"
}

/// A number with its thousands set apart: 20,000.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let first = (digits.len() + 2) % 3 + 1;
    let mut text = digits[..first].to_owned();
    for at in (first..digits.len()).step_by(3) {
        text.push(',');
        text.push_str(&digits[at..at + 3]);
    }
    text
}

/// `1 report`, `2 reports`.
pub fn plural(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

/// A length in bytes as a person would say it.
pub fn size(bytes: u64) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"];
    let scale = (bytes.max(1).ilog10() / 3).min(4);
    match scale {
        0 => format!("{bytes} bytes"),
        _ => format!("{:.1} {}", bytes as f64 / 1000f64.powi(scale as i32), units[scale as usize]),
    }
}

/// The English name of a language, by its ISO 639-1 code.
pub fn language(code: &str) -> &str {
    const NAMES: &[(&str, &str)] = &[
        ("ar", "Arabic"),
        ("bg", "Bulgarian"),
        ("bn", "Bengali"),
        ("ca", "Catalan"),
        ("cs", "Czech"),
        ("da", "Danish"),
        ("de", "German"),
        ("el", "Greek"),
        ("en", "English"),
        ("es", "Spanish"),
        ("et", "Estonian"),
        ("fa", "Persian"),
        ("fi", "Finnish"),
        ("fr", "French"),
        ("he", "Hebrew"),
        ("hi", "Hindi"),
        ("hr", "Croatian"),
        ("hu", "Hungarian"),
        ("id", "Indonesian"),
        ("it", "Italian"),
        ("ja", "Japanese"),
        ("ko", "Korean"),
        ("lt", "Lithuanian"),
        ("lv", "Latvian"),
        ("mk", "Macedonian"),
        ("nb", "Norwegian"),
        ("nl", "Dutch"),
        ("no", "Norwegian"),
        ("pl", "Polish"),
        ("pt", "Portuguese"),
        ("ro", "Romanian"),
        ("ru", "Russian"),
        ("sk", "Slovak"),
        ("sl", "Slovene"),
        ("sr", "Serbian"),
        ("sv", "Swedish"),
        ("th", "Thai"),
        ("tr", "Turkish"),
        ("uk", "Ukrainian"),
        ("ur", "Urdu"),
        ("vi", "Vietnamese"),
        ("zh", "Chinese"),
    ];
    NAMES.binary_search_by_key(&code, |&(code, _)| code).map_or(code, |at| NAMES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let shown = [0, 7, 100, 1_000, 20_000, 123_456, 1_234_567].map(number);
        assert_eq!(shown, ["0", "7", "100", "1,000", "20,000", "123,456", "1,234,567"]);
    }

    #[test]
    fn sizes_are_rounded_to_a_unit() {
        assert_eq!(
            [0, 999, 1_000, 64_000_000].map(size),
            ["0 bytes", "999 bytes", "1.0 kB", "64.0 MB"]
        );
    }

    #[test]
    fn long_text_is_cut_by_columns_and_marked() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("a longer one", 8), "a longe…");
        assert_eq!(cut("警察押収コカイン", 7), "警察押…");
        assert_eq!(cut("red \u{1b}[31m alert", 40), "red  [31m alert");
    }

    #[test]
    fn languages_have_names() {
        assert_eq!(
            [language("ar"), language("es"), language("zh"), language("xx")],
            ["Arabic", "Spanish", "Chinese", "xx"]
        );
    }
}
