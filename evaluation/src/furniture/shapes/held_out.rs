//! The shapes written last, to see how the rules fare on what they have not met; three faults of the
//! rules that they brought to light were mended.

use super::{OUTLETS, Shape, own};

/// All of them.
pub(crate) fn all() -> Vec<Shape> {
    vec![
        ("section and kicker", |s| {
            let kicker = s.random.pick(&[
                "INVESTIGATION",
                "Analysis",
                "Explainer",
                "Dispatches",
                "Border Watch",
            ]);
            s.first(own(&[kicker]));
        }),
        ("top strip", |s| {
            let line = format!(
                "{}  {}",
                s.random.pick(&["Monday", "Friday", "Sunday"]),
                s.random.pick(&["Edition: International", "Today's Edition", "Print Edition"])
            );
            s.first(vec![line]);
        }),
        ("site name and motto", |s| {
            let outlet = s.random.pick(OUTLETS);
            s.first(vec![outlet.to_owned(), "Independent since 1987".to_owned()]);
        }),
        ("first words again", |s| {
            let words: Vec<&str> = s.article.paragraphs[0].split(' ').collect();
            if words.len() > 24 {
                let cut = words[..words.len() * 2 / 3].join(" ");
                s.first(vec![cut]);
            }
        }),
        ("title in capitals", |s| {
            let title = s.article.title.to_uppercase();
            s.first(vec![title]);
        }),
        ("from our archive", |s| {
            let mut lines = own(&["From the archive"]);
            lines.extend(s.headlines(2, 6));
            s.last(lines);
        }),
        ("headlines with sections", |s| {
            let titles = s.headlines(3, 6);
            let mut lines = own(&["The latest from our correspondents"]);
            for title in titles {
                lines.push(s.random.pick(&["POLITICS", "CRIME", "WORLD", "BUSINESS"]).to_owned());
                lines.push(title);
            }
            s.last(lines);
        }),
        ("headlines with authors", |s| {
            let titles = s.headlines(2, 5);
            let mut lines = own(&["Up next"]);
            for title in titles {
                lines.push(title);
                lines.push(format!("by {}", s.person()));
            }
            s.last(lines);
        }),
        ("hyphen headlines", |s| {
            let titles = s.headlines(2, 6);
            let mut lines = own(&["Further reading"]);
            lines.extend(titles.iter().map(|title| format!("- {title}")));
            s.last(lines);
        }),
        ("watch line", |s| {
            let line = format!("WATCH: {}", s.headline());
            s.between(vec![line]);
        }),
        ("es: read line", |s| {
            let mark = s.random.pick(&["LEA TAMBIÉN:", "Ver además:", "Te puede interesar |"]);
            let line = format!("{mark} {}", s.headline());
            s.between(vec![line]);
        }),
        ("letters to the desk", |s| {
            let line = s.random.pick(&[
                "Do you have information about this story? Write to tips@example.org.",
                "Spotted a mistake? Let us know.",
                "Your feedback helps us improve this page.",
            ]);
            s.last(own(&[line]));
        }),
        ("trial offer", |s| {
            let line = s.random.pick(&[
                "Start your free trial",
                "Only $1 a week for the first year. Cancel anytime.",
                "Unlimited access from $4 a month",
            ]);
            if s.random.once_in(2) { s.between(own(&[line])) } else { s.last(own(&[line])) }
        }),
        ("remarks", |s| {
            let mut lines = vec![format!("Comments ({})", s.random.range(2, 40))];
            for _ in 0..s.random.range(2, 5) {
                lines.push(s.person());
                lines.push(format!("{} minutes ago", s.random.range(2, 59)));
                lines.push(s.sentence());
                lines.push(s.random.pick(&["Report", "Upvote 12", "Reply Share"]).to_owned());
            }
            s.last(lines);
        }),
        ("es: remarks", |s| {
            let mut lines = own(&["Comentarios"]);
            for _ in 0..s.random.range(2, 5) {
                lines.push(format!("{} dice:", s.person()));
                lines.push(s.sentence());
                lines.push("Responder".to_owned());
            }
            s.last(lines);
        }),
        ("player", |s| s.under_title(own(&["Your browser does not support the audio element."]))),
        ("seen count", |s| {
            let line =
                format!("{} views · {} shares", s.random.range(90, 9000), s.random.range(3, 900));
            s.under_title(vec![line]);
        }),
        ("printed on", |s| {
            let date = s.date();
            s.under_title(vec![format!("Modified on {date} | 2 minute read")]);
        }),
        ("agency line", |s| {
            let agency = s.random.pick(&["Reuters", "AFP", "EFE", "Agencies"]);
            s.under_title(vec![format!("Source: {agency}")]);
        }),
        ("names of the staff", |s| {
            let (a, b) = (s.person(), s.person());
            s.last(vec![format!("{a} and {b} contributed to this report from Guayaquil.")]);
        }),
        ("labels", |s| s.behind_story(own(&["Topics: Ports · Cocaine · Courts", "More on Ports"]))),
        ("back to top", |s| s.last(own(&["Back to top", "Older Posts", "Newer Posts"]))),
        ("about the site", |s| {
            let outlet = s.random.pick(OUTLETS);
            s.last(vec![format!(
                "{outlet} is a member of the Press Council. Read our editorial standards."
            )]);
        }),
    ]
}
