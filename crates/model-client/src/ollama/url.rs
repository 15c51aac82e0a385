use crate::Error;

/// Where an Ollama server listens unless told otherwise.
pub const DEFAULT_URL: &str = "http://127.0.0.1:11434";

/// The address without a slash at its end, from what people and `OLLAMA_HOST` write: `http://host:port`, `host:port`
/// or `host`, which means port 11434.
pub(crate) fn parse_url(text: &str) -> Result<String, Error> {
    let problem = |problem: &str| Error::Url { text: text.to_owned(), problem: problem.to_owned() };
    let trimmed = text.trim();
    let whole = if trimmed.contains("://") { trimmed.to_owned() } else { format!("http://{trimmed}") };
    let mut url = reqwest::Url::parse(&whole).map_err(|error| problem(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(problem("it is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::Url { text: "…@…".to_owned(), problem: "it carries a name or password".to_owned() });
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(problem("it has a query or fragment"));
    }
    if !trimmed.contains("://") && url.port().is_none() && !trimmed.trim_end_matches('/').ends_with(":80") {
        url.set_port(Some(11434)).map_err(|()| problem("it takes no port"))?;
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse_url;

    #[test]
    fn reads_what_people_write() {
        for (text, url) in [
            ("http://127.0.0.1:11434", "http://127.0.0.1:11434"),
            ("http://127.0.0.1:11434/", "http://127.0.0.1:11434"),
            (" localhost ", "http://localhost:11434"),
            ("localhost:9000", "http://localhost:9000"),
            ("localhost:80", "http://localhost"),
            ("[::1]", "http://[::1]:11434"),
            ("http://gpu", "http://gpu"),
            ("https://models.example/ollama/", "https://models.example/ollama"),
        ] {
            assert_eq!(parse_url(text).unwrap(), url, "{text}");
        }
    }

    #[test]
    fn rejects_what_is_no_server() {
        for text in ["", "http://", "ftp://host", "host:99999", "a b", "http://host/?x=1", "http://host/#x"] {
            let error = parse_url(text).unwrap_err().to_string();
            assert!(error.starts_with(&format!("`{text}` is not the address of a server")), "{error}");
        }
    }

    #[test]
    fn never_shows_a_password() {
        let error = parse_url("http://me:secret@host").unwrap_err().to_string();
        assert!(!error.contains("secret"), "{error}");
    }
}
