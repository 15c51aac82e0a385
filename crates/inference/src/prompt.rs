use std::fmt::Write as _;

use crate::Request;

/// What a model is told before any request: its task and the shape of the answer.
///
/// The same for every backend, so that answers of two models can be compared.
pub const SYSTEM_PROMPT: &str = "\
You analyse one financial instrument at one moment from the charts and numbers given, and from nothing else.
Answer with one JSON object and no other text. Its fields, all required:
- action: \"BUY\", \"SELL\" or \"HOLD\". Say HOLD when the evidence is weak or contradictory.
- confidence: a number from 0 to 1.
- reasoning: why, in one to five sentences, naming the numbers used.
- patterns: a list of {\"name\", \"confidence\"}; only patterns visible in a chart, else [].
- levels: a list of {\"kind\": \"support\" or \"resistance\", \"price\"}, else [].
- proposals: a list of {\"indicator\", \"parameters\": [{\"name\", \"value\"}], \"reason\"}: indicator settings worth \
trying, else [].
";

/// What a model is asked for `request`, as plain text; the images go beside it, in order.
///
/// ```
/// use inference::{Request, user_prompt};
///
/// let mut request = Request::new("EURUSD", "M5");
/// request.features.push("rsi", 27.5)?;
/// assert_eq!(
///     user_prompt(&request),
///     "Symbol: EURUSD\nTimeframe: M5\nCharts: none\nNumbers at the newest bar:\n- rsi: 27.5\n"
/// );
/// # Ok::<(), inference::Error>(())
/// ```
pub fn user_prompt(request: &Request) -> String {
    let mut text = format!("Symbol: {}\nTimeframe: {}\n", request.symbol, request.timeframe);
    match request.images.len() {
        0 => text.push_str("Charts: none\n"),
        n => writeln!(text, "Charts: {n}, the newest bar on the right").expect("writing to a String cannot fail"),
    }
    if request.features.is_empty() {
        text.push_str("Numbers: none\n");
    } else {
        text.push_str("Numbers at the newest bar:\n");
    }
    for (name, value) in request.features.iter() {
        writeln!(text, "- {name}: {value}").expect("writing to a String cannot fail");
    }
    if !request.question.is_empty() {
        writeln!(text, "Question: {}", request.question).expect("writing to a String cannot fail");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{SYSTEM_PROMPT, user_prompt};
    use crate::{ImageInput, Request, analysis_schema};

    #[test]
    fn names_every_field_of_the_schema() {
        for field in analysis_schema()["properties"].as_object().unwrap().keys() {
            assert!(SYSTEM_PROMPT.contains(&format!("\n- {field}: ")), "{field}");
        }
    }

    #[test]
    fn counts_the_charts_and_carries_the_question() {
        let mut request = Request::new("GBPJPY", "H1");
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0".to_vec();
        request.images = vec![ImageInput::png(png).unwrap(); 2];
        request.question = "Is the trend intact?".to_owned();
        assert_eq!(
            user_prompt(&request),
            "Symbol: GBPJPY\nTimeframe: H1\nCharts: 2, the newest bar on the right\nNumbers: none\n\
             Question: Is the trend intact?\n"
        );
    }
}
