use serde_json::{Map, Value};

use super::{Repair, note};

/// How deep objects and lists may nest.
const MAX_DEPTH: usize = 32;

/// A reader of loose JSON. `None` where the end of the text came before a value was certain.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    depth: usize,
    repairs: Vec<Repair>,
}

/// Where a text stands, which decides what may follow its closing quote.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Key,
    Member,
    Item,
}

impl<'t> Parser<'t> {
    /// Reads `text` from the byte `at`, a `{`.
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at, depth: 0, repairs: vec![] }
    }

    /// Where reading ended, and the changes made.
    pub(super) fn finish(self) -> (usize, Vec<Repair>) {
        (self.at, self.repairs)
    }

    pub(super) fn note(&mut self, repair: Repair) {
        note(&mut self.repairs, repair);
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// An object, from its `{` on.
    pub(super) fn object(&mut self) -> Result<Map<String, Value>, &'static str> {
        let mut map = Map::new();
        self.enter()?;
        while self.next_entry('}')? {
            let Some(key) = self.key()? else {
                self.cut();
                return Ok(map);
            };
            let Some(value) = self.value(Place::Member)? else {
                self.cut();
                return Ok(map);
            };
            if map.insert(key, value).is_some() {
                return Err("a key comes twice");
            }
        }
        self.depth -= 1;
        Ok(map)
    }

    fn array(&mut self) -> Result<Vec<Value>, &'static str> {
        let mut items = vec![];
        self.enter()?;
        while self.next_entry(']')? {
            let Some(item) = self.value(Place::Item)? else {
                self.cut();
                return Ok(items);
            };
            items.push(item);
        }
        self.depth -= 1;
        Ok(items)
    }

    fn enter(&mut self) -> Result<(), &'static str> {
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err("brackets nest too deep") } else { Ok(()) }
    }

    /// The end of the text came inside an entry.
    fn cut(&mut self) {
        self.note(Repair::Dropped);
        self.note(Repair::Unclosed);
    }

    /// Goes to the next entry of an object or list; false at its end.
    fn next_entry(&mut self, close: char) -> Result<bool, &'static str> {
        let is_first = self.text[..self.at].ends_with(['{', '[']);
        self.skip_space();
        let comma = !is_first && self.peek() == Some(',');
        if comma {
            self.at += 1;
            self.skip_space();
        }
        match self.peek() {
            c if c.is_none() || self.rest().starts_with("```") => {
                self.note(Repair::Unclosed);
                Ok(false)
            }
            Some(c) if c == close => {
                if comma {
                    self.note(Repair::TrailingComma);
                }
                self.at += 1;
                Ok(false)
            }
            Some('}' | ']') => Err("a bracket closes the wrong kind"),
            _ => {
                if !comma && !is_first {
                    self.note(Repair::MissingComma);
                }
                Ok(true)
            }
        }
    }

    fn key(&mut self) -> Result<Option<String>, &'static str> {
        let key = match self.peek() {
            Some(c) if is_quote(c) => self.string(Place::Key)?,
            Some(c) if c.is_alphabetic() || c == '_' => {
                self.note(Repair::UnquotedKey);
                Some(self.word().to_owned())
            }
            _ => return Err("a key is missing"),
        };
        let Some(key) = key else { return Ok(None) };
        self.skip_space();
        match self.peek() {
            None => Ok(None),
            Some(':') => {
                self.at += 1;
                Ok(Some(key))
            }
            Some(_) => Err("a key has no colon"),
        }
    }

    fn value(&mut self, place: Place) -> Result<Option<Value>, &'static str> {
        self.skip_space();
        match self.peek() {
            None => Ok(None),
            Some('{') => self.object().map(|map| Some(Value::Object(map))),
            Some('[') => self.array().map(|items| Some(Value::Array(items))),
            Some(c) if is_quote(c) => self.string(place).map(|text| text.map(Value::String)),
            Some(c) if c.is_ascii_digit() || matches!(c, '-' | '+' | '.') => self.number(),
            Some(c) if c.is_alphabetic() => self.literal(),
            Some(_) => Err("a value is missing"),
        }
    }

    /// A run of letters, digits and underscores.
    pub(super) fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    /// Passes white space and comments.
    fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let rest = self.rest();
            let len = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else {
                return;
            };
            self.note(Repair::Comment);
            self.at += len;
        }
    }
}

/// Whether `c` opens a text.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '”' | '„' | '‘' | '’')
}
