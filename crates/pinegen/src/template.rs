//! The little language of the catalogue's templates.
//!
//! A template is one of three. An expression, if it names no outputs. A block, if its lines have `{name}`: written whole,
//! with a name of its own. Else a chain, each line `variable = expression`: a line is written where `{variable}` is
//! needed, under a name of its own, and equal lines are written once.

use indicators::Pine;

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// To be written as it is.
    Text(&'a str),
    /// A name in braces, which something stands for.
    Place(&'a str),
}

/// The pieces of `template`, in order.
pub(crate) fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (part, behind) = match (rest.strip_prefix('{').and_then(|inner| inner.split_once('}')), rest.find('{')) {
            (Some((place, behind)), _) => (Part::Place(place), behind),
            (None, Some(brace)) if brace > 0 => (Part::Text(&rest[..brace]), &rest[brace..]),
            _ => (Part::Text(rest), ""),
        };
        rest = behind;
        Some(part)
    })
}

/// Whether the lines are to be written as a whole.
pub(crate) fn is_block(pine: &Pine) -> bool {
    parts(pine.lines).any(|part| part == Part::Place("name"))
}

/// The expression of `variable` in a chain; `None` if no line declares it.
pub(crate) fn variable(pine: &Pine, variable: &str) -> Option<&'static str> {
    pine.lines
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .find(|(name, _)| *name == variable)
        .map(|(_, line)| line)
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn places_and_text_alternate_in_order() {
        let found: Vec<_> = parts("ta.x({source}, {a})").collect();
        assert_eq!(
            found,
            [Part::Text("ta.x("), Part::Place("source"), Part::Text(", "), Part::Place("a"), Part::Text(")")]
        );
        assert_eq!(parts("{a}{b}").collect::<Vec<_>>(), [Part::Place("a"), Part::Place("b")]);
        assert_eq!(parts("").count(), 0);
    }
}
