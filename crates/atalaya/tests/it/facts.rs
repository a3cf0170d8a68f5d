//! What reports tell together: one fact of several tellings, counted by origin, judged by a person.

use serde_json::Value;

use super::Desk;

/// A page as outlets publish them.
fn page(outlet: &str, day: &str, title: &str, paragraphs: &[&str]) -> String {
    let story: String = paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{title}</title>\
         <meta property=\"og:site_name\" content=\"{outlet}\">\
         <meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"article:published_time\" content=\"{day}T09:00:00Z\"></head>\
         <body><article><h1>{title}</h1>\n{story}</article></body></html>"
    )
}

const SEIZED: [&str; 4] = [
    "Ecuadorian police seized 320 kilos of cocaine in Machala on 4 March 2025, hidden in a load of shrimp.",
    "Officers had followed the lorry from a farm outside the town, where neighbours had long complained of the noise.",
    "The driver ran into a field of bananas and was not found before dark, although a helicopter searched for him.",
    "It was the third such load this year, and the port's manager said that he would buy a second scanner.",
];

fn seizures(desk: &Desk) {
    let copy = [SEIZED[0], SEIZED[1], SEIZED[3]];
    let own = [
        "Police in Machala found 320 kilos of cocaine on March 4, 2025 beneath frozen shrimp.",
        "A dog named Tambo sat down in front of the lorry and would not be moved, its handler told this paper.",
    ];
    desk.write(
        "in/a.html",
        page("El Oro Daily", "2025-03-05", "Shrimp lorry held a fortune", &SEIZED),
    );
    desk.write("in/b.html", page("Coast Wire", "2025-03-06", "Cocaine under the ice", &copy));
    desk.write("in/c.html", page("Machala Post", "2025-03-05", "Tambo does it again", &own));
    assert_eq!(desk.run(&["add", "in"]).code, Some(0));
}

/// The one fact of a kind that most reports tell.
fn fact(desk: &Desk, kind: &str) -> Value {
    let facts = desk.json(&["export", "facts", "--kind", kind]);
    let reports = |fact: &Value| fact["reports"].as_u64().unwrap();
    facts.iter().max_by_key(|fact| reports(fact)).unwrap_or_else(|| panic!("no {kind}")).clone()
}

fn role<'v>(fact: &'v Value, role: &str) -> &'v Value {
    let mut roles = fact["roles"].as_array().unwrap().iter();
    roles.find(|value| value["role"] == role).unwrap_or_else(|| panic!("no {role} in {fact:#}"))
}

/// All that is fused, whatever the rows are numbered.
pub fn fused(desk: &Desk, room: &str) -> Vec<String> {
    let db = rusqlite::Connection::open(desk.path(room)).unwrap();
    let mut all = Vec::new();
    for sql in [
        "SELECT id, actor FROM actors ORDER BY id",
        "SELECT id, fact FROM facts ORDER BY id",
        "SELECT fact, other, relation, reasons FROM links ORDER BY fact, other, relation",
        "SELECT id, series FROM series ORDER BY id",
        "SELECT id, ladder FROM ladders ORDER BY id",
        "SELECT name, origin FROM origins JOIN reports ON id = report ORDER BY name",
        "SELECT name, not_before, not_after, reasons FROM bounds JOIN reports ON id = report ORDER BY name",
        "SELECT a, b, verdict, reasons FROM judgements ORDER BY a, b, verdict, reasons",
    ] {
        let mut statement = db.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let cells = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
            Ok(cells.collect::<Vec<_>>().join(" "))
        });
        all.extend(rows.unwrap().map(Result::unwrap));
    }
    all
}

