//! The pages through the router, over the demo's room, and the server as a process.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::Arc;

use atalaya::web::{App, Guard, router};
use atalaya::world::Engine;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt;

use super::Desk;

/// A server over a room, asked without a network.
struct Site {
    router: Router,
    runtime: tokio::runtime::Runtime,
    /// The folder of the room, there as long as the site is.
    desk: Desk,
}

/// What was answered.
struct Page {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Site {
    /// A server over the demo's room.
    fn demo() -> Site {
        let desk = Desk::new();
        assert_eq!(desk.run(&["demo"]).code, Some(0));
        Site::over(desk, "demo.atalaya", Guard::local())
    }

    fn over(desk: Desk, room: &str, guard: Guard) -> Site {
        let app = App::new(desk.path(room), Engine::load(None).unwrap(), guard).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Site { router: router(Arc::new(app)), runtime, desk }
    }

    fn ask(&self, request: Request<Body>) -> Page {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            let body = String::from_utf8_lossy(&body).into_owned();
            Page { status: parts.status, headers: parts.headers, body }
        })
    }

    fn get(&self, path: &str) -> Page {
        self.ask(Request::get(path).header("host", "127.0.0.1:7878").body(Body::empty()).unwrap())
    }

    fn json(&self, path: &str) -> Value {
        let page = self.get(path);
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        serde_json::from_str(&page.body).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Sends a form as a page of this server does.
    fn post(&self, path: &str, form: &str) -> Page {
        let request = Request::post(path)
            .header("host", "127.0.0.1:7878")
            .header("origin", "http://127.0.0.1:7878");
        let request = request.header("accept", "application/json");
        self.ask(
            request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(Body::from(form.to_owned()))
                .unwrap(),
        )
    }

    /// Sends files as a page of this server does.
    fn upload(&self, files: &[(&str, &[u8])]) -> Page {
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!(
                "--cut\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--cut--\r\n");
        let request = Request::post("/reports")
            .header("host", "localhost")
            .header("origin", "http://localhost");
        let request = request.header("accept", "application/json");
        self.ask(
            request
                .header("content-type", "multipart/form-data; boundary=cut")
                .body(Body::from(body))
                .unwrap(),
        )
    }
}

/// What a table of the visitor's is set beside: a form with a file, as a browser sends it.
fn table(measure: &str, csv: &str) -> String {
    let field = |name: &str, more: &str, value: &str| {
        format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n")
    };
    let fields =
        [("measure", measure), ("when", "month"), ("value", "homicides"), ("where", "place")];
    let fields: String = fields.iter().map(|(name, value)| field(name, "", value)).collect();
    fields + &field("table", "; filename=\"t.csv\"", csv) + "--cut--\r\n"
}

#[test]
fn a_table_of_the_visitors_is_drawn_beside_the_figures() {
    let site = Site::demo();
    let compare = |body: String, accept: &str| {
        let request = Request::post("/figures/compare").header("host", "localhost");
        let request = request.header("origin", "http://localhost").header("accept", accept);
        let request = request.header("content-type", "multipart/form-data; boundary=cut");
        site.ask(request.body(Body::from(body)).unwrap())
    };
    assert!(site.get("/figures").body.contains("action=\"/figures/compare\""));
    let file =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/compare/homicides.csv");
    let csv = std::fs::read_to_string(file).unwrap();
    let page = compare(table("homicides", &csv), "text/html");
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for part in [
        "<figure class=\"compared\"",
        "class=\"held\"",
        "data-standing=\"differs\"",
        "sum of lines",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(!page.body.contains(" style="), "the pages' policy lets no style stand in a page");
    let told: Value =
        serde_json::from_str(&compare(table("homicides", &csv), "application/json").body).unwrap();
    assert!(
        !told["figures"].as_array().unwrap().is_empty()
            && told["held"].as_array().unwrap().len() > 1,
        "{told}"
    );
    let wrong = compare(table("homicides", "month,place,homicides\nsoon,Ecuador,3\n"), "text/html");
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.body.contains("line 2") && wrong.body.contains("soon"), "{}", wrong.body);
    assert_eq!(compare(table("", &csv), "text/html").status, StatusCode::BAD_REQUEST);
    let none = compare(table("unicorns", &csv), "text/html");
    assert!(none.body.contains("No report gives such a figure."), "{}", none.body);
}

