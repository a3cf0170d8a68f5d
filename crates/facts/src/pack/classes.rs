//! Classes of actors and things: what each is a kind of, loaded from the folders `actors` and `things`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::pack::{self, Files, Problem};

/// A class of actors or things: its number in the pack that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Class(u16);

/// What a class is taken for when nothing but the sort of a name is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stands {
    /// A person of whom nothing but the name is known.
    Person,
    /// An organisation of which nothing but the name is known.
    Organisation,
    /// People of a nation, told by its name: "two Colombians".
    People,
    /// A country that acts: "Spain said".
    Country,
    /// A seat of government that stands for it: "Madrid said".
    Capital,
}

/// The classes of a pack, in the order of their names.
#[derive(Debug, Default)]
pub struct Classes {
    all: Vec<Known>,
    by_name: HashMap<String, Class>,
    /// For each class the bits of all that it is, itself among them.
    closure: Vec<u64>,
    /// How many words of 64 bits a class has in the closure.
    width: usize,
    stands: BTreeMap<Stands, Class>,
}

#[derive(Debug)]
struct Known {
    name: String,
    label: Option<String>,
    actor: bool,
    thing: bool,
    broader: Vec<Class>,
    plover: Option<String>,
    acled: Option<String>,
}

/// `actors/NAME/actor.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorFile {
    #[serde(default)]
    broader: Vec<Spanned<String>>,
    plover: Option<String>,
    acled: Option<String>,
    stands_for: Option<Spanned<Stands>>,
    #[serde(default)]
    narrower: BTreeMap<Spanned<String>, ActorEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorEntry {
    #[serde(default)]
    broader: Vec<Spanned<String>>,
    plover: Option<String>,
    acled: Option<String>,
    stands_for: Option<Spanned<Stands>>,
}

/// `things/NAME/thing.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThingFile {
    #[serde(default)]
    broader: Vec<Spanned<String>>,
    #[serde(default)]
    narrower: BTreeMap<Spanned<String>, ThingEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThingEntry {
    #[serde(default)]
    broader: Vec<Spanned<String>>,
}

/// A class as a file tells of it, before it is known what the others are.
struct Told<'f> {
    file: (&'f str, &'f str),
    at: usize,
    actor: bool,
    broader: Vec<Spanned<String>>,
    /// The class of the folder, for one that is narrower.
    folder: Option<&'f str>,
    plover: Option<String>,
    acled: Option<String>,
    stands_for: Option<Spanned<Stands>>,
}

impl Classes {
    /// Reads every `actors/NAME/actor.toml` and `things/NAME/thing.toml`, and adds to the problems
    /// what is wrong with them.
    pub(crate) fn load(files: &Files, problems: &mut Vec<Problem>) -> Classes {
        let mut told: BTreeMap<String, Told<'_>> = BTreeMap::new();
        for (path, text) in files {
            for (name, class) in classes_of(path, text, problems) {
                if let Some(first) = told.get(&name) {
                    let message = format!("the class `{name}` is there already");
                    let problem = Problem::at(path, text, class.at, message);
                    problems.push(problem.hint(format!("{} has it", first.file.0)));
                } else {
                    told.insert(name, class);
                }
            }
        }
        Classes::of(&told, problems)
    }

    fn of(told: &BTreeMap<String, Told<'_>>, problems: &mut Vec<Problem>) -> Classes {
        let mut classes = Classes { width: told.len().div_ceil(64), ..Classes::default() };
        for (number, name) in told.keys().enumerate() {
            classes.by_name.insert(name.clone(), Class(number as u16));
        }
        for (name, told) in told {
            let broader = classes.broader(told, problems);
            let Told { actor, plover, acled, .. } = told;
            let (name, plover, acled) = (name.clone(), plover.clone(), acled.clone());
            let (actor, thing) = (*actor, !*actor);
            classes.all.push(Known { name, label: None, actor, thing, broader, plover, acled });
        }
        for (number, told) in told.values().enumerate() {
            let Some(stands) = &told.stands_for else { continue };
            if classes.stands.insert(*stands.get_ref(), Class(number as u16)).is_some() {
                let message = "another class stands for the same already";
                let (file, text) = told.file;
                problems.push(Problem::at(file, text, stands.span().start, message));
            }
        }
        for class in classes.inherit() {
            let told = told.values().nth(class.index()).expect("classes are numbered as told");
            let message = format!("`{}` is broader than itself", classes.name(class));
            let problem = Problem::at(told.file.0, told.file.1, told.at, message);
            problems.push(problem.hint("break the circle of `broader`"));
        }
        classes
    }

