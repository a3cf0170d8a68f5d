//! Who is who over several reports.
