//! The same bytes, moved bytes and changed bytes.

use super::{Desk, story};

#[test]
fn the_same_bytes_add_nothing() {
    let desk = Desk::new();
    desk.write("a.txt", story(1));
    desk.json(&["add", "a.txt", "--json"]);
    let again = &desk.json(&["add", "a.txt", "--json"])[0];
    assert_eq!((&again["added"], &again["already_there"]), (&0.into(), &1.into()));
    let report = &desk.json(&["show", "a.txt", "--json"])[0];
    assert_eq!(report["locations"].as_array().unwrap().len(), 1);
}

#[test]
fn the_same_bytes_elsewhere_add_a_location() {
    let desk = Desk::new();
    desk.write("a.txt", story(1));
    desk.write("b/copy.txt", story(1));
    let added = &desk.json(&["add", "a.txt", "b", "--json"])[0];
    assert_eq!((&added["added"], &added["other_places"]), (&1.into(), &1.into()));
    let reports = desk.json(&["reports", "--json"]);
    assert_eq!(reports.len(), 1);
    let report = &desk.json(&["show", "b/copy.txt", "--json"])[0];
    assert_eq!(report["id"], reports[0]["id"]);
    assert_eq!(report["locations"].as_array().unwrap().len(), 2);
}

#[test]
fn a_changed_file_is_a_new_version_and_only_the_newest_counts() {
    let desk = Desk::new();
    desk.write("a.txt", story(1));
    desk.json(&["add", "a.txt", "--json"]);
    let old = desk.json(&["show", "a.txt", "--json"])[0]["id"].clone();
    desk.write("a.txt", story(2));
    let added = &desk.json(&["add", "a.txt", "--json"])[0];
    assert_eq!(added["new_versions"], 1);

    let report = &desk.json(&["show", "a.txt", "--json"])[0];
    assert_eq!(report["locations"][0]["replaces"], old);
    assert_eq!(desk.json(&["reports", "--json"]).len(), 1);
    assert_eq!(desk.json(&["reports", "--json", "--all"]).len(), 2);
    assert_eq!(desk.json(&["search", "\"number 1\"", "--json"]).len(), 0);
    assert_eq!(desk.json(&["search", "\"number 2\"", "--json"]).len(), 1);

    // The file is put back: the first version is the newest again.
    desk.write("a.txt", story(1));
    assert_eq!(desk.json(&["add", "a.txt", "--json"])[0]["new_versions"], 1);
    assert_eq!(desk.json(&["reports", "--json"])[0]["id"], old);
    assert_eq!(desk.json(&["search", "\"number 1\"", "--json"]).len(), 1);
}

#[test]
fn a_changed_copy_leaves_the_other_copy_counted() {
    let desk = Desk::new();
    desk.write("a.txt", story(1));
    desk.write("b.txt", story(1));
    desk.json(&["add", "a.txt", "b.txt", "--json"]);
    desk.write("a.txt", story(2));
    desk.json(&["add", "a.txt", "--json"]);
    assert_eq!(desk.json(&["reports", "--json"]).len(), 2);
}

#[test]
fn removing_a_version_brings_back_the_one_before() {
    let desk = Desk::new();
    for number in 1..4 {
        desk.write("a.txt", story(number));
        desk.json(&["add", "a.txt", "--json"]);
    }
    desk.run(&["remove", "a.txt", "--yes"]);
    let report = &desk.json(&["show", "a.txt", "--json"])[0];
    assert!(report["text"].as_str().unwrap().contains("boat number 2"));
    assert_eq!(desk.json(&["search", "\"number 2\"", "--json"]).len(), 1);
}

#[test]
fn a_name_is_the_same_from_wherever_the_command_is_run() {
    let desk = Desk::new();
    desk.write("below/a.txt", story(1));
    desk.json(&["add", "below", "--json"]);
    let mut elsewhere = desk.command(&["add", "a.txt", "--room", "../room.atalaya", "--json"]);
    let output = elsewhere.current_dir(desk.path("below")).output().unwrap();
    let added: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(added["already_there"], 1);
}

#[test]
fn a_page_that_names_its_address_replaces_its_older_copy() {
    let page = |words: &str| {
        format!(
            "<!doctype html><html lang=en><head><title>Pier opens</title>\
             <link rel=canonical href=https://news.example/pier></head><body><article><h1>Pier opens</h1>\
             <p>{words}</p><p>The harbour master said that ships of up to two hundred metres could moor there \
             from next week, and that the old pier would be closed for repairs until the summer.</p>\
             </article></body></html>"
        )
    };
    let desk = Desk::new();
    desk.write(
        "monday.html",
        page("The new pier of Puerto Claro opened on Monday, officials of the port said."),
    );
    desk.json(&["add", "monday.html", "--json"]);
    desk.write("friday.html", page("The new pier of Puerto Claro opened on Tuesday, officials of the port said; an earlier version gave another day."));
    assert_eq!(desk.json(&["add", "friday.html", "--json"])[0]["new_versions"], 1);
    let reports = desk.json(&["reports", "--json"]);
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0]["source"], "friday.html");
}
