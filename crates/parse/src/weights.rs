//! Reads a component's weights as thinc writes them, and files them in the archive by their role.
//!
//! The bytes are a MessagePack map of four lists, one entry for each node of the layer tree in
//! breadth-first order. Which layer plays which part follows from names and references, not from
//! places in the lists, which differ from model to model.

use std::borrow::Cow;

use serde_json::json;

use crate::LoadError;
use crate::archive::Archive;
use crate::msgpack::{self, Value};

/// The nodes of a component's layer tree.
pub(crate) struct Layers<'a> {
    file: String,
    nodes: Vec<Node<'a>>,
}

struct Node<'a> {
    name: &'a str,
    attributes: Value<'a>,
    references: Value<'a>,
    parameters: Value<'a>,
}

impl<'a> Layers<'a> {
    pub(crate) fn read(file: &str, bytes: &'a [u8]) -> Result<Layers<'a>, LoadError> {
        let Value::Map(mut map) = msgpack::read(bytes).map_err(|e| corrupt(file, e.to_string()))?
        else {
            return Err(corrupt(file, "it is not a map"));
        };
        let mut list = |name: &str| {
            let place = map.iter().position(|(key, _)| key.text() == Some(name));
            match place.map(|place| map.swap_remove(place).1) {
                Some(Value::Array(items)) => Ok(items),
                _ => Err(corrupt(file, format!("it has no list {name:?}"))),
            }
        };
        let (nodes, attributes, parameters) = (list("nodes")?, list("attrs")?, list("params")?);
        if nodes.len() != attributes.len() || nodes.len() != parameters.len() {
            return Err(corrupt(file, "its lists differ in length"));
        }
        let nodes = nodes.into_iter().zip(attributes).zip(parameters);
        let nodes = nodes.map(|((node, attributes), parameters)| {
            let name = node.get("name").and_then(Value::text);
            let name = name.ok_or_else(|| corrupt(file, "a layer has no name"))?;
            let references = node.get("refs").cloned().unwrap_or(Value::Nil);
            Ok(Node { name, attributes, references, parameters })
        });
        let nodes = nodes.collect::<Result<Vec<_>, LoadError>>()?;
        Ok(Layers { file: file.into(), nodes })
    }

    /// Files an encoder: its embedding tables, mixer and convolutions, under the component's name.
    /// Returns whether it uses static vectors.
    pub(crate) fn encoder(&self, name: &str, archive: &mut Archive) -> Result<bool, LoadError> {
        let extract = self.only("extract_features")?;
        let columns = self.attribute(extract, "columns")?;
        let columns = columns.array().unwrap_or_default();
        let mut tables = Vec::new();
        for (number, node) in self.named("hashembed").enumerate() {
            let seed = self.attribute(node, "seed")?.uint();
            let column = self.attribute(node, "column")?.uint();
            let column =
                column.and_then(|column| columns.get(usize::try_from(column).ok()?)?.text());
            let (Some(seed), Some(column)) = (seed, column) else {
                return Err(self.corrupt("an embedding has no seed or column"));
            };
            tables.push(json!({ "column": column, "seed": seed }));
            self.array(node, "E", format!("{name}/embed/{number}"), archive)?;
        }
        let vectors = self.named("static_vectors").next();
        if let Some(node) = vectors {
            let key = self.attribute(node, "key_attr")?;
            if key.text() != Some("ORTH") {
                return Err(LoadError::unsupported(&self.file, format!("vectors by {key:?}")));
            }
            self.array(node, "W", format!("{name}/vectors"), archive)?;
        }
        let (maxouts, norms) = (self.named("maxout"), self.named("layernorm"));
        let mut depth = 0;
        for (number, (maxout, norm)) in maxouts.zip(norms).enumerate() {
            self.array(maxout, "W", format!("{name}/layer/{number}/W"), archive)?;
            self.array(maxout, "b", format!("{name}/layer/{number}/b"), archive)?;
            self.array(norm, "G", format!("{name}/layer/{number}/gain"), archive)?;
            self.array(norm, "b", format!("{name}/layer/{number}/shift"), archive)?;
            depth = number;
        }
        self.check_padding(depth)?;
        let settings = json!({ "tables": tables, "vectors": vectors.is_some(), "depth": depth });
        archive.add(format!("{name}/encoder"), vec![], Cow::Owned(settings.to_string().into()));
        Ok(vectors.is_some())
    }

    /// The convolutions must be padded with as many rows as they can see.
    fn check_padding(&self, depth: usize) -> Result<(), LoadError> {
        let node = self.nodes.iter().find(|node| node.name.starts_with("with_array(residual("));
        let padding = node.map(|node| self.attribute(node, "pad")).transpose()?;
        if padding.and_then(|padding| padding.uint()) != Some(depth as u64) {
            return Err(LoadError::unsupported(
                &self.file,
                "padding other than depth times window",
            ));
        }
        Ok(())
    }

    /// Files the output layer of a tagger.
    pub(crate) fn softmax(&self, name: &str, archive: &mut Archive) -> Result<(), LoadError> {
        let node = self.only("softmax")?;
        self.array(node, "W", format!("{name}/softmax/W"), archive)?;
        self.array(node, "b", format!("{name}/softmax/b"), archive)
    }

    /// Files the scoring layers of a parser or entity recogniser.
    pub(crate) fn scorer(&self, name: &str, archive: &mut Archive) -> Result<(), LoadError> {
        let lower = self.only("precomputable_affine")?;
        self.array(lower, "W", format!("{name}/lower/W"), archive)?;
        self.array(lower, "b", format!("{name}/lower/b"), archive)?;
        self.array(lower, "pad", format!("{name}/lower/pad"), archive)?;
        let top = self.nodes.first().and_then(|node| node.references.get("upper"));
        let upper = top.and_then(Value::uint).and_then(|n| usize::try_from(n).ok());
        let upper = upper.filter(|&n| self.nodes.get(n).is_some_and(|node| node.name == "linear"));
        let upper = upper.ok_or_else(|| self.corrupt("it has no upper layer"))?;
        let projection =
            (0..self.nodes.len()).find(|&n| self.nodes[n].name == "linear" && n != upper);
        let projection = projection.ok_or_else(|| self.corrupt("it has no projection"))?;
        for (layer, node) in [("upper", upper), ("projection", projection)] {
            self.array(&self.nodes[node], "W", format!("{name}/{layer}/W"), archive)?;
            self.array(&self.nodes[node], "b", format!("{name}/{layer}/b"), archive)?;
        }
        Ok(())
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &Node<'a>> {
        self.nodes.iter().filter(move |node| node.name == name)
    }

    fn only(&self, name: &str) -> Result<&Node<'a>, LoadError> {
        let mut found = self.named(name);
        match (found.next(), found.next()) {
            (Some(node), None) => Ok(node),
            (None, _) => Err(self.corrupt(format!("it has no layer {name:?}"))),
            (Some(_), Some(_)) => Err(self.corrupt(format!("it has several layers {name:?}"))),
        }
    }

