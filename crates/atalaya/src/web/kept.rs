//! Something that takes long to make, kept as long as the room stays as it was.

use std::sync::Mutex;

/// The last one that was made, with the state of the room that it was made of.
#[derive(Debug)]
pub struct Kept<T>(Mutex<Option<(String, T)>>);

impl<T> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept(Mutex::new(None))
    }
}

impl<T: Clone> Kept<T> {
    /// What is kept of this state, else what `make` gives, which is kept from then on.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn of<E>(&self, state: String, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let known = self.0.lock().ok().and_then(|known| known.clone());
        if let Some((_, known)) = known.filter(|(own, _)| *own == state) {
            return Ok(known);
        }
        let made = make()?;
        if let Ok(mut known) = self.0.lock() {
            *known = Some((state, made.clone()));
        }
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_for_each_state() {
        let kept = Kept::default();
        let of =
            |state: &str, made: i32| kept.of(state.to_owned(), || Ok::<i32, ()>(made)).unwrap();
        assert_eq!([of("a", 1), of("a", 2), of("b", 3), of("b", 4)], [1, 1, 3, 3]);
        assert_eq!(kept.of("c".to_owned(), || Err("no")), Err("no"));
    }
}
