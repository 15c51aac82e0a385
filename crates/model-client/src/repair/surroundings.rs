use super::{Repair, note};

const TAGS: [(&str, &str); 2] = [("<think>", "</think>"), ("<thinking>", "</thinking>")];

/// The answer that follows a model's thinking; all of the text if it does not think.
///
/// Some chat templates write the opening tag themselves, so that the text has only the closing one.
pub(super) fn after_thinking<'t>(text: &'t str, repairs: &mut Vec<Repair>) -> Result<&'t str, &'static str> {
    let text = text.trim_start();
    for (open, close) in TAGS {
        if let Some(thinking) = text.strip_prefix(open) {
            let (_, answer) = thinking.split_once(close).ok_or("its thinking never ends")?;
            note(repairs, Repair::Thinking);
            return Ok(answer.trim_start());
        }
        let begins_with_json = text.starts_with(['{', '[', '`']);
        if let (false, Some((_, answer))) = (begins_with_json, text.split_once(close)) {
            note(repairs, Repair::Thinking);
            return Ok(answer.trim_start());
        }
    }
    Ok(text)
}

/// Notes what stands before the object: text, a fence, or both.
pub(super) fn note_before(before: &str, repairs: &mut Vec<Repair>) {
    let before = before.trim();
    let (prose, is_fenced) = match before.rsplit_once("```") {
        Some((prose, language)) if language.chars().all(char::is_alphanumeric) => (prose.trim(), true),
        _ => (before, false),
    };
    if !prose.is_empty() {
        note(repairs, Repair::LeadingText);
    }
    if is_fenced {
        note(repairs, Repair::Fence);
    }
}

/// Notes what stands after the object: the end of a fence, text, or both.
pub(super) fn note_after(after: &str, repairs: &mut Vec<Repair>) {
    let after = after.trim();
    let prose = match after.strip_prefix("```") {
        Some(rest) => {
            note(repairs, Repair::Fence);
            rest.trim()
        }
        None => after,
    };
    if !prose.is_empty() {
        note(repairs, Repair::TrailingText);
    }
}
