//! Offices: posts that people hold, loaded from the folder `offices`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::classes::{self, Class, Classes};
use crate::pack::{self, Files, Problem};

/// A post: its number in the pack that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Post(u16);

/// The posts of a pack, in the order of its files and of their names.
#[derive(Debug, Default)]
pub struct Offices {
    posts: Vec<Known>,
    by_name: BTreeMap<String, Post>,
}

#[derive(Debug)]
struct Known {
    name: String,
    label: Option<String>,
    class: Class,
    alone: bool,
    partisan: bool,
    /// The class of holders within bodies of a class.
    within: Vec<(Class, Class)>,
}

/// `offices/NAME/office.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeFile {
    post: BTreeMap<Spanned<String>, PostEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PostEntry {
    class: Spanned<String>,
    #[serde(default)]
    alone: bool,
    /// Whether a name before it is that of a party.
    #[serde(default)]
    partisan: bool,
    #[serde(default)]
    within: BTreeMap<Spanned<String>, Spanned<String>>,
}

impl Offices {
    /// Reads the folder `offices`, and adds to the problems what is wrong with it.
    pub(crate) fn load(files: &Files, classes: &Classes, problems: &mut Vec<Problem>) -> Offices {
        let mut offices = Offices::default();
        for (path, text) in files {
            if classes::folder(path, "offices", "office.toml").is_some() {
                offices.add_posts(path, text, classes, problems);
            }
        }
        offices
    }

    fn add_posts(
        &mut self,
        path: &str,
        text: &str,
        classes: &Classes,
        problems: &mut Vec<Problem>,
    ) {
        let Some(file) = pack::read::<OfficeFile>(path, text, problems) else { return };
        for (key, entry) in file.post {
            let (at, name) = (key.span().start, key.into_inner());
            let mut class = |name: &Spanned<String>| {
                let known = classes.by_name(name.get_ref());
                if known.is_none() {
                    let message = format!("there is no class `{}`", name.get_ref());
                    let problem = Problem::at(path, text, name.span().start, message);
                    problems.push(problem.hint("it must be a class of the folder `actors`"));
                }
                known
            };
            let within = entry.within.iter().filter_map(|(body, of)| class(body).zip(class(of)));
            let within = within.collect();
            let Some(class) = class(&entry.class) else { continue };
            let post = Post(self.posts.len() as u16);
            if self.by_name.insert(name.clone(), post).is_some() {
                let message = format!("the post `{name}` is there already");
                problems.push(Problem::at(path, text, at, message));
            }
            let (alone, partisan) = (entry.alone, entry.partisan);
            self.posts.push(Known { name, label: None, class, alone, partisan, within });
        }
    }

    /// Adds what a language calls a post; `false` if it is called something already.
    pub(crate) fn call(&mut self, post: Post, label: String) -> bool {
        self.posts[post.index()].label.replace(label).is_none()
    }

    /// The name of a post.
    pub fn name(&self, post: Post) -> &str {
        &self.posts[post.index()].name
    }

    /// What people call a post, or its name where the language has no word.
    pub fn label(&self, post: Post) -> &str {
        let known = &self.posts[post.index()];
        known.label.as_ref().unwrap_or(&known.name)
    }

    /// The class of those who hold a post.
    pub fn class(&self, post: Post) -> Class {
        self.posts[post.index()].class
    }

    /// The class of those who hold a post within a body of some class, where that tells more.
    pub(crate) fn class_within(&self, classes: &Classes, post: Post, body: Class) -> Option<Class> {
        let within = &self.posts[post.index()].within;
        within.iter().find(|(known, _)| classes.is_a(body, *known)).map(|(_, class)| *class)
    }

    /// Whether the post alone can stand for its holder: "the president".
    pub fn stands_alone(&self, post: Post) -> bool {
        self.posts[post.index()].alone
    }

    /// Whether a name before the post is the holder's party: "PRI deputy".
    pub(crate) fn is_partisan(&self, post: Post) -> bool {
        self.posts[post.index()].partisan
    }

    /// The post of a name, or of a name after a rank: that of a deputy minister is the minister's.
    pub(crate) fn find(&self, name: &str) -> Option<Post> {
        let mut tails = std::iter::successors(Some(name), |name| Some(name.split_once('-')?.1));
        tails.find_map(|name| self.by_name(name))
    }

    /// The post of a name.
    pub fn by_name(&self, name: &str) -> Option<Post> {
        self.by_name.get(name).copied()
    }
}

impl Post {
    fn index(self) -> usize {
        usize::from(self.0)
    }
}
