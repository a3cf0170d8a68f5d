//! Reads a component's moves in the order of its scores, and picks the best of those allowed.

use std::ops::Range;

use crate::LoadError;
use crate::labels::{Label, Labels};
use crate::msgpack::{self, Value};
use crate::ordered::Ordered;

/// The moves of a transition system: its actions with their labels, in the order of the scores.
#[derive(Debug)]
pub(crate) struct Moves {
    /// The label of each move.
    pub(crate) labels: Vec<Label>,
    /// Where each action's moves stand.
    actions: Vec<Range<usize>>,
}

impl Moves {
    /// Reads a file `moves`, in which each action's labels stand with their frequencies.
    ///
    /// `actions` is the number of actions that the system knows, `keep` says which moves of the
    /// file count.
    pub(crate) fn read(
        file: &str,
        bytes: &[u8],
        actions: usize,
        keep: impl Fn(usize, &str) -> bool,
        labels: &mut Labels,
    ) -> Result<Moves, LoadError> {
        let corrupt = |why: &str| LoadError::corrupt(file, why);
        let value = msgpack::read(bytes).map_err(|e| corrupt(&e.to_string()))?;
        let json = value.get("moves").and_then(Value::text).ok_or_else(|| corrupt("no moves"))?;
        let table: Ordered<Ordered<i64>> =
            serde_json::from_str(json).map_err(|e| corrupt(&e.to_string()))?;
        let mut usual = Vec::new();
        let mut later = Vec::new();
        for (action, words) in table.0 {
            let action: usize = action.parse().map_err(|_| corrupt("an action is no number"))?;
            if action >= actions {
                return Err(LoadError::unsupported(file, format!("action {action}")));
            }
            for (word, frequency) in words.0 {
                if !keep(action, &word) {
                    continue;
                }
                // Labels added after training have no frequency of their own and come last.
                let list = if frequency < 0 { &mut later } else { &mut usual };
                list.push((action, frequency, word));
            }
        }
        if !later.is_empty() {
            return Err(LoadError::unsupported(file, "labels added after training"));
        }
        usual.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| (b.1, &b.2).cmp(&(a.1, &a.2))));
        let place = |action| usual.partition_point(|(a, _, _)| *a < action);
        let actions = (0..actions).map(|action| place(action)..place(action + 1)).collect();
        let labels = usual.iter().map(|(_, _, word)| labels.add(word)).collect();
        Ok(Moves { labels, actions })
    }

    /// The moves of an action.
    pub(crate) fn of(&self, action: usize) -> Range<usize> {
        self.actions[action].clone()
    }

    /// The action of a move.
    pub(crate) fn action(&self, index: usize) -> usize {
        self.actions.partition_point(|range| range.end <= index)
    }
}

/// The best of the scores within some ranges, the first of equals; none if there is no number.
pub(crate) fn best(
    scores: &[f32],
    ranges: impl IntoIterator<Item = Range<usize>>,
) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for range in ranges {
        for (index, &score) in range.clone().zip(&scores[range]) {
            if best.map_or(score > f32::NEG_INFINITY, |(_, highest)| score > highest) {
                best = Some((index, score));
            }
        }
    }
    best.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str, labels: &mut Labels) -> Result<Moves, LoadError> {
        let mut file = b"\x81\xa5moves\xd9".to_vec();
        file.push(json.len() as u8);
        file.extend(json.as_bytes());
        Moves::read("moves", &file, 5, |_, _| true, labels)
    }

    #[test]
    fn moves_stand_by_action_then_frequency_then_label() {
        let mut labels = Labels::new();
        let json = r#"{"2":{"a":5,"b":9,"c":5},"0":{"":1},"3":{"a":2}}"#;
        let moves = read(json, &mut labels).unwrap();
        let words: Vec<_> = moves.labels.iter().map(|&label| labels.word(label)).collect();
        assert_eq!(words, ["", "b", "c", "a", "a"]);
        assert_eq!([0, 1, 2, 3, 4].map(|action| moves.of(action)), [0..1, 1..1, 1..4, 4..5, 5..5]);
        assert_eq!([0, 1, 3, 4].map(|index| moves.action(index)), [0, 2, 2, 3]);
        assert!(read(r#"{"7":{"a":1}}"#, &mut labels).is_err());
        assert!(read(r#"{"2":{"a":-1}}"#, &mut labels).is_err());
    }

    #[test]
    fn the_first_of_equal_scores_is_best() {
        let scores = [5.0, 1.0, 3.0, 3.0, f32::NAN];
        assert_eq!(best(&scores, [1..2, 2..5]), Some(2));
        assert_eq!(best(&scores, std::iter::once(4..5)), None);
        assert_eq!(best(&scores, []), None);
    }
}
