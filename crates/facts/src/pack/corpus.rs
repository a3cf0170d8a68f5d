//! The examples beside a pack's words: sentences, and the values they must give or must not.
//!
//! A sentence stands in a block quotation, and each of its values in a list below it. A sentence
//! without a list must give nothing. All else is for people to read.

/// A sentence and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The line of the sentence, from 1.
    pub line: usize,
    /// The sentence.
    pub sentence: String,
    /// What must be read in it, in the order of the words and in the readers' own notation.
    pub values: Vec<String>,
}

/// The examples of a corpus, in order.
pub fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if let Some(sentence) = line.strip_prefix("> ") {
            let (line, sentence) = (index + 1, sentence.trim().to_owned());
            examples.push(Example { line, sentence, values: Vec::new() });
        } else if let (Some(value), Some(example)) = (line.strip_prefix("- "), examples.last_mut())
        {
            example.values.push(value.trim().to_owned());
        }
    }
    examples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_have_their_values() {
        let text = "# Mass\n\n> Six tons.\n- 6 ton\n- x\n\n> Nothing.\n\nWords.\n";
        let found = examples(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].line, found[0].values.len()), (3, 2));
        assert!(found[1].values.is_empty());
    }
}