#[test]
fn copies_count_once_and_an_account_of_its_own_confirms() {
    let desk = Desk::new();
    seizures(&desk);
    let fact = fact(&desk, "seize");
    assert_eq!((&fact["reports"], &fact["origins"]), (&3.into(), &2.into()), "{fact:#}");
    assert_eq!(fact["credibility"], 2);
    assert_eq!(role(&fact, "where")["value"], "Machala");
    let did: Vec<&str> = fact["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["what"].as_str().unwrap())
        .collect();
    assert_eq!(did, ["told", "confirmed", "repeated"]);
    let shown = desk.run(&["fact", &fact["id"].as_str().unwrap()[..8]]).out;
    assert!(shown.contains("beneath frozen shrimp") && shown.contains("Coast Wire"), "{shown}");
}

#[test]
fn a_rating_counts_and_can_be_taken_back() {
    let desk = Desk::new();
    seizures(&desk);
    assert_eq!(desk.run(&["source", "rate", "Machala Post", "b"]).code, Some(0));
    assert_eq!(fact(&desk, "seize")["credibility"], 1);
    assert_eq!(desk.run(&["rebuild"]).code, Some(0));
    assert_eq!(fact(&desk, "seize")["credibility"], 1, "a rating is ground");
    assert!(desk.run(&["undo"]).out.contains("Machala Post is rated B"));
    assert_eq!(fact(&desk, "seize")["credibility"], 2);
    assert!(desk.run(&["undo"]).out.contains("nothing to take back"));
}

#[test]
fn what_a_person_decides_outlives_a_rebuild() {
    let desk = Desk::new();
    seizures(&desk);
    let before = fact(&desk, "seize");
    let claims: Vec<&str> =
        before["claims"].as_array().unwrap().iter().map(|claim| claim.as_str().unwrap()).collect();
    let run = desk.run(&["judge", "split", before["id"].as_str().unwrap(), claims[0]]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(fact(&desk, "seize")["claims"].as_array().unwrap().len(), claims.len() - 1);
    assert_eq!(desk.run(&["rebuild"]).code, Some(0));
    assert_eq!(fact(&desk, "seize")["claims"].as_array().unwrap().len(), claims.len() - 1);
    assert_eq!(desk.run(&["undo"]).code, Some(0));
    assert_eq!(fact(&desk, "seize")["claims"], before["claims"]);
    assert_eq!(desk.run(&["judge", "reject", claims[1]]).code, Some(0));
    let left = fact(&desk, "seize");
    assert!(!left["claims"].as_array().unwrap().contains(&claims[1].into()), "{left:#}");
    assert_eq!(desk.run(&["judge", "correct", claims[0], "where", "El Guabo"]).code, Some(0));
    let corrected = fact(&desk, "seize");
    assert_eq!(role(&corrected, "where")["value"], "El Guabo");
    assert_eq!(role(&corrected, "where")["corrected"], true);
    let list = desk.run(&["judge", "list"]).out;
    assert_eq!(list.lines().count(), 3 + claims.len() - 2);
    assert!(!list.contains("no longer there"), "{list}");
    assert_eq!(desk.run(&["remove", "in/a.html", "--yes"]).code, Some(0));
    assert_eq!(desk.run(&["remove", "in/c.html", "--yes"]).code, Some(0));
    let list = desk.run(&["judge", "list"]).out;
    assert!(list.contains("no longer there"), "an act without its words is told: {list}");
}

#[test]
fn any_order_any_threads_and_a_rebuild_give_the_same() {
    let desk = Desk::new();
    let run = |args: &[&str], threads: &str| {
        let output = desk.command(args).env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    run(&["demo", "--room", "all.atalaya"], "1");
    run(&["demo", "--room", "eight.atalaya"], "8");
    let whole = fused(&desk, "all.atalaya");
    assert!(whole.len() > 500, "{}", whole.len());
    assert!(whole == fused(&desk, "eight.atalaya"), "threads");
    // The newest first, one by one.
    let sources: Vec<String> = desk
        .json(&["reports", "--json", "--room", "all.atalaya"])
        .iter()
        .rev()
        .map(|report| report["source"].as_str().unwrap().to_owned())
        .collect();
    let demo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    for source in &sources {
        let text = std::fs::read(demo.parent().unwrap().join(source)).unwrap();
        desk.write(source, text);
        run(&["add", source, "--room", "backward.atalaya"], "2");
    }
    assert!(whole == fused(&desk, "backward.atalaya"), "order");
    run(&["rebuild", "--room", "all.atalaya"], "2");
    assert!(whole == fused(&desk, "all.atalaya"), "rebuild");
}

#[test]
fn a_meeting_planned_and_held_are_two_facts_that_are_linked() {
    let desk = Desk::new();
    let before = [
        "Ecuadorian President Elena Marquez is set to meet French President Luc Moreau in Lisbon on 12 May 2025.",
    ];
    let after = [
        "Marquez met French President Luc Moreau in Lisbon on 12 May 2025.",
        "Elena Marquez, Ecuador's president, said little.",
    ];
    desk.write(
        "in/before.html",
        page("Quito Sun", "2025-05-02", "Marquez flies to Lisbon", &before),
    );
    desk.write("in/after.html", page("Lisbon Echo", "2025-05-13", "An hour in Lisbon", &after));
    assert_eq!(desk.run(&["add", "in"]).code, Some(0));
    let facts = desk.json(&["export", "facts", "--kind", "meet"]);
    let held = facts.iter().find(|fact| fact["realis"] == "happened").unwrap();
    let planned = facts.iter().find(|fact| fact["realis"] == "planned").unwrap();
    let links = planned["links"].as_array().unwrap();
    let link = links.iter().find(|link| link["fact"] == held["id"]);
    assert_eq!(link.unwrap()["relation"], "carried-out", "{planned:#}");
    let people = desk.json(&["actors", "--sort", "person", "--json"]);
    let names: Vec<&str> = people.iter().map(|person| person["name"].as_str().unwrap()).collect();
    assert_eq!(names.iter().filter(|name| name.contains("Marquez")).count(), 1, "{names:?}");
    assert!(desk.run(&["contested"]).out.contains("nothing is contested"));
}

#[test]
fn two_of_one_surname_stay_two_and_a_short_name_needs_more_than_itself() {
    let desk = Desk::new();
    let one = [
        "Colonel Rosa Andrade arrested four smugglers in Esmeraldas, Ecuador, on Monday.",
        "Andrade thanked the fishermen.",
    ];
    let two = ["Bishop Tomas Andrade met the families in Esmeraldas, Ecuador, on Friday."];
    let three = ["Andrade spoke for an hour in Esmeraldas, Ecuador, and nobody clapped."];
    desk.write("in/1.html", page("A", "2025-05-02", "Four held at dawn", &one));
    desk.write("in/2.html", page("B", "2025-05-03", "A visit to the coast", &two));
    desk.write("in/3.html", page("C", "2025-05-04", "A long speech", &three));
    assert_eq!(desk.run(&["add", "in"]).code, Some(0));
    let people = desk.json(&["export", "actors"]);
    let named = |name: &str| {
        let found = people.iter().find(|person| person["name"] == name);
        found.unwrap_or_else(|| panic!("no {name}")).clone()
    };
    assert_eq!(named("Rosa Andrade")["mentions"].as_array().unwrap().len(), 2);
    assert_eq!(named("Tomas Andrade")["mentions"].as_array().unwrap().len(), 1);
    assert_eq!(named("Andrade")["mentions"].as_array().unwrap().len(), 1, "whose, nobody knows");
    assert_eq!(
        desk.run(&["judge", "same", "Andrade", "Rosa Andrade"]).code,
        Some(1),
        "it is ambiguous"
    );
    let id = |name: &str| named(name)["id"].as_str().unwrap()[..8].to_owned();
    let run = desk.run(&["judge", "same", &id("Andrade"), &id("Tomas Andrade")]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let people = desk.json(&["export", "actors"]);
    let bishop = people.iter().find(|person| person["name"] == "Tomas Andrade").unwrap();
    assert_eq!(bishop["mentions"].as_array().unwrap().len(), 2);
}

#[test]
fn every_sentence_of_the_brief_rests_on_a_passage() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["demo"]).code, Some(0));
    let brief = desk.run(&["brief", "--room", "demo.atalaya"]);
    assert_eq!(brief.code, Some(0), "{}", brief.err);
    let notes = brief.out.matches("<a id=\"note-").count();
    let sentences: Vec<&str> = brief.out.lines().filter(|line| line.starts_with("- ")).collect();
    assert!(sentences.len() > 30 && notes > 30, "{} {notes}", sentences.len());
    for sentence in sentences {
        assert!(sentence.ends_with(')') && sentence.contains("](#note-"), "{sentence}");
    }
    assert_eq!(brief.out, desk.run(&["brief", "--room", "demo.atalaya"]).out);
    let texts: Vec<String> = desk
        .json(&["brief", "--json", "--about", "Manta", "--room", "demo.atalaya"])
        .remove(0)["sections"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|section| section["lines"].as_array().unwrap().clone())
        .map(|line| line["text"].as_str().unwrap().to_owned())
        .collect();
    assert!(!texts.is_empty() && texts.iter().all(|text| !text.contains("Los Garúa")), "{texts:?}");
    let none = desk.run(&["brief", "--about", "Xanadu", "--room", "demo.atalaya"]);
    assert!(none.err.contains("no report speaks of Xanadu"), "{}", none.err);
    let page = desk.run(&["brief", "--html", "--room", "demo.atalaya"]).out;
    assert!(page.starts_with("<!doctype html>") && !page.contains("<script"));
}

#[test]
fn what_came_since_is_told_apart_from_what_was_there() {
    let desk = Desk::new();
    seizures(&desk);
    assert!(desk.run(&["changes", "--since", "2999-01-01"]).out.contains("nothing has changed"));
    assert_eq!(desk.run(&["changes", "--since", "yesterday"]).code, Some(2), "no guessing");
    let changes = desk.json(&["changes", "--since", "2000-01-01T00:00:00+02:00", "--json"]);
    assert!(changes.iter().any(|change| change["what"] == "confirmed"), "{changes:?}");
}

#[test]
fn a_claim_of_ones_own_joins_what_others_tell() {
    let desk = Desk::new();
    seizures(&desk);
    let note = [
        "A customs note dated 4 March 2025 speaks of the 320 kilos of cocaine in Machala and of nothing else.",
    ];
    desk.write("in/d.html", page("Harbour Notes", "2025-03-07", "A short note", &note));
    assert_eq!(desk.run(&["add", "in"]).code, Some(0));
    let before = fact(&desk, "seize")["reports"].as_u64().unwrap();
    let add = |words: &str| {
        let mut args = vec!["judge", "add", "in/d.html", "--kind", "seize", "--words", words];
        args.extend(["--role", "goods=320 kilos of cocaine", "--role", "where=Machala"]);
        desk.run(&args)
    };
    assert!(add("these words are not there").err.contains("do not stand in"));
    let run = add("speaks of the 320 kilos");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(fact(&desk, "seize")["reports"], before + 1);
    assert_eq!(desk.run(&["rebuild"]).code, Some(0));
    let joined = fact(&desk, "seize");
    assert_eq!(joined["reports"], before + 1);
    let shown = desk.run(&["fact", joined["id"].as_str().unwrap()]).out;
    assert!(
        shown.contains("Harbour Notes") && shown.contains("speaks of the 320 kilos"),
        "{shown}"
    );
    assert_eq!(desk.run(&["undo"]).code, Some(0));
    assert_eq!(fact(&desk, "seize")["reports"], before);
}

fn reports_of(story: &Value) -> u64 {
    story["reports"].as_array().unwrap().len() as u64
}

#[test]
fn stories_list_what_several_reports_are_about_with_their_origins() {
    let desk = Desk::new();
    seizures(&desk);
    let quake = [
        "A magnitude 6.1 earthquake shook the islands of Vanuatu on 2 June 2025, and 340 houses in Luganville fell.",
        "The geologist Marie Tabi said that the shaking lasted eleven seconds.",
    ];
    let again = [
        "Marie Tabi, a geologist in Luganville, counted eleven seconds of shaking; 340 houses fell in the quake of magnitude 6.1.",
    ];
    desk.write("in/q1.html", page("Port Vila Daily", "2025-06-03", "Quake in Luganville", &quake));
    desk.write(
        "in/q2.html",
        page("Reef Radio", "2025-06-04", "Luganville after the earthquake", &again),
    );
    // The like of it, much later.
    desk.write(
        "in/q3.html",
        page("Reef Radio", "2025-11-20", "Luganville after the earthquake", &quake),
    );
    assert_eq!(desk.run(&["add", "in"]).code, Some(0));
    let stories = desk.json(&["stories", "--json"]);
    let of = |source: &str| {
        let told = |story: &&Value| {
            let reports = story["reports"].as_array().unwrap();
            reports.iter().any(|report| report["source"] == source)
        };
        stories.iter().find(told).unwrap_or_else(|| panic!("{source} in {stories:#?}"))
    };
    let (seized, quake) = (of("in/a.html"), of("in/q1.html"));
    assert!(seized["origins"].as_u64() < Some(reports_of(seized)), "{seized:#}");
    let reports = seized["reports"].as_array().unwrap();
    assert!(reports.iter().any(|report| report["source"] == "in/b.html"), "a copy: {seized:#}");
    let fact = fact(&desk, "seize");
    let alike =
        seized["facts"].as_array().unwrap().iter().find(|alike| alike["fact"] == fact["id"]);
    assert_eq!(alike.unwrap()["reports"], reports.len(), "{seized:#}");
    assert_eq!((&quake["first"], &quake["last"]), (&"2025-06-03".into(), &"2025-06-04".into()));
    assert_eq!(quake["reports"].as_array().unwrap().len(), 2, "{quake:#}");
    let shown = desk.run(&["stories"]).out;
    assert!(shown.contains("2 reports, 2 origins · 2025-06-03 – 2025-06-04"), "{shown}");
    assert!(desk.run(&["stories", "--reports", "9"]).out.contains("no two reports"));
}
