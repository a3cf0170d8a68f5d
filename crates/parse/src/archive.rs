//! The model as named sections: text files as they are, weights as arrays. Also Atalaya's own file
//! of them, whose sections are aligned, so that they are borrowed and not copied.
//!
//! The file: eight bytes [`MAGIC`]; the number of sections (`u32`); for each section the length of
//! its name (`u16`), the name, the number of dimensions (`u8`), the dimensions (`u32` each), its
//! place in the file and its length in bytes (`u64` each); then the sections, each from a multiple
//! of 64 on. All numbers are little-endian.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::LoadError;

/// The first bytes of a flat model. The last is the version of the format.
const MAGIC: [u8; 8] = *b"ATALAYA\x01";

/// Every section starts at a multiple of this.
const ALIGNMENT: usize = 64;

/// Bytes of a section or file, borrowed for good or owned.
pub(crate) type Bytes = Cow<'static, [u8]>;

/// A model's sections by name.
#[derive(Debug, Default)]
pub(crate) struct Archive {
    sections: BTreeMap<String, Section>,
}

#[derive(Debug)]
struct Section {
    /// The sizes of an array's dimensions; empty for a file.
    shape: Vec<usize>,
    data: Bytes,
}

impl Archive {
    /// Whether bytes claim to be a flat model.
    pub(crate) fn is_flat(bytes: &[u8]) -> bool {
        bytes.starts_with(&MAGIC[..7])
    }

    /// Reads a flat model. Sections of bytes that live for good are borrowed.
    pub(crate) fn read(file: &str, bytes: Bytes) -> Result<Archive, LoadError> {
        match bytes {
            Cow::Borrowed(bytes) => Archive::sections(file, bytes, Cow::Borrowed),
            Cow::Owned(bytes) => {
                Archive::sections(file, &bytes, |section| Cow::Owned(section.to_vec()))
            }
        }
    }

    fn sections<'a>(
        file: &str,
        bytes: &'a [u8],
        keep: impl Fn(&'a [u8]) -> Bytes,
    ) -> Result<Archive, LoadError> {
        if bytes.get(..MAGIC.len()) != Some(&MAGIC) {
            return Err(LoadError::unsupported(file, "this version of the flat format"));
        }
        let mut archive = Archive::default();
        let mut index = Index { bytes: &bytes[MAGIC.len()..] };
        let read = |index: &mut Index<'a>| -> Option<(String, Vec<usize>, &'a [u8])> {
            let length = index.number::<2>()?;
            let name = std::str::from_utf8(index.take(length)?).ok()?.to_owned();
            let dimensions = index.number::<1>()?;
            let shape: Option<Vec<_>> = (0..dimensions).map(|_| index.number::<4>()).collect();
            let (start, length) = (index.number::<8>()?, index.number::<8>()?);
            let data = bytes.get(start..start.checked_add(length)?)?;
            Some((name, shape?, data))
        };
        let count = index.number::<4>();
        let count = count.ok_or_else(|| LoadError::corrupt(file, "it ends inside its index"))?;
        let mut total = 0usize;
        for section in 0..count {
            let (name, shape, data) = read(&mut index).ok_or_else(|| {
                LoadError::corrupt(file, format!("section {section} is not in the file"))
            })?;
            // Sections that overlap could make a small file fill the memory.
            total += data.len();
            if total > bytes.len() {
                return Err(LoadError::corrupt(file, "its sections overlap"));
            }
            archive.sections.insert(name, Section { shape, data: keep(data) });
        }
        Ok(archive)
    }

    /// The flat file of these sections.
    pub(crate) fn write(&self) -> Vec<u8> {
        let index_length: usize = self
            .sections
            .iter()
            .map(|(name, section)| 2 + name.len() + 1 + 4 * section.shape.len() + 16)
            .sum();
        let mut file = MAGIC.to_vec();
        file.extend((self.sections.len() as u32).to_le_bytes());
        let mut place = (file.len() + index_length).next_multiple_of(ALIGNMENT);
        for (name, section) in &self.sections {
            file.extend((name.len() as u16).to_le_bytes());
            file.extend(name.as_bytes());
            file.push(section.shape.len() as u8);
            for &size in &section.shape {
                file.extend((size as u32).to_le_bytes());
            }
            file.extend((place as u64).to_le_bytes());
            file.extend((section.data.len() as u64).to_le_bytes());
            place = (place + section.data.len()).next_multiple_of(ALIGNMENT);
        }
        for section in self.sections.values() {
            file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
            file.extend_from_slice(&section.data);
        }
        file
    }

    pub(crate) fn add(&mut self, name: impl Into<String>, shape: Vec<usize>, data: Bytes) {
        self.sections.insert(name.into(), Section { shape, data });
    }

    /// The section of a name, if the model has it.
    pub(crate) fn find(&self, name: &str) -> Option<&[u8]> {
        self.sections.get(name).map(|section| &*section.data)
    }

    /// The section of a name.
    pub(crate) fn bytes(&self, name: &str) -> Result<&[u8], LoadError> {
        self.find(name).ok_or_else(|| LoadError::Missing(name.into()))
    }

    /// The section of a name, as text.
    pub(crate) fn text(&self, name: &str) -> Result<&str, LoadError> {
        std::str::from_utf8(self.bytes(name)?)
            .map_err(|_| LoadError::corrupt(name, "it is not UTF-8"))
    }

    /// The shape of an array, of which the data is sure to have the size.
    pub(crate) fn shape<const N: usize>(
        &self,
        name: &str,
        width: usize,
    ) -> Result<[usize; N], LoadError> {
        let section = self.sections.get(name).ok_or_else(|| LoadError::Missing(name.into()))?;
        let size = section.shape.iter().try_fold(width, |size, &n| size.checked_mul(n));
        let shape = <[usize; N]>::try_from(section.shape.as_slice());
        match shape {
            Ok(shape) if size == Some(section.data.len()) => Ok(shape),
            _ => {
                let (length, shape) = (section.data.len(), &section.shape);
                let why = format!("{length} bytes of shape {shape:?}, not {N} dimensions");
                Err(LoadError::corrupt(name, why))
            }
        }
    }

    /// The numbers of an array, which must have this shape.
    pub(crate) fn floats<const N: usize>(
        &self,
        name: &str,
        shape: [usize; N],
    ) -> Result<Cow<'static, [f32]>, LoadError> {
        self.numbers(name, shape, f32::from_le_bytes)
    }

    /// The numbers of an array of `u64`, which must have this shape.
    pub(crate) fn longs<const N: usize>(
        &self,
        name: &str,
        shape: [usize; N],
    ) -> Result<Cow<'static, [u64]>, LoadError> {
        self.numbers(name, shape, u64::from_le_bytes)
    }

    /// The numbers of an array of `u32`, which must have this shape.
    pub(crate) fn words<const N: usize>(
        &self,
        name: &str,
        shape: [usize; N],
    ) -> Result<Cow<'static, [u32]>, LoadError> {
        self.numbers(name, shape, u32::from_le_bytes)
    }

    fn numbers<T: bytemuck::Pod, const N: usize, const W: usize>(
        &self,
        name: &str,
        shape: [usize; N],
        read: impl Fn([u8; W]) -> T,
    ) -> Result<Cow<'static, [T]>, LoadError> {
        let found: [usize; N] = self.shape(name, W)?;
        if found != shape {
            return Err(LoadError::corrupt(name, format!("shape {found:?}, not {shape:?}")));
        }
        let data = &self.sections[name].data;
        if let Cow::Borrowed(bytes) = data
            && cfg!(target_endian = "little")
            && let Ok(numbers) = bytemuck::try_cast_slice(bytes)
        {
            return Ok(Cow::Borrowed(numbers));
        }
        let (numbers, _) = data.as_chunks::<W>();
        Ok(Cow::Owned(numbers.iter().map(|&bytes| read(bytes)).collect()))
    }
}