#[test]
fn each_twin_holds_what_its_document_says() {
    let site = Site::demo();
    let first =
        |path: &str, list: &str| site.json(path)[list][0]["id"].as_str().unwrap().to_owned();
    let (fact, report) =
        (first("/facts.json?family=event", "facts"), first("/reports.json", "reports"));
    let (actor, figure) = (first("/actors.json", "actors"), first("/figures.json", "facts"));
    let claim = site.json(&format!("/facts/{fact}.json"))["claims"][0]["claim"]
        .as_str()
        .unwrap()
        .to_owned();
    let document = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/web.md");
    let document = std::fs::read_to_string(document).unwrap();
    let twins =
        document.split("## What a twin holds").nth(1).unwrap().split("\n## ").next().unwrap();
    let mut count = 0;
    for row in twins.lines().filter(|line| line.starts_with("| `/")) {
        let cells: Vec<&str> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let path =
            cells[1].replace("FACT", &fact).replace("CLAIM", &claim).replace("REPORT", &report);
        let twin = site.json(&path.replace("ACTOR", &actor).replace("FIGURE", &figure));
        for key in cells[2].split(", ") {
            assert!(twin.get(key).is_some(), "{path} has no {key}: {twin:#}");
        }
        count += 1;
    }
    assert!(count >= 23, "{count} twins are told of");
}

const PAGES: [&str; 19] = [
    "/",
    "/facts",
    "/reports",
    "/actors",
    "/map",
    "/timeline",
    "/network",
    "/commitments",
    "/figures",
    "/positions",
    "/seizures",
    "/allegations",
    "/statements",
    "/contested",
    "/sources",
    "/decisions",
    "/brief",
    "/search?q=Manta",
    "/search",
];

#[test]
fn every_page_opens_in_both_languages_and_has_a_twin() {
    let site = Site::demo();
    for path in PAGES {
        for lang in ["en", "es"] {
            let join = if path.contains('?') { '&' } else { '?' };
            let page = site.get(&format!("{path}{join}lang={lang}"));
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            assert!(page.body.contains(&format!("<html lang=\"{lang}\"")), "{path}");
            assert!(page.body.contains("<main id=\"main\""), "{path}");
        }
        let (name, query) = path.split_once('?').unwrap_or((path, ""));
        if path != "/search" {
            let name = if name == "/" { "/overview" } else { name };
            site.json(&format!("{name}.json?{query}"));
        }
    }
}

#[test]
fn a_fact_leads_to_its_words_and_to_the_rule() {
    let site = Site::demo();
    let facts = site.json("/facts.json?sort=told&family=event");
    let fact = &facts["facts"][0];
    let id = fact["id"].as_str().unwrap();
    let whole = site.json(&format!("/facts/{id}.json"));
    let claim = &whole["tellings"][0]["claim"];
    let report = whole["tellings"][0]["report"].as_str().unwrap();
    let page = site.get(&format!("/facts/{id}"));
    assert!(page.body.contains(claim["trigger"]["text"].as_str().unwrap()), "{}", page.body);
    let claim = claim["id"].as_str().unwrap();
    let read = site.get(&format!("/reports/{report}"));
    assert!(
        read.body.contains(&format!("data-claim=\"{claim}\"")),
        "the report does not mark {claim}"
    );
    let why = site.get(&format!("/claims/{claim}"));
    assert!(why.body.contains(whole["tellings"][0]["claim"]["rule"].as_str().unwrap()));
    assert!(why.body.contains("nsubj"), "the parse is not shown");
}

