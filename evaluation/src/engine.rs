//! The pack and the pipeline that the measured functions work with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use atalaya_facts::pack::{self, Files};
use atalaya_facts::reading::{self, Prepared, Reading};
use atalaya_facts::{Gazetteer, Pack};
use atalaya_parse::{Doc, Pipeline};
use atalaya_read::Report;

/// Where the pack and the models lie.
#[derive(clap::Args)]
pub(crate) struct Engine {
    /// The folder of the pack.
    #[arg(long, default_value = "packs/world")]
    pack: PathBuf,
    /// The folder of the pipeline's weights.
    #[arg(long, default_value = "models/en")]
    model: PathBuf,
    /// The file of the gazetteer.
    #[arg(long, default_value = "gazetteer/places.bin")]
    gazetteer: PathBuf,
}

impl Engine {
    /// The pack in English.
    pub(crate) fn pack(&self) -> io::Result<Pack> {
        let mut files = Files::new();
        collect(&self.pack, &self.pack, &mut files)?;
        Pack::load(&pack::of_language(&files, "en")).map_err(|problems| {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            io::Error::other(told.join("\n"))
        })
    }

    /// All that reports are read with.
    pub(crate) fn reader(&self) -> io::Result<Reader> {
        let (pack, gazetteer) = (self.pack()?, self.gazetteer()?);
        Ok(Reader { pack, gazetteer, pipeline: self.pipeline()? })
    }

    /// The places of the map.
    pub(crate) fn gazetteer(&self) -> io::Result<Gazetteer> {
        Gazetteer::load(fs::read(&self.gazetteer)?).map_err(io::Error::other)
    }

    /// The English pipeline.
    pub(crate) fn pipeline(&self) -> io::Result<Pipeline> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.model)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "model") {
                files.push((path.display().to_string(), fs::read(&path)?));
            }
        }
        Pipeline::load(files).map_err(io::Error::other)
    }
}

/// All that reports are read with.
pub(crate) struct Reader {
    pub(crate) pack: Pack,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) pipeline: Pipeline,
}

impl Reader {
    /// Reads a report as the room does: prepared, parsed, its values found.
    pub(crate) fn read<'r>(&self, report: &'r Report) -> Reading<'r> {
        let prepared = reading::prepare(&self.pack, &self.gazetteer, report);
        let parsed = |prepared: Prepared| {
            let doc = self.pipeline.parse(&prepared.text);
            (prepared, doc)
        };
        let docs: Vec<(Prepared, Doc)> = prepared.into_iter().map(parsed).collect();
        reading::read(&self.pack, &self.gazetteer, report, docs)
    }
}

/// Every file below a folder with its path from there, written with slashes.
fn collect(root: &Path, folder: &Path, files: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            files.insert(name.display().to_string().replace('\\', "/"), fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
