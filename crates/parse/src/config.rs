//! Reads `config.cfg`: which components a pipeline has, in which order, of which architecture.

use std::collections::BTreeMap;

use crate::LoadError;

const FILE: &str = "config.cfg";

/// The settings of a pipeline, by section and key. Values are JSON, as in the file.
#[derive(Debug)]
pub(crate) struct Config {
    sections: BTreeMap<String, BTreeMap<String, String>>,
}

/// One step of the pipeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Component {
    /// Its name, under which its files lie.
    pub(crate) name: String,
    pub(crate) kind: ComponentKind,
}

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ComponentKind {
    Tok2Vec,
    Tagger,
    Morphologizer,
    Senter,
    Parser,
    Ner,
    AttributeRuler,
    Lemmatizer,
}

impl Config {
    pub(crate) fn parse(text: &str) -> Result<Config, LoadError> {
        let mut sections: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let mut current: Option<String> = None;
        let mut key: Option<String> = None;
        for line in text.lines() {
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
                continue;
            }
            if let Some(name) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
                && !line.starts_with(char::is_whitespace)
            {
                sections.entry(name.into()).or_default();
                (current, key) = (Some(name.into()), None);
                continue;
            }
            let section = current.as_ref().and_then(|name| sections.get_mut(name));
            let section = section
                .ok_or_else(|| LoadError::corrupt(FILE, "a setting stands outside any section"))?;
            if line.starts_with(char::is_whitespace)
                && let Some(value) = key.as_ref().and_then(|key| section.get_mut(key))
            {
                // A long value goes on in indented lines.
                value.push_str(trimmed);
                continue;
            }
            let (name, value) = trimmed
                .split_once('=')
                .ok_or_else(|| LoadError::corrupt(FILE, format!("no value in {trimmed:?}")))?;
            section.insert(name.trim().into(), value.trim().into());
            key = Some(name.trim().into());
        }
        Ok(Config { sections })
    }

    /// The language's code: `en`.
    pub(crate) fn language(&self) -> Result<String, LoadError> {
        self.text("nlp", "lang")?.ok_or_else(|| LoadError::corrupt(FILE, "nlp.lang is missing"))
    }

    /// The steps of the pipeline in their order, without those that are switched off.
    pub(crate) fn components(&self) -> Result<Vec<Component>, LoadError> {
        let disabled = self.list("nlp", "disabled")?;
        let names = self.list("nlp", "pipeline")?;
        if let Some(double) = names.iter().enumerate().find(|(i, n)| names[..*i].contains(n)) {
            let why = format!("{:?} is twice in the pipeline", double.1);
            return Err(LoadError::corrupt(FILE, why));
        }
        names
            .into_iter()
            .filter(|name| !disabled.contains(name))
            .map(|name| self.component(name))
            .collect()
    }

    fn component(&self, name: String) -> Result<Component, LoadError> {
        let section = format!("components.{name}");
        let factory = self.text(&section, "factory")?;
        let factory =
            factory.ok_or_else(|| LoadError::corrupt(FILE, format!("{section} has no factory")))?;
        let kind = match factory.as_str() {
            "tok2vec" => ComponentKind::Tok2Vec,
            "tagger" => ComponentKind::Tagger,
            "morphologizer" => ComponentKind::Morphologizer,
            "senter" => ComponentKind::Senter,
            "parser" => ComponentKind::Parser,
            "ner" => ComponentKind::Ner,
            "attribute_ruler" => ComponentKind::AttributeRuler,
            "lemmatizer" => ComponentKind::Lemmatizer,
            other => return Err(LoadError::unsupported(FILE, format!("component {other:?}"))),
        };
        self.check(&section, kind)?;
        Ok(Component { name, kind })
    }

    /// Refuses architectures and settings that would need code this runtime doesn't have.
    fn check(&self, section: &str, kind: ComponentKind) -> Result<(), LoadError> {
        match kind {
            ComponentKind::Tok2Vec => self.check_encoder(&format!("{section}.model")),
            ComponentKind::Tagger | ComponentKind::Morphologizer | ComponentKind::Senter => {
                let model = format!("{section}.model");
                self.one_of(&model, "@architectures", &["spacy.Tagger.v1", "spacy.Tagger.v2"])?;
                self.one_of(section, "extend", &["false"])?;
                self.check_source(&format!("{model}.tok2vec"))
            }
            ComponentKind::Parser | ComponentKind::Ner => {
                let model = format!("{section}.model");
                let state = if kind == ComponentKind::Ner { "ner" } else { "parser" };
                self.one_of(&model, "@architectures", &["spacy.TransitionBasedParser.v2"])?;
                self.one_of(&model, "state_type", &[state])?;
                self.one_of(&model, "extra_state_tokens", &["false"])?;
                self.one_of(&model, "use_upper", &["true"])?;
                self.one_of(section, "learn_tokens", &["false"])?;
                self.check_source(&format!("{model}.tok2vec"))
            }
            ComponentKind::AttributeRuler => Ok(()),
            ComponentKind::Lemmatizer => {
                self.one_of(section, "mode", &["rule"])?;
                self.one_of(section, "overwrite", &["false"])
            }
        }
    }

    /// An encoder of the component's own, or one that it shares.
    fn check_source(&self, section: &str) -> Result<(), LoadError> {
        if self.listens(section) { Ok(()) } else { self.check_encoder(section) }
    }

    fn check_encoder(&self, section: &str) -> Result<(), LoadError> {
        self.one_of(section, "@architectures", &["spacy.Tok2Vec.v2"])?;
        let (embed, encode) = (format!("{section}.embed"), format!("{section}.encode"));
        self.one_of(&embed, "@architectures", &["spacy.MultiHashEmbed.v2"])?;
        self.one_of(&encode, "@architectures", &["spacy.MaxoutWindowEncoder.v2"])?;
        self.one_of(&encode, "window_size", &["1"])
    }

    /// Whether the encoder that a section describes is the shared one.
    fn listens(&self, section: &str) -> bool {
        let architecture = self.text(section, "@architectures").ok().flatten();
        architecture.as_deref() == Some("spacy.Tok2VecListener.v1")
    }

    /// Whether a component takes its vectors from the shared encoder.
    pub(crate) fn shares_encoder(&self, component: &str) -> bool {
        self.listens(&format!("components.{component}.model.tok2vec"))
    }

    /// Refuses a setting with any other value than these. An absent setting has its default, which
    /// is the first; an architecture has none.
    fn one_of(&self, section: &str, key: &str, allowed: &[&str]) -> Result<(), LoadError> {
        let value = self.sections.get(section).and_then(|keys| keys.get(key));
        let Some(value) = value else {
            if key.starts_with('@') {
                return Err(LoadError::corrupt(FILE, format!("{section} has no {key}")));
            }
            return Ok(());
        };
        let plain = value.trim_matches('"');
        if allowed.contains(&plain) {
            return Ok(());
        }
        Err(LoadError::unsupported(FILE, format!("{section}.{key} = {value}")))
    }

    fn text(&self, section: &str, key: &str) -> Result<Option<String>, LoadError> {
        self.json(section, key)
    }

    fn list(&self, section: &str, key: &str) -> Result<Vec<String>, LoadError> {
        Ok(self.json(section, key)?.unwrap_or_default())
    }

    fn json<T: serde::de::DeserializeOwned>(
        &self,
        section: &str,
        key: &str,
    ) -> Result<Option<T>, LoadError> {
        let Some(value) = self.sections.get(section).and_then(|keys| keys.get(key)) else {
            return Ok(None);
        };
        let value = serde_json::from_str(value);
        let why = |error| LoadError::corrupt(FILE, format!("{section}.{key}: {error}"));
        value.map(Some).map_err(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
[nlp]
lang = "en"
pipeline = ["tok2vec",
    "tags","sents"]
disabled = ["sents"]

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"
[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
window_size = 1

[components.tok2vec]
factory = "tok2vec"
[components.tags]
factory = "tagger"
[components.tags.model]
@architectures = "spacy.Tagger.v2"
[components.tags.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
"#;

    #[test]
    fn components_come_in_order_without_those_switched_off() {
        let config = Config::parse(SMALL).unwrap();
        let names: Vec<_> = config.components().unwrap().into_iter().map(|c| c.name).collect();
        assert_eq!(names, ["tok2vec", "tags"]);
        assert_eq!(config.language().unwrap(), "en");
        assert!(config.shares_encoder("tags"));
    }

    #[test]
    fn what_is_unknown_is_refused_by_name() {
        for (old, new, name) in [
            ("MultiHashEmbed.v2", "CharacterEmbed.v2", "spacy.CharacterEmbed.v2"),
            ("\"tagger\"", "\"trainable_lemmatizer\"", "trainable_lemmatizer"),
            ("Tok2VecListener.v1", "TransformerModel.v3", "spacy.TransformerModel.v3"),
            ("window_size = 1", "window_size = 2", "window_size = 2"),
        ] {
            let config = Config::parse(&SMALL.replace(old, new)).unwrap();
            let error = config.components().unwrap_err();
            assert!(matches!(error, LoadError::Unsupported { .. }), "{error}");
            assert!(error.to_string().contains(name), "{error} does not name {name}");
        }
    }
}