#[test]
fn facets_narrow_and_what_is_filtered_can_be_kept() {
    let site = Site::demo();
    let all = site.json("/facts.json");
    let total = |list: &Value| list["total"]["number"].as_u64().unwrap();
    let facets = all["facets"].as_array().unwrap();
    for facet in ["family", "kind", "outlet", "place", "actor"] {
        let value = facets.iter().find(|value| value["facet"] == facet).unwrap();
        let name = value["value"].as_str().unwrap().replace(' ', "+");
        let narrowed = site.json(&format!("/facts.json?{facet}={name}"));
        assert_eq!(total(&narrowed), value["count"].as_u64().unwrap(), "{facet} {name}");
        assert!(total(&narrowed) < total(&all));
        let rows = site.get(&format!("/facts.csv?{facet}={name}")).body;
        assert_eq!(rows.matches("\r\n").count() as u64, total(&narrowed) + 1, "{facet} {name}");
    }
    let manta = site.json("/facts.json?q=Manta");
    assert!((1..total(&all)).contains(&total(&manta)));
    let early = total(&site.json("/facts.json?to=2024"));
    let late = total(&site.json("/facts.json?from=2025"));
    assert!(early > 0 && late > 0 && early + late <= total(&all) + 50, "{early} {late}");
    let map = site.json("/map.geojson");
    assert!(
        map["features"]
            .as_array()
            .unwrap()
            .iter()
            .any(|feature| feature["geometry"]["type"] == "Point")
    );
    let zero =
        |feature: &Value| feature["geometry"]["coordinates"] == serde_json::json!([0.0, 0.0]);
    assert!(!map["features"].as_array().unwrap().iter().any(zero));
}

#[test]
fn a_list_is_the_same_page_by_page_as_at_once() {
    let site = Site::demo();
    let ids = |list: &Value| -> Vec<String> {
        list["facts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fact| fact["id"].as_str().unwrap().to_owned())
            .collect()
    };
    for sort in ["newest", "oldest", "told", "credibility"] {
        let whole = ids(&site.json(&format!("/facts.json?sort={sort}&limit=1000")));
        let mut parts = Vec::new();
        for page in 1..=20 {
            parts.extend(ids(&site.json(&format!("/facts.json?sort={sort}&limit=60&page={page}"))));
        }
        assert!(whole.len() > 100);
        assert_eq!(whole, parts, "{sort}");
    }
}

#[test]
fn every_number_of_the_overview_is_what_its_list_holds() {
    let site = Site::demo();
    let counts = site.json("/overview.json")["counts"].clone();
    for list in ["reports", "facts", "actors", "contested"] {
        let told = site.json(&format!("/{list}.json"))["total"]["number"].clone();
        assert_eq!(told, counts[list], "{list}");
        let rows = site.get(&format!("/{list}.csv")).body.matches("\r\n").count() as u64;
        assert_eq!(Some(rows - 1), counts[list].as_u64(), "{list}.csv");
    }
    let sources = site.json("/sources.json");
    assert_eq!(sources["total"]["origins"], counts["origins"]);
    assert_eq!(sources["total"]["reports"], counts["reports"]);
    let page = site.get("/reports?q=Manta").body;
    let total = site.json("/reports.json?q=Manta")["total"]["number"].as_u64().unwrap();
    assert_eq!(page.matches("<tr data-row").count() as u64, total);
}

#[test]
fn what_is_drawn_can_be_kept_as_a_table() {
    let site = Site::demo();
    for path in ["/map.csv", "/timeline.csv", "/network.csv", "/sources.csv", "/decisions.csv"] {
        let page = site.get(path);
        assert!(page.headers["content-type"].to_str().unwrap().starts_with("text/csv"), "{path}");
        assert!(page.body.starts_with('"'), "{path}: {}", page.body);
    }
    let lines = site.json("/network.json")["edges"].as_array().unwrap().len();
    assert!(lines > 0 && site.get("/network.csv").body.matches("\r\n").count() > lines);
}

#[test]
fn two_actors_are_merged_at_once_and_parted_by_undoing() {
    let site = Site::demo();
    let people = site.json("/actors.json?sort=person");
    let [one, other] = [0, 1].map(|at| people["actors"][at]["id"].as_str().unwrap().to_owned());
    let count = || site.json("/overview.json")["counts"]["actors"].as_u64().unwrap();
    let before = count();
    let done = site.post("/judge", &format!("verb=same&one={one}&other={other}&reason=one+person"));
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(count(), before - 1);
    let act = site.json("/decisions.json")["decisions"][0].clone();
    assert_eq!((act["verb"].as_str(), act["reason"].as_str()), (Some("same"), Some("one person")));
    let undone = site.post("/undo", &format!("id={}", act["id"]));
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.body);
    assert_eq!(count(), before);
    assert!(site.json("/decisions.json")["decisions"][0]["undone"].is_string());
}

