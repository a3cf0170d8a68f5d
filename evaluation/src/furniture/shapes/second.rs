//! The shapes the rules were tried on once and then mended on.

use super::{OUTLETS, Shape, own};

/// All of them.
pub(crate) fn all() -> Vec<Shape> {
    vec![
        ("es: share", |s| {
            let row = s.random.pick(&[
                "Compartir en Facebook",
                "Síguenos en redes",
                "WhatsApp Telegram Correo",
                "Copiar enlace",
            ]);
            s.under_title(own(&[row]));
        }),
        ("es: related", |s| {
            let mut lines = own(&[s.random.pick(&[
                "Te recomendamos",
                "Noticias relacionadas",
                "Lo más leído",
                "Puedes leer también",
            ])]);
            lines.extend(s.headlines(2, 5));
            s.last(lines);
        }),
        ("es: byline and date", |s| {
            let who = s.person();
            let day = s.random.range(1, 28);
            s.under_title(vec![format!("Por {who}"), format!("{day} de mayo de 2021 a las 08:15")]);
        }),
        ("es: rights", |s| {
            let line = format!("{} © Todos los derechos reservados", s.random.pick(OUTLETS));
            s.last(vec![line]);
        }),
        ("bulleted headlines", |s| {
            let titles = s.headlines(3, 6);
            let mut lines = own(&["What to read after this"]);
            lines.extend(titles.iter().map(|t| format!("• {t}")));
            s.last(lines);
        }),
        ("headlines with counts", |s| {
            let titles = s.headlines(3, 6);
            let mut lines = own(&["Most commented this week"]);
            for title in titles {
                lines.push(title);
                lines.push(format!("{} views", s.random.range(100, 90_000)));
            }
            s.last(lines);
        }),
        ("headlines with dates", |s| {
            let mut lines = own(&["Keep up with our coverage"]);
            for _ in 0..s.random.range(2, 5) {
                lines.push(s.headline());
                lines.push(s.date());
            }
            s.last(lines);
        }),
        ("leads that end", |s| {
            let mut lines = own(&["Other stories"]);
            for _ in 0..s.random.range(3, 6) {
                lines.push(s.headline());
                lines.push(s.sentence());
            }
            s.last(lines);
        }),
        ("sound", |s| {
            let line =
                s.random.pick(&["Listen 4:32", "Audio: 6 min 10 sec", "0:00 / 3:27", "Play video"]);
            s.under_title(own(&[line]));
        }),
        ("gallery", |s| {
            let line = format!("{} of {}", s.random.range(1, 9), s.random.range(9, 20));
            s.between(vec![line, "View gallery".to_owned()]);
        }),
        ("donation", |s| {
            let line = s.random.pick(&["Independent reporting costs money. Please give what you can and keep this site free for everyone.", "Your contribution keeps our newsroom running. Donate today.", "If you value our reporting, chip in with a small gift."]);
            if s.random.once_in(2) { s.between(own(&[line])) } else { s.last(own(&[line])) }
        }),
        ("wall", |s| {
            let line = s.random.pick(&[
                "To read the rest of this story, log in or create a free account.",
                "You have 2 free stories left this month.",
                "Already have an account? Sign in",
            ]);
            s.last(own(&[line]));
        }),
        ("app", |s| {
            let line = s.random.pick(&[
                "Get breaking news alerts on your phone. Install our app.",
                "Open in app",
                "Turn on notifications to stay up to date.",
            ]);
            s.first(own(&[line]));
        }),
        ("hash tags", |s| s.behind_story(own(&["#prisons #cocaine #ports #borders"]))),
        ("weather and market", |s| {
            let line = s.random.pick(&[
                "Quito 17°C Partly cloudy",
                "DOW 38,210 +0.4% NASDAQ 15,990 -0.1%",
                "USD 1.00 EUR 0.92 GBP 0.79",
            ]);
            s.first(own(&[line]));
        }),
        ("agency desk", |s| {
            let (a, b) = (s.person(), s.person());
            s.last(vec![format!("(Reporting by {a}; Editing by {b})")]);
        }),
        ("name and job", |s| {
            let who = s.person();
            let job = s.random.pick(&[
                "Security Correspondent",
                "Latin America Editor",
                "Reporting from Quito",
                "Special to the Post",
            ]);
            s.under_title(vec![who, job.to_owned()]);
        }),
        ("reading time", |s| {
            let line =
                format!("{} min read | {} comments", s.random.range(2, 12), s.random.range(0, 60));
            s.under_title(vec![line]);
        }),
        ("remarks with nicknames", |s| {
            let mut lines = own(&["Join the discussion"]);
            for nick in ["quito_dan", "truthteller77", "mrs_b"] {
                lines.push(nick.to_owned());
                lines.push(s.sentence());
                lines.push(format!("Like · Reply · {}h", s.random.range(1, 22)));
            }
            s.last(lines);
        }),
        ("vote", |s| s.last(own(&["What do you think?", "Yes", "No", "Not sure", "Vote"]))),
        ("picture note", |s| {
            let who = s.person();
            let line =
                format!("File picture. {} Photo/{who}", s.random.pick(&["AP", "EFE", "AFP"]));
            s.under_title(vec![line]);
        }),
        ("address and telephone", |s| {
            s.last(own(&["Contact the newsroom: +593 2 555 0182 | desk@example.org"]));
        }),
        ("link sign", |s| {
            let line = format!("→ {}", s.headline());
            s.between(vec![line]);
        }),
        ("site map", |s| {
            s.last(own(&["About Contact Advertise Careers Privacy Terms", "Follow us"]));
        }),
    ]
}
