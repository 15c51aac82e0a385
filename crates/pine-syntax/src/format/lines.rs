//! The lines of a script, each with the columns it is to stand at.

use crate::parse::Parse;
use crate::token::{Token, TokenKind};

/// Columns of a level of blocks, and of a tab.
const INDENT: u32 = 4;

/// A line of the formatted script.
pub(super) enum Line {
    Blank,
    Text {
        /// Spaces before the first token.
        columns: usize,
        /// Everything on the line but spaces.
        tokens: Vec<Token>,
    },
}

/// A line of the source.
struct Raw {
    /// Columns before its first token.
    indent: u32,
    tokens: Vec<Token>,
}

impl Raw {
    fn is_comment(&self) -> bool {
        self.tokens.first().is_some_and(|token| token.kind == TokenKind::Comment)
    }
}

/// The lines of a sound script, without the empty ones that are too many.
pub(super) fn lines(parse: &Parse) -> Vec<Line> {
    let raw = raw_lines(parse);
    let mut layout = Layout { blocks: vec![0], open: 0 };
    let mut lines = Vec::with_capacity(raw.len());
    for (index, line) in raw.iter().enumerate() {
        if line.tokens.is_empty() {
            if matches!(lines.last(), Some(Line::Text { .. })) {
                lines.push(Line::Blank);
            }
            continue;
        }
        let columns =
            if line.is_comment() { layout.of_comment(line.indent, &raw[index + 1..]) } else { layout.of_code(line) };
        lines.push(Line::Text { columns, tokens: line.tokens.clone() });
    }
    if matches!(lines.last(), Some(Line::Blank)) {
        lines.pop();
    }
    lines
}

fn raw_lines(parse: &Parse) -> Vec<Raw> {
    let mut lines = vec![Raw { indent: 0, tokens: Vec::new() }];
    for token in parse.tokens() {
        let line = lines.last_mut().expect("there is a line from the start");
        match token.kind {
            TokenKind::LineEnd => lines.push(Raw { indent: 0, tokens: Vec::new() }),
            TokenKind::Space if line.tokens.is_empty() => {
                let columns = |byte| if byte == b'\t' { INDENT } else { u32::from(byte == b' ') };
                line.indent += parse.text(token.span).bytes().map(columns).sum::<u32>();
            }
            TokenKind::Space => {}
            _ => line.tokens.push(*token),
        }
    }
    lines
}

/// What is open at a line.
struct Layout {
    /// Columns in the source of the blocks that are open, from the outermost one.
    blocks: Vec<u32>,
    /// Brackets that are open.
    open: usize,
}

impl Layout {
    fn of_code(&mut self, line: &Raw) -> usize {
        let wraps = self.open > 0 || !line.indent.is_multiple_of(INDENT);
        let n_closed = line.tokens.iter().take_while(|token| closes(token.kind)).count();
        let columns = if wraps {
            self.wrapped(self.open.max(1) - n_closed.min(self.open))
        } else {
            self.enter(line.indent);
            self.level()
        };
        for token in &line.tokens {
            if opens(token.kind) {
                self.open += 1;
            } else if closes(token.kind) {
                self.open -= 1;
            }
        }
        columns
    }

    /// A comment on a line of its own: in brackets as what wraps there, else in its block, or at that of the next statement
    /// if it stands less deep.
    fn of_comment(&mut self, indent: u32, rest: &[Raw]) -> usize {
        if self.open > 0 {
            return self.wrapped(self.open);
        }
        let next = rest.iter().find(|line| !line.tokens.is_empty() && !line.is_comment());
        let next = next.filter(|line| line.indent.is_multiple_of(INDENT)).map_or(0, |line| line.indent);
        if next > self.blocks[self.blocks.len() - 1] {
            // The next statement opens a block.
            return self.level() + INDENT as usize;
        }
        let wanted = indent.max(next);
        let level = self.blocks.iter().filter(|&&block| block <= wanted).count() - 1;
        level * INDENT as usize
    }

    fn enter(&mut self, indent: u32) {
        while self.blocks.last().is_some_and(|&block| block > indent) {
            self.blocks.pop();
        }
        if self.blocks.last().is_none_or(|&block| block < indent) {
            self.blocks.push(indent);
        }
    }

    /// Columns of a statement in the innermost block.
    fn level(&self) -> usize {
        (self.blocks.len() - 1) * INDENT as usize
    }

    /// Columns of a line that goes on, `depth` levels beyond its statement.
    fn wrapped(&self, depth: usize) -> usize {
        self.level() + depth * INDENT as usize + 1
    }
}

fn opens(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::LeftParen | TokenKind::LeftBracket)
}

fn closes(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::RightParen | TokenKind::RightBracket)
}
