//! `/network`: who did what to or with whom; each line opens its facts.

use std::collections::{BTreeMap, BTreeSet};

use maud::html;
use serde_json::{Value, json};

use super::map::link;
use crate::store::pages::{ActorRow, FactRow};
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look};

/// How many facts are looked at, and how many lines are drawn, those of most facts first.
const FACTS: u64 = 1_000;
const EDGES: usize = 300;

/// A line names no more facts than this.
const NAMED: usize = 20;

struct Net {
    nodes: Vec<ActorRow>,
    edges: Vec<((String, String), Vec<FactRow>)>,
    left_off: usize,
}

/// The page.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    let net = net(look)?;
    if look.asked.form == Form::Json {
        return Ok(Answer::json(&twin(look, &net)));
    }
    if look.asked.form == Form::Csv {
        return Ok(csv(&net));
    }
    let filter = look.asked.filter().marked("joined");
    let counted = look.store().counted(&filter)?;
    let name = |id: &str| {
        net.nodes.iter().find(|node| node.id == id).map_or("", |node| node.name.as_str())
    };
    let main = html! {
        h1 { (look.say("Network")) }
        (view::chips(look)?)
        div.with-facets {
            (view::facets(look, &filter, &counted, &["family", "kind", "actor", "place", "outlet"])?)
            section.results {
                figure.network data-network={ "/network.json" (look.asked.query()) } {
                    figcaption { (look.say("Who did what to or with whom; the list below tells the same.")) }
                }
                (view::downloads(look, &[Form::Csv, Form::Json]))
                @if net.edges.is_empty() { p.empty { (look.say("No two actors meet in these facts.")) } }
                @for ((source, target), facts) in net.edges.iter().take(100) {
                    h3 {
                        a href={ "/actors/" (source) } { (name(source)) } " → " a href={ "/actors/" (target) } { (name(target)) }
                        " " span.n { (facts.len()) }
                    }
                    ul { @for fact in facts.iter().take(NAMED) { li data-fact=(fact.id) { (view::fact_line(look, fact)) } } }
                }
            }
        }
    };
    Ok(look.page("network", look.say("Network"), &main))
}

fn net(look: Look<'_>) -> Result<Net, Failure> {
    let facts = look.store().fact_page(&look.asked.filter().marked("joined"), FACTS, 0)?;
    let rows: Vec<i64> = facts.iter().map(|fact| fact.row).collect();
    let by_row: BTreeMap<i64, &FactRow> = facts.iter().map(|fact| (fact.row, fact)).collect();
    let mut edges: BTreeMap<(String, String), Vec<FactRow>> = BTreeMap::new();
    for edge in look.store().edges_of(&rows)? {
        if let Some(fact) = by_row.get(&edge.fact) {
            edges.entry((edge.source, edge.target)).or_default().push((*fact).clone());
        }
    }
    let mut edges: Vec<((String, String), Vec<FactRow>)> = edges.into_iter().collect();
    edges.sort_by(|(a, few), (b, many)| many.len().cmp(&few.len()).then_with(|| a.cmp(b)));
    let left_off = edges.len().saturating_sub(EDGES);
    edges.truncate(EDGES);
    let ids: BTreeSet<&String> =
        edges.iter().flat_map(|((source, target), _)| [source, target]).collect();
    let mut nodes = Vec::new();
    for id in ids {
        nodes.extend(look.store().actor_row(id)?);
    }
    Ok(Net { nodes, edges, left_off })
}

/// Each fact of each line as a row.
fn csv(net: &Net) -> Answer {
    let head = [
        "source",
        "source_name",
        "target",
        "target_name",
        "fact",
        "kind",
        "caption",
        "first",
        "last",
    ];
    let mut table = vec![head.map(str::to_owned).to_vec()];
    let name = |id: &str| {
        net.nodes
            .iter()
            .find(|node| node.id == id)
            .map_or_else(String::new, |node| node.name.clone())
    };
    for ((source, target), facts) in &net.edges {
        for fact in facts {
            let FactRow { id, kind, caption, first, last, .. } = fact.clone();
            let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
            let ends = [source.clone(), name(source), target.clone(), name(target)];
            table.push(ends.into_iter().chain([id, kind, caption, first, last]).collect());
        }
    }
    Answer::csv("network", &table)
}

fn twin(look: Look<'_>, net: &Net) -> Value {
    let nodes = net.nodes.iter().map(|node| {
        let mut value = json!(node);
        value["url"] = json!(format!("/actors/{}", node.id));
        value
    });
    let edges = net.edges.iter().map(|((source, target), facts)| {
        let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
        let mut families: BTreeMap<&str, u64> = BTreeMap::new();
        for fact in facts {
            *kinds.entry(&fact.kind).or_default() += 1;
            *families.entry(&fact.family).or_default() += 1;
        }
        let family = families.iter().max_by_key(|(_, count)| **count).map(|(family, _)| *family);
        let first = facts.iter().filter_map(|fact| fact.first.as_ref()).min();
        let last = facts.iter().filter_map(|fact| fact.last.as_ref()).max();
        json!({
            "source": source, "target": target, "family": family, "kinds": kinds, "count": facts.len(), "first": first,
            "last": last, "facts": facts.iter().take(NAMED).map(link).collect::<Vec<_>>(),
        })
    });
    let kinds: BTreeSet<&String> =
        net.edges.iter().flat_map(|(_, facts)| facts).map(|fact| &fact.kind).collect();
    let families: BTreeSet<&String> =
        net.edges.iter().flat_map(|(_, facts)| facts).map(|fact| &fact.family).collect();
    let labels: BTreeMap<&String, String> = kinds
        .into_iter()
        .map(|kind| (kind, look.kind(kind)))
        .chain(families.into_iter().map(|family| (family, look.name(family))))
        .collect();
    json!({ "labels": labels, "nodes": nodes.collect::<Vec<_>>(), "edges": edges.collect::<Vec<_>>(), "left_off": net.left_off })
}
