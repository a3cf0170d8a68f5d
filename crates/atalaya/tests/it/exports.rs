//! What leaves the room: every format, what did not fit and why, and a table of the user's beside it.

use serde_json::Value;

use super::Desk;

const BOMB: &str = "A car bomb killed four civilians in Machala on 4 March 2025, and the police said that they were \
looking for the driver who had left it there.\n\nPolice arrested two men in Durán on 3 March 2025. The officers had \
followed them from a farm outside the town, where neighbours had long complained of the noise.\n\nPeru plans to send \
Ecuador two boats next year, but nobody would say who is going to pay for them.\n\nEcuador recorded 6,958 homicides in \
2024, more than in any year before it.\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("in/bomb.txt", format!("Bomb kills four in Machala\n\n{BOMB}"));
    assert_eq!(desk.run(&["add", "in"]).code, Some(0));
    desk
}

fn read(desk: &Desk, name: &str) -> String {
    std::fs::read_to_string(desk.path(name)).unwrap()
}

const FORMATS: [&str; 8] =
    ["csv", "geojson", "plover", "acled", "ucdp", "ftm", "stix", "annotations"];

#[test]
fn every_fact_comes_out_or_is_accounted_for() {
    let desk = desk();
    let facts = desk.json(&["export", "facts"]).len() as u64;
    assert!(facts > 3);
    for format in FORMATS {
        let run = desk.run(&["export", format, "-o", "x", "--loss"]);
        assert_eq!(run.code, Some(0), "{format}: {}", run.err);
        assert!(run.err.contains(&format!("{facts} went in")), "{format}: {}", run.err);
        let loss: Value = serde_json::from_str(&read(&desk, "x.loss.json")).unwrap();
        let left: u64 =
            loss["left_out"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
        assert_eq!(loss["came_out"].as_u64().unwrap() + left, facts, "{format}: {loss}");
        let table = read(&desk, "x.loss.tsv");
        let lines = table.lines().filter(|line| line.contains("\tleft out\t")).count();
        assert_eq!(lines as u64, left, "{format}: {table}");
        assert_eq!(desk.run(&["export", format]).out, read(&desk, "x"), "{format}");
        assert!(!desk.path("x.part").exists());
    }
}

#[test]
fn a_bombing_is_coded_as_each_standard_codes_it() {
    let desk = desk();
    let row = |format: &str| {
        let out = desk.run(&["export", format, "--kind", "bomb"]).out;
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        let headings = reader.headers().unwrap().clone();
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 1, "{format}: {out}");
        let row = rows[0].clone();
        move |column: &str| {
            let at = headings.iter().position(|heading| heading == column).unwrap();
            row.get(at).unwrap().to_owned()
        }
    };
    let acled = row("acled");
    assert_eq!(acled("event_type"), "Explosions/Remote violence");
    assert_eq!(acled("sub_event_type"), "Remote explosive/landmine/IED");
    assert_eq!((acled("event_date"), acled("time_precision")), ("2025-03-04".into(), "1".into()));
    assert_eq!((acled("fatalities"), acled("location")), ("4".into(), "Machala".into()));
    assert_eq!(acled("geo_precision"), "1");
    let plover = desk.json(&["export", "plover", "--kind", "arrest"]);
    assert_eq!(
        (&plover[0]["event"][0], &plover[0]["mode"][0]),
        (&"COERCE".into(), &"arrest".into())
    );
    assert_eq!(plover[0]["quad_code"], 4);
    let stix: Value =
        serde_json::from_str(&desk.run(&["export", "stix", "--kind", "bomb"]).out).unwrap();
    let objects = stix["objects"].as_array().unwrap();
    assert!(objects.iter().any(|object| object["type"] == "incident"), "{stix:#}");
}