#[test]
fn an_address_of_a_name_leads_to_the_actor_that_it_belongs_to_now() {
    let site = Site::demo();
    let db = rusqlite::Connection::open(site.desk.path("demo.atalaya")).unwrap();
    let sql = "SELECT b, id FROM judgements JOIN actors ON id = a WHERE verdict = 'same' \
               AND b NOT IN (SELECT id FROM actors) ORDER BY b LIMIT 1";
    let (part, whole): (String, String) =
        db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let [one, other] = [part, whole].map(|id| site.json(&format!("/actors/{id}.json")));
    assert_eq!(one, other);
    assert_eq!(site.get("/actors/0123456789abcdef").status, StatusCode::NOT_FOUND);
}

#[test]
fn decisions_on_facts_are_used_at_once() {
    let site = Site::demo();
    let fact = site.json("/facts.json?sort=told&family=event")["facts"][0].clone();
    let id = fact["id"].as_str().unwrap();
    let told = site.json(&format!("/facts/{id}.json"))["tellings"].as_array().unwrap().clone();
    assert!(told.len() > 1, "the demo's headline is told more than once");
    let claim = told[1]["claim"]["id"].as_str().unwrap();
    let whole = |claim: &str| site.json(&format!("/facts/{claim}.json"));
    assert_eq!(
        site.post("/judge", &format!("verb=reject&claim={claim}&reason=no")).status,
        StatusCode::OK
    );
    assert_eq!(site.get(&format!("/facts/{claim}.json")).status, StatusCode::NOT_FOUND);
    assert_eq!(site.post("/undo", "").status, StatusCode::OK);
    assert_eq!(whole(claim)["tellings"].as_array().unwrap().len(), told.len());
    assert_eq!(
        site.post("/judge", &format!("verb=split&fact={id}&claim={claim}")).status,
        StatusCode::OK
    );
    assert_ne!(whole(claim)["id"], whole(told[0]["claim"]["id"].as_str().unwrap())["id"]);
    assert_eq!(site.post("/undo", "").status, StatusCode::OK);
    assert_eq!(
        site.post("/judge", &format!("verb=note&fact={id}&value=call+them")).status,
        StatusCode::OK
    );
    assert!(site.get(&format!("/facts/{id}")).body.contains("call them"));
    let sources = site.json("/sources.json");
    let sources = sources["sources"].as_array().unwrap();
    let outlet = sources.iter().find_map(|source| source["outlet"].as_str()).unwrap();
    assert_eq!(
        site.post("/judge", &format!("verb=rate&outlet={}&value=A", outlet.replace(' ', "+")))
            .status,
        StatusCode::OK
    );
    assert_eq!(
        site.json("/sources.json")["sources"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["outlet"] == outlet)
            .unwrap()["rating"],
        "A"
    );
    for wrong in [
        "verb=rate&outlet=x&value=Z",
        "verb=fly",
        "verb=reject&claim=nothing",
        "verb=published&report=x&value=soon",
        "",
    ] {
        assert!(site.post("/judge", wrong).status.is_client_error(), "{wrong}");
    }
}

