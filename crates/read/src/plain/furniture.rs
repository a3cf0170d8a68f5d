//! Which parts of a text are the story and which are furniture, told by shape and place.
//!
//! Each step looks at one kind of evidence, the surest first; prose is called furniture on firm
//! evidence only, since a line too much costs less than a paragraph lost.

use std::collections::HashSet;

use crate::dates;
use crate::words::Class;

use super::layout::Part;
use super::repeats::{self, Key};
use super::signs::Sign;
use super::traits::{End, Traits};
use super::{alone, head};

/// Fewer bytes of prose than this are no story yet.
const STORY: usize = 200;

/// What the steps know of a text.
pub(super) struct Page<'a> {
    pub(super) texts: Vec<&'a str>,
    pub(super) parts: &'a [Part],
    pub(super) traits: Vec<Traits>,
    pub(super) keys: Vec<Key>,
    pub(super) furniture: Vec<bool>,
    /// The place of the headline.
    pub(super) title: Option<usize>,
}

impl<'a> Page<'a> {
    /// Looks at every part of `text` and tells the story from the furniture.
    pub(super) fn of(text: &'a str, parts: &'a [Part]) -> Page<'a> {
        let texts: Vec<&str> = parts.iter().map(|part| &text[part.span.clone()]).collect();
        let traits: Vec<Traits> = texts.iter().map(|text| Traits::of(text)).collect();
        let keys: Vec<Key> = texts.iter().map(|text| Key::of(text)).collect();
        let furniture = vec![false; parts.len()];
        let mut page = Page { texts, parts, traits, keys, furniture, title: None };
        page.alone();
        page.headers();
        page.hours();
        page.repeated();
        page.sections();
        page.title = head::title(&page);
        page.head();
        page.echoes_of_the_title();
        page.tail();
        page.middle();
        page.never_everything();
        page
    }

    /// Whether the part at `place` is prose of the story, as far as is known.
    pub(super) fn is_story_prose(&self, place: usize) -> bool {
        !self.furniture[place] && self.traits[place].is_prose()
    }

    /// Whether the part is a line that is neither prose nor bears a sign of its own.
    pub(super) fn is_bare_line(&self, place: usize) -> bool {
        let sign = self.parts[place].sign;
        matches!(sign, Sign::None | Sign::Heading) && !self.traits[place].is_prose()
    }

    /// Where the story's prose begins.
    /// A sentence alone above the headline ("Turn on our alerts.") is not yet the story.
    pub(super) fn first_prose(&self) -> Option<usize> {
        let mut prose = (0..self.parts.len()).filter(|&place| self.is_story_prose(place));
        let first = prose.next()?;
        let next = prose.next().unwrap_or(first + 1);
        let short = self.traits[first].words <= 16 && self.texts[first].ends_with('.');
        let titled = (first + 1..next).take(30).any(|place| {
            self.is_bare_line(place) && !self.furniture[place] && self.traits[place].words >= 4
        });
        let followed = self.traits.get(next).is_some_and(|look| look.words > 16);
        Some(if first == 0 && short && titled && followed { next } else { first })
    }

    fn alone(&mut self) {
        for place in 0..self.parts.len() {
            self.furniture[place] =
                alone::is_furniture(self.texts[place], self.parts[place].sign, &self.traits[place]);
        }
    }

    /// Lines such as "Published: 3 March 2025" that stand before the story.
    fn headers(&mut self) {
        for place in 0..self.parts.len().min(head::HEAD) {
            let is_header = head::header(self.texts[place]).is_some();
            if !is_header && self.is_story_prose(place) {
                break;
            }
            self.furniture[place] |= is_header;
        }
    }

    /// A date or an hour on a line of its own tells when the text was printed; where there are
    /// many, they are the headings of a chronicle.
    fn hours(&mut self) {
        let alone: Vec<usize> = (0..self.parts.len())
            .filter(|&i| self.traits[i].is_hour() && self.is_bare_line(i))
            .collect();
        if alone.len() <= 2 {
            alone.into_iter().for_each(|place| self.furniture[place] = true);
        }
    }

    /// What is printed twice stays once. A short line printed twice that is no headline (a name, a
    /// button) is furniture at both places.
    fn repeated(&mut self) {
        let repeats = repeats::find(&self.texts, &self.keys, &self.traits);
        for (place, same_as) in repeats.same_as.into_iter().enumerate() {
            let look = &self.traits[place];
            self.furniture[place] |= repeats.partial[place];
            let Some(first) = same_as else { continue };
            let shouted = |text: &str| !text.contains(char::is_lowercase);
            if shouted(self.texts[first]) && !shouted(self.texts[place]) && !self.furniture[place] {
                // Of a title in capitals and the same as it is written, the latter stays.
                self.furniture[first] = true;
                continue;
            }
            let spoken = look.end == End::Open || (look.end == End::Stop && look.words < 6);
            if self.parts[place].sign == Sign::Row || (spoken && !self.furniture[first]) {
                continue;
            }
            self.furniture[place] = true;
            let named = look.words <= 2 || (look.words == 3 && look.all_capitals);
            if named && first > 0 && !look.is_prose() {
                self.furniture[first] = true;
            }
        }
    }

    /// Comments, and boxes of other stories: a line that announces them, and what follows.
    fn sections(&mut self) {
        let mut told = vec![0];
        for place in 0..self.parts.len() {
            let tells = self.is_story_prose(place) && self.traits[place].words > 12;
            let prose = if tells { self.texts[place].len() } else { 0 };
            told.push(told[place] + prose);
        }
        let mut place = 0;
        while place < self.parts.len() {
            let end = match self.announces(place) {
                Some(Class::Comments) => self.comments_end(place, &told),
                Some(_) => self.box_end(place),
                None => place + 1,
            };
            if end > place + 1 {
                self.furniture[place..end].fill(true);
            }
            place = end.max(place + 1);
        }
    }

    /// The class of a line that says what comes next and nothing else.
    fn announces(&self, place: usize) -> Option<Class> {
        let look = &self.traits[place];
        let class = [Class::Comments, Class::Related].into_iter().find(|&class| look.has(class))?;
        let others = look.words.saturating_sub(look.covered);
        let alone = others == 0 || (look.opens == Some(class) && others <= 3);
        (self.furniture[place] && self.is_bare_line(place) && look.words <= 7 && alone)
            .then_some(class)
    }

    /// Where the comments that begin at `marker` end: at the text's end, if what follows is broken
    /// up as comments are or the story has been told; else at once. `told` holds how many bytes of
    /// prose stand before each part.
    fn comments_end(&self, marker: usize, told: &[usize]) -> usize {
        let (before, all) = (told[marker], told[self.parts.len()]);
        // Above the story stands the number of comments, not the comments.
        if before < STORY {
            return marker + 1;
        }
        if before >= all - before || self.is_broken_up(marker + 1) {
            return self.parts.len();
        }
        marker + 1
    }

    /// Whether what follows is a change of names, hours and short texts.
    fn is_broken_up(&self, start: usize) -> bool {
        let rest = start..self.parts.len().min(start + 200);
        let lines = rest.clone().filter(|&i| self.is_bare_line(i)).count();
        let stamps = rest.clone().filter(|&i| self.furniture[i] && self.is_bare_line(i)).count();
        lines * 4 >= rest.len() && stamps * 5 >= rest.len()
    }

    /// Where a box of other stories that begins at `marker` ends: at the first prose that is not
    /// the teaser of a headline.
    fn box_end(&self, marker: usize) -> usize {
        let goes_on = |place: usize| {
            self.is_story_prose(place) && !self.is_cut(place) && !self.is_among_lines(place)
        };
        let ends = |&place: &usize| goes_on(place) || self.announces(place).is_some();
        let end = (marker + 1..self.parts.len()).find(ends).unwrap_or(self.parts.len());
        if end == self.parts.len() || !goes_on(end) {
            return end;
        }
        if self.is_teasers_alone(end) {
            return self.parts.len();
        }
        // The line just before the prose that goes on may be its heading.
        if end > marker + 2 && self.leads_into(end - 1) { end - 1 } else { end }
    }

    /// Whether the part breaks off with a sign that there is more elsewhere.
    fn is_cut(&self, place: usize) -> bool {
        self.keys[place].is_cut() && !self.traits[place].quoted
    }

    /// Whether this is one short sentence between lines that are none: a headline in a list of
    /// headlines that ends in a quotation or a question.
    fn is_among_lines(&self, place: usize) -> bool {
        let line = |i: usize| i < self.parts.len() && !self.traits[i].is_prose();
        let before = place > 0 && line(place - 1);
        let listed = line(place + 1) || (place > 1 && line(place - 2));
        let end = self.texts[place].ends_with(['?', '!', '\'', '’', '"', '”']);
        let look = &self.traits[place];
        let short = look.words <= if look.is_title_case() { 16 } else { 10 };
        short && end && !look.quoted && before && listed
    }

    /// Whether from here to the end a headline stands before every paragraph, as a list of other
    /// stories with their leads has it.
    fn is_teasers_alone(&self, place: usize) -> bool {
        let prose: Vec<usize> = (place..self.parts.len())
            .filter(|&i| self.is_story_prose(i) && !self.is_cut(i))
            .take(30)
            .collect();
        (3..30).contains(&prose.len())
            && prose.iter().all(|&i| self.is_bare_line(i - 1) && !self.furniture[i - 1])
    }

    /// Whether the line at `place` speaks of what the prose after it speaks of.
    pub(super) fn leads_into(&self, place: usize) -> bool {
        let near = place + 1..(place + 9).min(self.parts.len());
        let next = near.clone().find(|&i| self.traits[i].is_prose());
        next.is_some_and(|next| self.kinship(place, next..(next + 3).min(self.parts.len())) >= 0.34)
    }

    /// How many of a line's long words stand in the prose of `range`, as a share.
    pub(super) fn kinship(&self, place: usize, range: std::ops::Range<usize>) -> f32 {
        let told: HashSet<String> = range
            .filter(|&i| i != place && self.is_story_prose(i))
            .flat_map(|i| self.keys[i].words().filter_map(stem).collect::<Vec<_>>())
            .collect();
        let words: Vec<String> = self.keys[place].words().filter_map(stem).collect();
        if words.is_empty() {
            return 0.0;
        }
        words.iter().filter(|word| told.contains(*word)).count() as f32 / words.len() as f32
    }

    /// Before the first prose: menus, section names, bylines. The title stays, and a line of some
    /// length behind it that speaks of the story.
    fn head(&mut self) {
        let Some(body) = self.first_prose() else { return };
        for place in 0..body {
            if self.furniture[place] || Some(place) == self.title || !self.is_bare_line(place) {
                continue;
            }
            let behind = self.title.is_some_and(|title| title < place);
            let long = self.traits[place].words >= 5;
            let kin = behind && self.traits[place].words >= 2 && self.leads_into(place);
            let deck = behind && long && !self.traits[place].is_title_case();
            self.furniture[place] = self.is_place_and_date(place) || !(kin || deck);
        }
    }

    /// A date with a place before it, and nothing else: "Quito, 3 de marzo de 2025".
    pub(super) fn is_place_and_date(&self, place: usize) -> bool {
        let look = &self.traits[place];
        look.dated
            && look.words <= look.covered + 3
            && dates::find(self.texts[place]).first().is_some_and(|date| {
                let (before, after) =
                    (&self.texts[place][..date.span.start], &self.texts[place][date.span.end..]);
                before.trim_end().ends_with(',') && !after.contains(char::is_alphanumeric)
            })
    }

    /// The title again with the site's name, or in a trail of links.
    fn echoes_of_the_title(&mut self) {
        let Some(title) = self.title else { return };
        let words: HashSet<&str> = self.keys[title].words().collect();
        if words.len() < 3 {
            return;
        }
        for place in (0..self.parts.len()).filter(|&place| place != title) {
            if !self.is_bare_line(place) {
                continue;
            }
            let own: HashSet<&str> = self.keys[place].words().collect();
            let both = own.intersection(&words).count();
            let (all, smaller) = (own.union(&words).count(), own.len().min(words.len()));
            if both * 10 >= all * 7 || (both * 10 >= smaller * 9 && smaller >= 4) {
                self.furniture[place] = true;
            }
        }
    }

    /// Behind the last prose no story has headings or short lines left.
    fn tail(&mut self) {
        self.closing_prose();
        // Short items may be headlines with a bullet each; long ones are paragraphs with a number.
        let told = |i: usize| self.parts[i].sign != Sign::Item || self.traits[i].words >= 20;
        let prose = |&i: &usize| self.is_story_prose(i) && told(i);
        let Some(last) = (0..self.parts.len()).rev().find(prose) else { return };
        let opens_list = self.traits[last].end == End::Open;
        let mut in_list = true;
        for place in last + 1..self.parts.len() {
            let listed = matches!(self.parts[place].sign, Sign::Item | Sign::Row | Sign::Quote);
            in_list &= listed || opens_list || self.texts[place].ends_with(':');
            let headline = self.traits[place].is_title_case() && self.traits[place].words >= 4;
            let said = self.texts[place].ends_with('.') && place == last + 1 && !headline;
            self.furniture[place] |= !(in_list || said) || (headline && !opens_list);
        }
    }

    /// Prose at the very end that is cut short, or tells of the author.
    fn closing_prose(&mut self) {
        let author = head::byline(self).map(|name| Key::of(&name));
        let author: Vec<String> =
            author.iter().flat_map(|key| key.words().map(str::to_owned)).take(4).collect();
        let first = self.first_prose();
        for place in (0..self.parts.len()).rev() {
            if self.furniture[place] || !self.traits[place].is_prose() {
                continue;
            }
            let of_author = author.len() >= 2
                && author
                    .iter()
                    .map(String::as_str)
                    .eq(self.keys[place].words().take(author.len()));
            let listed = self.is_among_lines(place);
            if !(of_author || listed || self.is_cut(place)) || first == Some(place) {
                break;
            }
            self.furniture[place] = true;
        }
    }

    /// Between prose: one line is a heading, three in a row are other stories' headlines.
    fn middle(&mut self) {
        let Some(body) = self.first_prose() else { return };
        let Some(last) = (0..self.parts.len()).rev().find(|&i| self.is_story_prose(i)) else {
            return;
        };
        let mut place = body + 1;
        while place < last {
            if !self.is_loose(place) {
                place += 1;
                continue;
            }
            let end = (place..last).find(|&i| !self.is_loose(i)).unwrap_or(last);
            let listed = self.traits[place - 1].end == End::Open && !self.furniture[place - 1];
            let strangers = end - place >= 3 && !listed;
            for line in place..end {
                let signed = self.parts[line].sign == Sign::Heading;
                let heads = line + 1 == end && self.leads_into(line);
                self.furniture[line] |= strangers && !signed && !heads;
            }
            if end == place + 1 {
                self.furniture[place] |= self.is_strange_headline(place, listed);
            }
            place = end;
        }
    }

    fn is_loose(&self, place: usize) -> bool {
        self.is_bare_line(place) && !self.furniture[place] && Some(place) != self.title
    }

    /// One headline of another story between two paragraphs: long, in title case, and about nothing
    /// that is told here.
    fn is_strange_headline(&self, place: usize, listed: bool) -> bool {
        let look = &self.traits[place];
        !listed
            && self.parts[place].sign == Sign::None
            && look.is_title_case()
            && look.words >= 6
            && self.kinship(place, place.saturating_sub(6)..(place + 7).min(self.parts.len())) < 0.2
    }

    /// A text of short lines alone is no page's furniture: it is all there is.
    fn never_everything(&mut self) {
        let shown: usize = self.texts.iter().map(|text| text.len()).sum();
        let kept = |page: &Page<'_>| -> usize {
            (0..page.parts.len()).filter(|&i| !page.furniture[i]).map(|i| page.texts[i].len()).sum()
        };
        if kept(self) > 0 || shown == 0 {
            return;
        }
        for place in 0..self.parts.len() {
            self.furniture[place] =
                alone::is_furniture(self.texts[place], self.parts[place].sign, &self.traits[place]);
        }
        if kept(self) == 0 {
            self.furniture.fill(false);
        }
    }
}

/// A long word's first letters, so that its forms are one.
fn stem(word: &str) -> Option<String> {
    (word.chars().count() >= 4).then(|| word.chars().take(5).collect())
}