    /// An attribute of a layer, which is a value packed within the value.
    fn attribute(&self, node: &Node<'a>, name: &str) -> Result<Value<'a>, LoadError> {
        let value = node.attributes.get(name);
        let value = value.ok_or_else(|| self.corrupt(format!("{} has no {name}", node.name)))?;
        match value {
            Value::Bin(bytes) => {
                msgpack::read(bytes).map_err(|e| self.corrupt(format!("{name}: {e}")))
            }
            other => Ok(other.clone()),
        }
    }

    /// Files a parameter of a layer, after its type and size are checked.
    fn array(
        &self,
        node: &Node<'a>,
        parameter: &str,
        section: String,
        archive: &mut Archive,
    ) -> Result<(), LoadError> {
        let wrong = |why: &str| self.corrupt(format!("{} {parameter}: {why}", node.name));
        let array = node.parameters.get(parameter).ok_or_else(|| wrong("missing"))?;
        if array.get("type").and_then(Value::text) != Some("<f4") {
            return Err(wrong("not an array of 32-bit floats"));
        }
        let shape = array.get("shape").and_then(Value::array).ok_or_else(|| wrong("no shape"))?;
        let size = |n: &Value<'_>| n.uint().and_then(|n| u32::try_from(n).ok()).map(|n| n as usize);
        let shape: Option<Vec<usize>> = shape.iter().map(size).collect();
        let shape = shape.ok_or_else(|| wrong("no shape"))?;
        let data = array.get("data").and_then(Value::bytes).ok_or_else(|| wrong("no data"))?;
        if shape.iter().try_fold(4usize, |size, &n| size.checked_mul(n)) != Some(data.len()) {
            return Err(wrong("shape and data differ in size"));
        }
        archive.add(section, shape, Cow::Owned(data.to_vec()));
        Ok(())
    }

    fn corrupt(&self, why: impl Into<String>) -> LoadError {
        corrupt(&self.file, why)
    }
}

fn corrupt(file: &str, why: impl Into<String>) -> LoadError {
    LoadError::corrupt(file, why)
}