/// The rest of a flat model's index.
struct Index<'a> {
    bytes: &'a [u8],
}

impl<'a> Index<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    fn number<const W: usize>(&mut self) -> Option<usize> {
        let mut wide = [0; 8];
        wide[..W].copy_from_slice(self.take(W)?);
        usize::try_from(u64::from_le_bytes(wide)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Archive {
        let mut archive = Archive::default();
        archive.add("a", vec![2, 3], Cow::Owned([1.5f32; 6].map(f32::to_le_bytes).concat()));
        archive.add("text", vec![], Cow::Borrowed(b"words"));
        archive
    }

    #[test]
    fn a_flat_file_gives_back_what_was_written() {
        let bytes = small().write();
        let archive = Archive::read("flat", Cow::Owned(bytes)).unwrap();
        assert_eq!(*archive.floats("a", [2, 3]).unwrap(), [1.5; 6]);
        assert_eq!(archive.text("text").unwrap(), "words");
        assert!(archive.floats("a", [3, 2]).is_err());
        assert_eq!(archive.bytes("b").unwrap_err(), LoadError::Missing("b".into()));
    }

    #[test]
    fn arrays_that_live_for_good_are_borrowed() {
        let bytes = small().write();
        let mut aligned = vec![0u64; bytes.len() / 8 + 1];
        bytemuck::cast_slice_mut(&mut aligned)[..bytes.len()].copy_from_slice(&bytes);
        let bytes: &'static [u8] = &bytemuck::cast_slice(aligned.leak())[..bytes.len()];
        let archive = Archive::read("flat", Cow::Borrowed(bytes)).unwrap();
        assert!(matches!(archive.floats("a", [2, 3]).unwrap(), Cow::Borrowed([1.5, ..])));
    }

    #[test]
    fn a_flat_file_cut_anywhere_is_refused() {
        let bytes = small().write();
        for length in 0..bytes.len() {
            let cut = Archive::read("flat", Cow::Owned(bytes[..length].to_vec()));
            assert!(cut.is_err(), "cut to {length} of {} bytes", bytes.len());
        }
    }
}