#[test]
fn a_corrected_date_moves_what_was_read_by_it() {
    let desk = Desk::new();
    desk.write(
        "in/a.txt",
        "Port raid\n\nPolice seized 40 kilos of cocaine in Guayaquil last July, the navy said.\n",
    );
    assert_eq!(desk.run(&["add", "in"]).code, Some(0));
    let site = Site::over(desk, "room.atalaya", Guard::local());
    let report = site.json("/reports.json")["reports"][0]["id"].as_str().unwrap().to_owned();
    let day = |site: &Site| site.json("/facts.json?kind=seize")["facts"][0]["first"].clone();
    assert_eq!(day(&site), Value::Null);
    let done = site
        .post("/judge", &format!("verb=published&report={report}&value=2025-03-04&reason=archive"));
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(day(&site), "2024-07-01");
    assert_eq!(site.post("/undo", "").status, StatusCode::OK);
    assert_eq!(day(&site), Value::Null);
    let text = site.json(&format!("/reports/{report}.json"))["text"].as_str().unwrap().to_owned();
    let start = text[..text.find("the navy said").unwrap()].chars().count();
    let form = format!(
        "verb=claim&report={report}&kind=meet&start={start}&end={}&roles=a+%3D+navy&reason=mine",
        start + 13
    );
    assert_eq!(site.post("/judge", &form).status, StatusCode::OK);
    let own = site.json("/facts.json?kind=meet");
    assert_eq!(own["facts"].as_array().unwrap().len(), 1);
    let page = site.get(&format!("/reports/{report}"));
    assert!(page.body.contains(">the navy said</a>"), "{}", page.body);
}