    /// The classes right above one, that of its folder first.
    fn broader(&self, told: &Told<'_>, problems: &mut Vec<Problem>) -> Vec<Class> {
        let mut broader: Vec<Class> =
            told.folder.and_then(|folder| self.by_name(folder)).into_iter().collect();
        for name in &told.broader {
            match self.by_name(name.get_ref()) {
                Some(class) if !broader.contains(&class) => broader.push(class),
                Some(_) => {}
                None => {
                    let (file, text) = told.file;
                    let message = format!("there is no class `{}`", name.get_ref());
                    let problem = Problem::at(file, text, name.span().start, message);
                    problems.push(problem.hint("write its folder, or mend its name"));
                }
            }
        }
        broader
    }

    /// Lets every class inherit what stands above it; gives the classes that stand in a circle.
    fn inherit(&mut self) -> Vec<Class> {
        self.closure = vec![0; self.width * self.all.len()];
        let mut waiting: BTreeSet<Class> = (0..self.all.len()).map(Class::of).collect();
        loop {
            let free = |class: &Class| {
                self.all[class.index()].broader.iter().all(|above| !waiting.contains(above))
            };
            let ready: Vec<Class> = waiting.iter().copied().filter(free).collect();
            if ready.is_empty() {
                break;
            }
            for class in ready {
                waiting.remove(&class);
                self.take(class);
            }
        }
        // What only hangs below a circle is no part of it.
        while let Some(&below) = waiting.iter().find(|&&class| {
            !waiting.iter().any(|other| self.all[other.index()].broader.contains(&class))
        }) {
            waiting.remove(&below);
        }
        waiting.into_iter().collect()
    }

    /// Takes over what the classes right above a class are, once these have done the same.
    fn take(&mut self, class: Class) {
        let row = class.index() * self.width;
        self.closure[row + class.index() / 64] |= 1 << (class.index() % 64);
        for above in self.all[class.index()].broader.clone() {
            for word in 0..self.width {
                self.closure[row + word] |= self.closure[above.index() * self.width + word];
            }
            let above = &self.all[above.index()];
            let (actor, thing) = (above.actor, above.thing);
            let (plover, acled) = (above.plover.clone(), above.acled.clone());
            let known = &mut self.all[class.index()];
            known.actor |= actor;
            known.thing |= thing;
            known.plover = known.plover.take().or(plover);
            known.acled = known.acled.take().or(acled);
        }
    }

    /// Adds what a language calls a class; `false` if it is called something already.
    pub(crate) fn call(&mut self, class: Class, label: String) -> bool {
        self.all[class.index()].label.replace(label).is_none()
    }

    /// The class of a name.
    pub fn by_name(&self, name: &str) -> Option<Class> {
        self.by_name.get(name).copied()
    }

    /// The name of a class.
    pub fn name(&self, class: Class) -> &str {
        &self.all[class.index()].name
    }

    /// What people call a class, or its name where the language has no word.
    pub fn label(&self, class: Class) -> &str {
        let known = &self.all[class.index()];
        known.label.as_ref().unwrap_or(&known.name)
    }

    /// Whether a class is another, or a kind of it.
    pub fn is_a(&self, class: Class, ancestor: Class) -> bool {
        let word = self.closure[class.index() * self.width + ancestor.index() / 64];
        word >> (ancestor.index() % 64) & 1 == 1
    }

