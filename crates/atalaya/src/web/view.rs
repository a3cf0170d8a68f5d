//! What pages are built of: the shell around them, and the parts they share.

mod facets;
mod facts;
mod judging;
pub mod marked;
mod parts;

use maud::{DOCTYPE, Markup, html};

pub use facets::{chips, facets};
pub use facts::{card, cards, fact_line, table, table_with};
pub use judging::{add_claim, correct_date, decision, judge_actor, judge_fact};
use parts::number as number_of;
pub use parts::{
    badges, country, day, downloads, grade, number, origins, outlet, pager, publisher, quoted_day,
    reports, search_box, short, total, when, when_told,
};

use super::answer::{Answer, Failure};
use super::asked::Asked;
use super::words::Lang;
use super::{App, statics};
use crate::room::Room;
use crate::store::Store;

/// A look at a page: who looks, at what, through which connection.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// What was asked.
    pub asked: &'a Asked,
    /// The room.
    pub room: &'a Room,
    /// The server.
    pub app: &'a App,
}

impl<'a> Look<'a> {
    /// The room's tables.
    pub fn store(&self) -> &'a Store {
        self.room.store()
    }

    /// Words of the interface in the visitor's language.
    pub fn say(&self, english: &'static str) -> &'static str {
        self.asked.lang.say(english)
    }

    /// The name of one of a closed set (a family, a rung), in the visitor's language.
    pub fn name(&self, word: &str) -> String {
        self.asked.lang.name(word)
    }

    /// A kind as people call it.
    pub fn kind(&self, name: &str) -> String {
        if let Some(label) = self.asked.lang.kind(name) {
            return label.to_owned();
        }
        let kind = self.app.engine.pack.kinds.by_name(name);
        kind.map_or_else(|| name.to_owned(), |kind| kind.label.clone())
    }

    /// A country as people call it, by its code.
    pub fn country(&self, code: &str) -> String {
        let gazetteer = &self.app.engine.gazetteer;
        let country = gazetteer.country(code).map(|row| gazetteer.entry(row).name.to_owned());
        country.unwrap_or_else(|| code.to_owned())
    }

    /// A time in ISO 8601-2 as people write it; none where it tells nothing that could be written.
    pub fn time(&self, edtf: &str) -> Option<String> {
        self.app.engine.times.get(self.asked.lang.code())?.told(edtf)
    }

    /// The value of a role as people write it: times in words, all else as it is.
    pub fn value(&self, value: &str) -> String {
        self.time(value).unwrap_or_else(|| value.to_owned())
    }

    /// So many of something, in the words for one and for several.
    pub fn many(&self, number: u64, one: &'static str, several: &'static str) -> String {
        let words = self.asked.lang.say(if number == 1 { one } else { several });
        format!("{} {words}", number_of(number))
    }

    /// A whole page; above it what was just decided.
    pub fn page(&self, name: &str, title: &str, main: &Markup) -> Answer {
        let done = judging::done(*self).unwrap_or_default();
        let main = html! { (done) (main) };
        Answer::html(shell(self.asked, name, title, &main)).visited(self.asked)
    }
}

impl Answer {
    /// Remembers the language that was asked for, and when the visitor was last here: a visit after
    /// half an hour is another visit.
    fn visited(self, asked: &Asked) -> Answer {
        let now = crate::room::now();
        let chosen = asked.param("lang").and_then(Lang::from_code);
        let answer = match chosen {
            Some(lang) => self.cookie("lang", lang.code()),
            None => self,
        };
        let left = asked.seen.clone().filter(|seen| longer_than_half_an_hour(seen, &now));
        let answer = match left {
            Some(left) => answer.cookie("since", &left),
            None => answer,
        };
        answer.cookie("seen", &now)
    }
}

/// Whether half an hour or more lies between two moments.
pub fn longer_than_half_an_hour(from: &str, to: &str) -> bool {
    let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
    matches!((moment(from), moment(to)), (Some(from), Some(to)) if to.duration_since(from).as_secs() >= 1800)
}

/// Where the bar at the top leads: address, words, key after `g`.
const NAV: [(&str, &str, &str); 7] = [
    ("facts", "Facts", "f"),
    ("reports", "Reports", "r"),
    ("actors", "Actors", "a"),
    ("map", "Map", "m"),
    ("timeline", "Timeline", "t"),
    ("network", "Network", "n"),
    ("brief", "Brief", "b"),
];

const LEDGERS: [(&str, &str); 9] = [
    ("commitments", "Commitments"),
    ("figures", "Figures"),
    ("positions", "Positions"),
    ("seizures", "Seizures"),
    ("allegations", "Allegations"),
    ("statements", "Statements"),
    ("contested", "Contested"),
    ("sources", "Sources"),
    ("decisions", "Decisions"),
];

/// The page around `main`.
pub fn shell(asked: &Asked, name: &str, title: &str, main: &Markup) -> Markup {
    let lang = asked.lang;
    let other = lang.other();
    html! {
        (DOCTYPE)
        html lang=(lang.code()) data-theme=[asked.theme.as_deref()] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Atalaya" }
                link rel="icon" type="image/svg+xml" href="/static/logo.svg";
                link rel="stylesheet" href=(statics::address("style.css"));
                script type="module" src=(statics::address("app.js")) {}
            }
            body data-page=(name) {
                a.skip href="#main" { (lang.say("Skip to content")) }
                header.top {
                    a.brand href="/" data-go="o" { "Atalaya" }
                    (nav(lang, name))
                    form.search role="search" action="/search" {
                        input type="search" name="q" value=[asked.param("q")] aria-label=(lang.say("Search everything"))
                            placeholder=(lang.say("Search everything"));
                        button { (lang.say("Search")) }
                    }
                    div.tools {
                        a href=(asked.with(&[("lang", Some(other.code()))])) hreflang=(other.code()) lang=(other.code())
                            rel="nofollow" title=(other.own_name()) { (other.code().to_uppercase()) }
                        button.theme data-theme-switch type="button" {}
                        button data-help type="button" aria-label=(lang.say("Keyboard shortcuts")) { "?" }
                    }
                }
                main #main tabindex="-1" { (main) }
                footer {
                    p { (lang.say("Every value leads to the words it came from. What no report says is shown as missing.")) }
                }
            }
        }
    }
}

fn nav(lang: Lang, name: &str) -> Markup {
    let current = |page: &str| (page == name).then_some("page");
    html! {
        nav aria-label=(lang.say("Pages")) {
            ul {
                @for (page, words, key) in NAV {
                    li { a href={ "/" (page) } aria-current=[current(page)] data-go=(key) { (lang.say(words)) } }
                }
                li {
                    details.menu {
                        summary { (lang.say("Ledgers")) }
                        ul {
                            @for (page, words) in LEDGERS {
                                li { a href={ "/" (page) } aria-current=[current(page)] { (lang.say(words)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The page that says why there is none.
pub fn failed(asked: &Asked, failure: &Failure) -> Answer {
    let (status, why) = failure.told();
    let title = asked.lang.say(match failure {
        Failure::Missing => "Not found",
        Failure::Refused(_) => "Refused",
        Failure::Busy(_) => "The room is busy",
        _ => "That did not work",
    });
    let main = html! {
        h1 { (title) }
        p.notice.warn role="alert" { (why) }
        p { a href="/" { (asked.lang.say("To the overview")) } }
    };
    Answer::html(shell(asked, "failed", title, &main)).status(status)
}
