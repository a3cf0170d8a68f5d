//! The signs that open a line: headings, list items, quotations, rows of a table, rules.

/// What a line's own signs say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Nothing: words alone.
    None,
    /// Markdown's `#`, or a line underlined.
    Heading,
    /// A bullet or a number.
    Item,
    /// `>`.
    Quote,
    /// Cells side by side.
    Row,
    /// A line drawn with signs.
    Rule,
}

/// The sign of a line without white space at its ends, and how many bytes stand before its words.
pub(super) fn of(line: &str, markdown: bool) -> (Sign, usize) {
    if !line.chars().any(char::is_alphanumeric) && line.chars().nth(2).is_some() {
        return (Sign::Rule, 0);
    }
    if is_row(line) {
        return (Sign::Row, 0);
    }
    if markdown && crate::sniff::is_heading_line(line) {
        return (Sign::Heading, behind(line, line.bytes().take_while(|&b| b == b'#').count()));
    }
    if line.starts_with('>') && (markdown || line[1..].starts_with([' ', '>'])) {
        let signs = line.bytes().take_while(|&byte| byte == b'>' || byte == b' ').count();
        return (Sign::Quote, signs);
    }
    match bullet(line).or_else(|| number(line)) {
        Some(words) => (Sign::Item, words),
        None => (Sign::None, 0),
    }
}

/// `at`, moved behind the white space that follows.
fn behind(line: &str, at: usize) -> usize {
    line.len() - line[at..].trim_start().len()
}

/// Where the words behind a bullet begin.
fn bullet(line: &str) -> Option<usize> {
    let sign = line.chars().next().filter(|c| "-*+•◦‣▪●○■·–".contains(*c))?;
    let rest = &line[sign.len_utf8()..];
    let firm = !"-*+·–".contains(sign);
    (rest.starts_with(char::is_whitespace) || firm)
        .then(|| behind(line, sign.len_utf8()))
        .filter(|&at| line[at..].chars().any(char::is_alphanumeric))
}

/// Where the words behind `1.`, `2)`, `(3)` or `a)` begin.
fn number(line: &str) -> Option<usize> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let opened = line.len() - inner.len();
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    // "(c)" stands for copyright.
    let letter = !(opened == 1 && inner.starts_with('c'))
        && inner.starts_with(|c: char| c.is_ascii_lowercase())
        && inner[1..].starts_with(')');
    let length = if letter { 1 } else { digits };
    let closes: &[char] = if opened == 1 || letter { &[')'] } else { &['.', ')'] };
    let rest = inner.get(length..)?;
    ((1..=3).contains(&length) && rest.starts_with(closes) && rest[1..].starts_with([' ', '\t']))
        .then(|| behind(line, opened + length + 1))
}

/// Whether a line is a row of a table: cells divided by tabs, by bars at both ends, or by wide gaps.
fn is_row(line: &str) -> bool {
    if line.contains('\t') {
        return line.split('\t').filter(|cell| !cell.trim().is_empty()).count() > 1;
    }
    if line.starts_with('|') && line.ends_with('|') && line.len() > 2 {
        return true;
    }
    line.contains("   ") && line.split("   ").filter(|cell| !cell.trim().is_empty()).count() > 2
}
