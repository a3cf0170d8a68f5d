//! Countries as other formats write them: codes and names from one table.

static TABLE: &str = include_str!("../../../../gazetteer/codes.tsv");

/// A country's codes and names; what is empty is not known, or the format has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1, two letters.
    pub iso2: &'static str,
    /// ISO 3166-1, three letters.
    pub iso3: &'static str,
    /// ISO 3166-1, as a number.
    pub numeric: &'static str,
    /// The number that Gleditsch and Ward give to independent states, and UCDP uses.
    pub gleditsch_ward: &'static str,
    /// As ACLED writes it.
    pub acled: &'static str,
    /// ACLED's region.
    pub acled_region: &'static str,
    /// As UCDP writes it.
    pub ucdp: &'static str,
}

impl Country {
    /// The country of an ISO code of two letters.
    pub fn of(iso2: &str) -> Option<Country> {
        all().find(|country| country.iso2 == iso2)
    }

    /// UCDP's region, which follows from the number of Gleditsch and Ward.
    pub fn ucdp_region(&self) -> &'static str {
        match self.gleditsch_ward.parse::<u32>() {
            Ok(2..200) => "Americas",
            Ok(200..400) => "Europe",
            Ok(400..630) => "Africa",
            Ok(630..700) => "Middle East",
            Ok(700..1000) => "Asia",
            _ => "",
        }
    }
}

/// Every country of the table.
fn all() -> impl Iterator<Item = Country> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [iso2, iso3, numeric, gleditsch_ward, acled, acled_region, ucdp] = cells[..] else {
            return None;
        };
        Some(Country { iso2, iso3, numeric, gleditsch_ward, acled, acled_region, ucdp })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The regions of ACLED's table `acled_regions`.
    const ACLED_REGIONS: [&str; 17] = [
        "Western Africa",
        "Middle Africa",
        "Eastern Africa",
        "Southern Africa",
        "Northern Africa",
        "South Asia",
        "Southeast Asia",
        "Middle East",
        "Europe",
        "Caucasus and Central Asia",
        "Central America",
        "South America",
        "Caribbean",
        "East Asia",
        "North America",
        "Oceania",
        "Antarctica",
    ];

    #[test]
    fn a_country_is_written_as_each_format_writes_it() {
        let ecuador = Country::of("EC").unwrap();
        assert_eq!((ecuador.iso3, ecuador.numeric), ("ECU", "218"));
        assert_eq!((ecuador.acled, ecuador.acled_region), ("Ecuador", "South America"));
        assert_eq!((ecuador.ucdp_region(), ecuador.gleditsch_ward), ("Americas", "130"));
        assert_eq!(Country::of("CI").unwrap().acled, "Ivory Coast");
        assert_eq!(Country::of("RU").unwrap().ucdp, "Russia (Soviet Union)");
        assert_eq!(Country::of("EG").unwrap().ucdp_region(), "Middle East");
        assert_eq!(Country::of("EG").unwrap().acled_region, "Northern Africa");
        assert_eq!(Country::of(""), None);
    }

    #[test]
    fn the_table_is_whole() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(all().count(), lines, "a line has another number of cells");
        let mut before = "";
        for country in all() {
            assert!(before < country.iso2, "{country:?} is not in order");
            before = country.iso2;
            assert!(country.iso2.len() == 2 && country.iso3.len() == 3, "{country:?}");
            assert!(country.iso2 == "XK" || country.numeric.parse::<u16>().is_ok(), "{country:?}");
            let region = country.acled_region;
            assert!(region.is_empty() || ACLED_REGIONS.contains(&region), "{country:?}");
            assert_eq!(region.is_empty(), country.acled.is_empty(), "{country:?}");
            assert_eq!(country.gleditsch_ward.is_empty(), country.ucdp.is_empty(), "{country:?}");
        }
    }
}