    /// How many classes a class is, itself among them: the more, the deeper it lies.
    pub fn depth(&self, class: Class) -> usize {
        let row = class.index() * self.width;
        self.closure[row..row + self.width].iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether a class is of actors: one that stands among them, or a kind of one.
    pub fn is_actor(&self, class: Class) -> bool {
        self.all[class.index()].actor
    }

    /// Whether a class is of things: one that stands among them, or a kind of one.
    pub fn is_thing(&self, class: Class) -> bool {
        self.all[class.index()].thing
    }

    /// The PLOVER sector of a class, its own or that of the nearest above it.
    pub fn plover(&self, class: Class) -> Option<&str> {
        self.all[class.index()].plover.as_deref()
    }

    /// The ACLED actor type of a class, its own or that of the nearest above it.
    pub fn acled(&self, class: Class) -> Option<&str> {
        self.all[class.index()].acled.as_deref()
    }

    /// The class that is taken where nothing but the sort of a name is known.
    pub fn standing_for(&self, stands: Stands) -> Option<Class> {
        self.stands.get(&stands).copied()
    }

    /// Whether a class is of persons, not of groups or bodies.
    pub fn is_person(&self, class: Option<Class>) -> bool {
        let of = class.zip(self.standing_for(Stands::Person));
        of.is_some_and(|(class, person)| self.is_a(class, person))
    }

    /// Whether a class says no more than that a name is a person's or an organisation's.
    pub fn is_default(&self, class: Option<Class>) -> bool {
        let standing =
            [Stands::Person, Stands::Organisation].map(|stands| self.standing_for(stands));
        class.is_none() || standing.contains(&class)
    }

    /// The narrower of two classes if one is a kind of the other.
    pub fn narrower(&self, a: Class, b: Class) -> Option<Class> {
        match (self.is_a(a, b), self.is_a(b, a)) {
            (true, _) => Some(a),
            (_, true) => Some(b),
            _ => None,
        }
    }

    /// All classes, in the order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Class> + use<> {
        (0..self.all.len()).map(Class::of)
    }
}

impl Class {
    fn of(index: usize) -> Class {
        Class(index as u16)
    }

    fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The folder of a file such as `actors/police/actor.toml`.
pub(crate) fn folder<'p>(path: &'p str, family: &str, file: &str) -> Option<&'p str> {
    let (folder, name) = path.strip_prefix(family)?.strip_prefix('/')?.rsplit_once('/')?;
    (name == file).then_some(folder)
}

/// The classes that one file tells of.
fn classes_of<'f>(
    path: &'f str,
    text: &'f str,
    problems: &mut Vec<Problem>,
) -> Vec<(String, Told<'f>)> {
    if let Some(name) = folder(path, "actors", "actor.toml") {
        let Some(file) = pack::read::<ActorFile>(path, text, problems) else { return Vec::new() };
        let ActorFile { broader, plover, acled, stands_for, narrower } = file;
        let own = ActorEntry { broader, plover, acled, stands_for };
        let told = |at, folder, entry: ActorEntry| Told {
            file: (path, text),
            at,
            actor: true,
            broader: entry.broader,
            folder,
            plover: entry.plover,
            acled: entry.acled,
            stands_for: entry.stands_for,
        };
        let narrower = narrower
            .into_iter()
            .map(|(key, entry)| (key.get_ref().clone(), told(key.span().start, Some(name), entry)));
        return [(name.to_owned(), told(0, None, own))].into_iter().chain(narrower).collect();
    }
    let Some(name) = folder(path, "things", "thing.toml") else { return Vec::new() };
    let Some(file) = pack::read::<ThingFile>(path, text, problems) else { return Vec::new() };
    let told = |at, folder, broader| Told {
        file: (path, text),
        at,
        actor: false,
        broader,
        folder,
        plover: None,
        acled: None,
        stands_for: None,
    };
    let narrower = file.narrower.into_iter().map(|(key, entry)| {
        (key.get_ref().clone(), told(key.span().start, Some(name), entry.broader))
    });
    let own = (name.to_owned(), told(0, None, file.broader));
    std::iter::once(own).chain(narrower).collect()
}