/// The rows of a table that one report gives, as a look-up by column.
fn table(desk: &Desk, format: &str, kind: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let out = desk.run(&["export", format, "--kind", kind]).out;
    csv::Reader::from_reader(out.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn told(text: &str) -> Desk {
    let desk = Desk::new();
    desk.write(
        "in/told.md",
        format!("---\ntitle: \"What was told\"\ndate: 2025-03-10\n---\n\n{text}\n"),
    );
    assert_eq!(desk.run(&["add", "in"]).code, Some(0));
    desk
}

#[test]
fn a_clash_is_told_as_acled_and_ucdp_tell_it() {
    let desk = told(
        "Rebels clashed with soldiers in Machala on 9 March 2025, killing five people. Gang members killed two \
         fishermen in Durán on 8 March 2025. Police clashed with gang members in Quevedo on 7 March 2025, killing \
         three people.",
    );
    let acled = table(&desk, "acled", "clash");
    let of = |place: &str| acled.iter().find(|row| row["location"] == place).unwrap();
    let machala = of("Machala");
    assert_eq!(machala["sub_event_type"], "Armed clash");
    assert_eq!((&*machala["inter1"], &*machala["inter2"]), ("Rebel group", "State forces"));
    assert_eq!(machala["interaction"], "State forces-Rebel group");
    assert_eq!((&*machala["iso"], &*machala["country"]), ("218", "Ecuador"));
    assert_eq!((&*machala["region"], &*machala["admin1"]), ("South America", "El Oro"));
    assert_eq!(of("Quevedo")["interaction"], "State forces-Political militia");
    let killed = &table(&desk, "acled", "kill")[0];
    assert_eq!(
        (&*killed["fatalities"], &*killed["interaction"]),
        ("2", "Political militia-Civilians")
    );
    assert_eq!(killed["civilian_targeting"], "Civilian targeting");
    // In type 1 the state stands first; a state against a gang is no conflict as UCDP defines it.
    let ucdp = table(&desk, "ucdp", "clash");
    assert_eq!(ucdp.len(), 1, "{ucdp:?}");
    assert_eq!((&*ucdp[0]["type_of_violence"], &*ucdp[0]["side_a"]), ("1", "soldiers"));
    assert_eq!((&*ucdp[0]["country"], &*ucdp[0]["country_id"]), ("Ecuador", "130"));
    let killed = &table(&desk, "ucdp", "kill")[0];
    assert_eq!((&*killed["type_of_violence"], &*killed["side_b"]), ("3", "Civilians"));
    assert_eq!((&*killed["deaths_civilians"], &*killed["best"]), ("2", "2"));
    let run = desk.run(&["export", "ucdp", "--loss"]);
    assert!(
        run.err.contains("a state against a group that is not told to fight for"),
        "{}",
        run.err
    );
    // Both sides fight: both are actors, and nobody is only done to.
    let plover = desk.json(&["export", "plover", "--kind", "clash"]);
    for event in &plover {
        assert_eq!(event["actor"].as_array().unwrap().len(), 2, "{event}");
        assert_eq!(
            (&event["recipient"], &event["mode"]),
            (&serde_json::json!([]), &serde_json::json!(["sideAB"]))
        );
    }
}

#[test]
fn what_is_mutual_has_no_doer_and_what_is_halted_is_not_done() {
    let desk = told(
        "Daniel Noboa met Gustavo Petro in Quito on 3 March 2025. Peru and Ecuador signed an agreement on ports on 4 \
         March 2025. Brazil suspended an agreement with Chile on 5 March 2025.",
    );
    let met = &desk.json(&["export", "plover", "--kind", "meet"])[0];
    assert_eq!(met["actor"].as_array().unwrap().len(), 2, "{met}");
    assert_eq!((&met["event"][0], &met["recipient"]), (&"CONSULT".into(), &serde_json::json!([])));
    assert_eq!(met["mode"], serde_json::json!([]), "nobody is told to be the host");
    let signed = &desk.json(&["export", "plover", "--kind", "agreement"])[0];
    let codes: Vec<&Value> =
        signed["actor"].as_array().unwrap().iter().map(|party| &party["code"]).collect();
    assert_eq!(codes, ["PER", "ECU"], "{signed}");
    let row = &table(&desk, "csv", "agreement")[0];
    assert_eq!((&*row["who"], &*row["whom"]), ("Peru", "Ecuador"));
    let facts = desk.json(&["export", "facts", "--kind", "agreement"]);
    assert!(facts.iter().any(|fact| fact["status"] == "paused"), "{facts:?}");
    assert_eq!(signed["event"][0], "SUPPORT", "to sign is to support: {signed}");
    for format in ["plover", "ftm"] {
        let run = desk.run(&["export", format, "--kind", "agreement", "--loss"]);
        let sums = run.err.contains("2 went in, 1 came out");
        assert!(sums && !run.out.contains("Brazil"), "{format}: {}{}", run.out, run.err);
    }
}

#[test]
fn two_rooms_of_the_same_reports_export_the_same_bytes() {
    let desk = desk();
    // The second room gets them at another moment, of which no export may know.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(desk.run(&["add", "in", "--room", "later.atalaya"]).code, Some(0));
    for format in FORMATS.iter().chain(&["claims", "facts", "actors", "brief"]) {
        let out = desk.run(&["export", format]).out;
        assert!(!out.is_empty(), "{format}");
        assert_eq!(out, desk.run(&["export", format, "--room", "later.atalaya"]).out, "{format}");
    }
}

#[test]
fn stix_objects_have_the_days_of_their_reports() {
    let desk = told("Police arrested two men in Durán on 3 March 2025.");
    let stix: Value = serde_json::from_str(&desk.run(&["export", "stix"]).out).unwrap();
    for object in stix["objects"].as_array().unwrap() {
        let day = match object["type"].as_str().unwrap() {
            "location" | "identity" => "1970-01-01T00:00:00.000Z",
            _ => "2025-03-10T00:00:00.000Z",
        };
        assert_eq!(
            (&object["created"], &object["modified"]),
            (&day.into(), &day.into()),
            "{object}"
        );
    }
}

#[test]
fn nothing_is_left_of_a_filter_that_fits_nothing() {
    let desk = desk();
    for format in FORMATS {
        let run = desk.run(&["export", format, "--until", "1950-01-01"]);
        assert_eq!(run.code, Some(0), "{format}");
        match format {
            "geojson" | "stix" | "annotations" => {
                let value: Value = serde_json::from_str(&run.out).unwrap();
                let list = ["features", "objects", "items"].iter().find_map(|key| value.get(key));
                assert_eq!(list, Some(&Value::Array(Vec::new())), "{format}");
            }
            "csv" | "acled" | "ucdp" => assert_eq!(run.out.lines().count(), 1, "{format}"),
            _ => assert_eq!(run.out, "", "{format}"),
        }
    }
    assert_eq!(desk.run(&["export", "csv", "--since", "soon"]).code, Some(2));
}

#[test]
fn a_table_is_set_beside_the_rooms_figures() {
    let desk = desk();
    desk.write("t.csv", "year,place,n\n2023,Ecuador,\"8,000\"\n2024,Ecuador,\"6,964\"\n");
    let compare = |rest: &[&str]| {
        let args =
            [&["compare", "t.csv", "--measure", "homicides", "--when", "year"], rest].concat();
        desk.run(&args)
    };
    let run = compare(&["--value", "n", "--where", "place", "--json"]);
    let value: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    let figure = &value["figures"][0];
    assert_eq!(
        (&figure["standing"], &figure["by"]),
        (&"differs".into(), &Value::from(-6.0)),
        "{value:#}"
    );
    assert_eq!(figure["lines"], serde_json::json!([3]));
    let run = compare(&["--value", "n"]);
    assert!(run.out.contains("differs by -6 (-0.1 %)"), "{}", run.out);
    let run = compare(&["--value", "deaths"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains("there is no column deaths; there are: year, place, n"),
        "{}",
        run.err
    );
    desk.write("t.csv", "year,n\nlast year,3\n");
    let run = compare(&["--value", "n"]);
    assert!(run.err.contains("line 2") && run.err.contains("last year"), "{}", run.err);
}