#[test]
fn files_that_are_dropped_are_reports() {
    let desk = Desk::new();
    desk.write("in/a.txt", super::story(1));
    desk.run(&["add", "in"]);
    let site = Site::over(desk, "room.atalaya", Guard::local());
    let hostile = "<html><body><article><h1>Rally</h1><p>The minister <script>alert(1)</script> said &lt;script&gt;alert(2)&lt;/script&gt; \
                   to the crowd in Quito on Monday, and asked for calm in the whole city.</p></article></body></html>";
    let page = site.upload(&[
        ("../../etc/two.txt", super::story(2).as_bytes()),
        ("x.html", hostile.as_bytes()),
        ("empty.txt", b""),
    ]);
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let done: Value = serde_json::from_str(&page.body).unwrap();
    assert_eq!(done["added"], 2);
    assert_eq!(done["problems"].as_array().unwrap().len(), 1);
    assert!(done["problems"][0]["source"].as_str().unwrap().contains("empty.txt"));
    for report in done["reports"].as_array().unwrap() {
        let url = report["url"].as_str().unwrap();
        let page = site.get(url);
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
        assert!(!page.body.contains("etc/"), "{}", page.body);
        let original = site.get(&format!("{url}/original"));
        assert_eq!(original.headers["content-type"], "text/plain; charset=utf-8");
        assert_eq!(original.headers["x-content-type-options"], "nosniff");
    }
    let again: Value =
        serde_json::from_str(&site.upload(&[("two.txt", super::story(2).as_bytes())]).body)
            .unwrap();
    assert_eq!(again["added"], 0);
    let large = vec![b'x'; atalaya::web::UPLOAD + 1];
    assert_eq!(site.upload(&[("large.txt", &large)]).status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(site.json("/overview.json")["counts"]["reports"], 3);
}

#[test]
fn pages_of_other_sites_are_refused() {
    let site = Site::demo();
    let refused =
        |request: Request<Body>| assert_eq!(site.ask(request).status, StatusCode::FORBIDDEN);
    let empty = Body::empty;
    refused(Request::get("/").header("host", "evil.example").body(empty()).unwrap());
    refused(Request::get("/").header("host", "127.0.0.1.evil.example:7878").body(empty()).unwrap());
    refused(Request::get("/static/app.js").header("host", "evil.example").body(empty()).unwrap());
    refused(Request::get("/").body(empty()).unwrap());
    let post = || Request::post("/undo").header("host", "localhost:7878");
    refused(post().body(empty()).unwrap());
    refused(post().header("origin", "http://evil.example").body(empty()).unwrap());
    refused(post().header("origin", "null").body(empty()).unwrap());
    refused(post().header("origin", "http://localhost:1234").body(empty()).unwrap());
    refused(
        post()
            .header("origin", "http://localhost:7878")
            .header("sec-fetch-site", "cross-site")
            .body(empty())
            .unwrap(),
    );
    refused(post().header("sec-fetch-site", "same-site").body(empty()).unwrap());
    refused(
        Request::delete("/reports")
            .header("host", "localhost")
            .header("origin", "http://localhost")
            .body(empty())
            .unwrap(),
    );
    let own =
        post().header("origin", "http://localhost:7878").header("sec-fetch-site", "same-origin");
    assert_eq!(site.ask(own.body(empty()).unwrap()).status, StatusCode::BAD_REQUEST);
}

#[test]
fn others_need_the_token() {
    let desk = Desk::new();
    desk.write("a.txt", super::story(1));
    desk.run(&["add", "a.txt"]);
    let address: SocketAddr = "192.168.1.20:7878".parse().unwrap();
    let site =
        Site::over(desk, "room.atalaya", Guard::open(address, "0123456789abcdef".to_owned()));
    let get = |path: &str, cookie: &str| {
        site.ask(
            Request::get(path)
                .header("host", "192.168.1.20:7878")
                .header("cookie", cookie)
                .body(Body::empty())
                .unwrap(),
        )
    };
    assert_eq!(get("/facts", "").status, StatusCode::FORBIDDEN);
    assert_eq!(get("/facts?token=0123456789abcdeF", "").status, StatusCode::FORBIDDEN);
    assert_eq!(get("/facts", "atalaya=0123456789abcde").status, StatusCode::FORBIDDEN);
    let first = get("/facts?token=0123456789abcdef&kind=meet", "");
    assert_eq!(
        (first.status, first.headers["location"].to_str().unwrap()),
        (StatusCode::SEE_OTHER, "/facts?kind=meet")
    );
    let cookie = first.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    assert_eq!(get("/facts", cookie.split(';').next().unwrap()).status, StatusCode::OK);
}

#[test]
fn every_answer_keeps_to_itself() {
    let site = Site::demo();
    for path in ["/", "/facts.csv", "/nothing", "/static/app.js", "/brief.md"] {
        let page = site.get(path);
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(page.headers["x-content-type-options"], "nosniff", "{path}");
        assert!(
            !page.body.contains("style=\"") || path.starts_with("/static"),
            "{path} has inline styles"
        );
        assert!(!page.body.contains("<script>"), "{path} has inline scripts");
    }
    let kept = site.get("/static/app.js?v=1");
    assert!(kept.headers["cache-control"].to_str().unwrap().contains("immutable"));
    for path in [
        "/static/../../Cargo.toml",
        "/static/%2e%2e/app.js",
        "/static//etc/passwd",
        "/reports/..%2f..%2fetc%2fpasswd",
        "/facts/%00",
    ] {
        assert_eq!(site.get(path).status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn odd_questions_are_answered() {
    let site = Site::demo();
    for query in [
        "q=%22",
        "q=(",
        "q=NEAR(",
        "q=*",
        "q=%00",
        "q=%ff",
        "kind=%27+OR+1%3D1",
        "page=999999999",
        "from=x&to=y",
        "sort=x",
        "origins=-1",
        "credibility=300",
        "actor=%22%3E%3Cscript%3E",
        "lang=xx",
        "q=a&q=b",
        "&&=&",
        "since=never",
    ] {
        for path in [
            "/facts",
            "/search",
            "/reports",
            "/actors",
            "/map",
            "/timeline",
            "/network",
            "/statements",
            "/",
        ] {
            let page = site.get(&format!("{path}?{query}"));
            assert!(
                matches!(page.status, StatusCode::OK | StatusCode::BAD_REQUEST),
                "{path}?{query}: {}",
                page.body
            );
            assert!(!page.body.contains("<script>"), "{path}?{query}");
        }
    }
}

#[test]
fn an_empty_room_teaches() {
    let desk = Desk::new();
    let mut server = serve(&desk, &["serve", "--port", "0"]);
    let page = fetch(server.address, "GET / HTTP/1.1");
    assert!(page.contains("atalaya add reports/"), "{page}");
    server.child.kill().unwrap();
}

#[test]
fn a_taken_port_is_told() {
    let desk = Desk::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = desk.run(&["serve", "--port", &port]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("--port") && run.err.contains(&port), "{}", run.err);
    assert_eq!(desk.run(&["serve", "--listen", "0.0.0.0", "--token", "short"]).code, Some(2));
}

#[cfg(unix)]
#[test]
fn what_is_being_written_is_finished_when_it_is_stopped() {
    let desk = Desk::new();
    let mut server = serve(&desk, &["serve", "--port", "0"]);
    let body: String = (0..60).map(|number| {
        let story = super::story(number);
        format!("--cut\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{number}.txt\"\r\n\r\n{story}\r\n")
    }).collect::<String>() + "--cut--\r\n";
    let mut stream = TcpStream::connect(server.address).unwrap();
    let host = server.address;
    write!(stream, "POST /reports HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\naccept: application/json\r\n\
                    content-type: multipart/form-data; boundary=cut\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
    // Wait until the room's lock is there: it writes.
    while !desk.path("room.atalaya-lock").exists() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let stop = std::process::Command::new("kill")
        .args(["-INT", &server.child.id().to_string()])
        .status()
        .unwrap();
    assert!(stop.success());
    assert!(server.child.wait().unwrap().success());
    assert_eq!(desk.json(&["info", "--json"])[0]["counts"]["reports"], 60);
}

/// Begins to send files and leaves it at that.
#[cfg(unix)]
fn begin_upload(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "POST /reports HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
                    content-type: multipart/form-data; boundary=cut\r\ncontent-length: 100000\r\n\r\n--cut\r\n").unwrap();
    stream
}

#[cfg(unix)]
fn interrupt(server: &Server) {
    let id = server.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn whoever_never_ends_sending_does_not_keep_it_from_stopping() {
    let desk = Desk::new();
    let mut server = serve(&desk, &["serve", "--port", "0"]);
    let _upload = begin_upload(server.address);
    let mut half_a_head = TcpStream::connect(server.address).unwrap();
    write!(half_a_head, "GET / HT").unwrap();
    assert!(fetch(server.address, "GET / HTTP/1.1").contains("200 OK"));
    interrupt(&server);
    let asked = std::time::Instant::now();
    assert!(server.child.wait().unwrap().success());
    assert!(asked.elapsed().as_secs() < 20, "{:?}", asked.elapsed());
}

#[cfg(unix)]
#[test]
fn asked_twice_it_stops_at_once() {
    let desk = Desk::new();
    desk.write("a.txt", super::story(1));
    desk.json(&["add", "a.txt", "--json"]);
    let mut server = serve(&desk, &["serve", "--port", "0"]);
    // Another program writes, so that a decision has to wait, and stopping waits for the decision.
    let lock = std::fs::File::create(desk.path("room.atalaya-lock")).unwrap();
    lock.lock().unwrap();
    let host = server.address;
    let mut stream = TcpStream::connect(host).unwrap();
    let form = "verb=rate&outlet=x&value=A";
    write!(stream, "POST /judge HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncontent-length: {}\r\n\r\n{form}", form.len()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(500));
    interrupt(&server);
    std::thread::sleep(std::time::Duration::from_secs(5));
    assert_eq!(server.child.try_wait().unwrap(), None, "it did not wait for what is being written");
    interrupt(&server);
    assert_eq!(server.child.wait().unwrap().code(), Some(130));
    drop(lock);
    std::fs::remove_file(desk.path("room.atalaya-lock")).unwrap();
    assert_eq!(desk.json(&["reports", "--json"]).len(), 1);
}

/// A server as a process.
struct Server {
    child: Child,
    address: SocketAddr,
}

fn serve(desk: &Desk, args: &[&str]) -> Server {
    let mut child =
        desk.command(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address =
        line.trim().strip_prefix("http://").and_then(|rest| rest.strip_suffix('/')).unwrap();
    Server { child, address: address.parse().unwrap() }
}

fn fetch(address: SocketAddr, line: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "{line}\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
