//! Tests of the gazetteer: the one in the tree, and bytes that are not one.

#![allow(clippy::disallowed_methods, reason = "tests touch the world")]
use super::*;

fn file() -> Vec<u8> {
    std::fs::read("../../gazetteer/places.bin").unwrap()
}

#[test]
fn names_lead_to_places_in_english_and_spanish() {
    let gazetteer = Gazetteer::load(file()).unwrap();
    let first = |name: &str| {
        let found = gazetteer.find(name).map(|(row, _)| gazetteer.entry(row));
        let best = found.max_by_key(|entry| (entry.kind != PlaceKind::Region2, entry.population));
        best.map(|entry| (entry.name, entry.country, entry.kind))
    };
    assert_eq!(first("Guayaquil"), Some(("Guayaquil", "EC", PlaceKind::City)));
    assert_eq!(first("GUAYAS"), Some(("Guayas", "EC", PlaceKind::Region1)));
    assert_eq!(first("Estados Unidos").map(|e| e.1), Some("US"));
    assert_eq!(first("United States").map(|e| e.1), Some("US"));
    assert_eq!(first("Londres").map(|e| e.1), Some("GB"));
    assert_eq!(first("Moscú").map(|e| e.1), Some("RU"));
    assert_eq!(first("Durán").map(|e| e.1), Some("EC"));
    assert_eq!(first("St. Louis"), first("Saint Louis"));
    assert_eq!(first("Franklin County").map(|e| e.2), Some(PlaceKind::Region2));
    assert_eq!(first("Mar Caribe").map(|e| e.2), Some(PlaceKind::Sea));
    assert_eq!(first("Nowhere-on-Sea-of-Nothing"), None);
}

#[test]
fn a_place_knows_where_it_lies() {
    let gazetteer = Gazetteer::load(file()).unwrap();
    let toledo = gazetteer.find("Toledo").map(|(row, _)| gazetteer.entry(row));
    let ohio = toledo
        .filter(|entry| entry.kind == PlaceKind::City && entry.country == "US")
        .find(|entry| entry.region1.is_some_and(|row| gazetteer.entry(row).name == "Ohio"))
        .unwrap();
    assert!((ohio.lat - 41.66).abs() < 0.1 && (ohio.lon + 83.56).abs() < 0.1);
    let country = gazetteer.entry(gazetteer.country("US").unwrap());
    assert_eq!((country.name, country.source), ("United States", CoordinateSource::Shape));
    assert!(country.km(&ohio) > 1000.0 && country.km(&ohio) < 1500.0);
    assert!(gazetteer.starts("saint") && gazetteer.starts("guayaquil"));
    assert!(!gazetteer.starts("guayaq"));
}

/// A file made small: the sections of one place.
fn tiny() -> Vec<u8> {
    let mut row = [0u8; RECORD];
    row[8..16].fill(0xff);
    row[28..30].copy_from_slice(b"EC");
    let starts: Vec<u8> = [0u32, 5].iter().flat_map(|n| n.to_le_bytes()).collect();
    let entries: Vec<u8> = [0u32, 1].iter().flat_map(|n| n.to_le_bytes()).collect();
    let parts: [&[u8]; 8] =
        [&row, b"Manta", &starts, b"manta", &entries, &[0; 4], b"\xe1\0\0\0a\0\0\0", b"st\tsaint"];
    let mut file = MAGIC.to_vec();
    file.extend([8u32.to_le_bytes(), 1u32.to_le_bytes()].concat());
    let mut at = 80u32;
    for part in parts {
        file.extend([at.to_le_bytes(), (part.len() as u32).to_le_bytes()].concat());
        at += part.len() as u32;
    }
    file.extend(parts.concat());
    file
}

#[test]
fn damaged_bytes_are_refused_or_harmless() {
    let file = tiny();
    assert_eq!(Gazetteer::load(file.clone()).unwrap().find("mánta").len(), 1);
    for end in 0..file.len() {
        assert!(Gazetteer::load(file[..end].to_vec()).is_err(), "cut at {end}");
    }
    for at in 0..file.len() {
        for byte in [0, 1, 0x7f, 0x80, 0xff] {
            let mut changed = file.clone();
            changed[at] = byte;
            let Ok(gazetteer) = Gazetteer::load(changed) else { continue };
            let rows: Vec<Row> = gazetteer.find("manta").map(|(row, _)| row).collect();
            rows.iter().for_each(|&row| assert!(gazetteer.entry(row).name.len() <= 5));
            let _ = (gazetteer.starts("man"), gazetteer.country("EC"), gazetteer.fold("Sán. St"));
        }
    }
}
