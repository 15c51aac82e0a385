//! Lines, blocks of lines, and how the parser goes on behind a mistake.

use super::{INDENT, Parsed, Parser};
use crate::Code;
use crate::ast::{Block, Stmt, StmtKind};
use crate::span::Span;
use crate::token::TokenKind;

impl Parser<'_> {
    /// The statements of the lines from here on that are indented by `indent` columns or more.
    pub(super) fn lines_of_block(&mut self, indent: u32) -> Vec<Stmt> {
        let mut statements = Vec::new();
        while let Some(found) = self.line().filter(|&found| found >= indent) {
            if found > indent {
                self.misplaced_line(indent, &mut statements);
            } else {
                self.statements_of_line(indent, &mut statements);
            }
        }
        statements
    }

    /// Columns of the line that begins here, if the script does not end.
    fn line(&self) -> Option<u32> {
        let lexeme = self.lexemes[self.at];
        if lexeme.kind == TokenKind::EndOfScript { None } else { Some(lexeme.indent.unwrap_or(0)) }
    }

    fn misplaced_line(&mut self, indent: u32, statements: &mut Vec<Stmt>) {
        let span = self.here();
        let message = if indent == 0 && statements.is_empty() {
            "the first statement of a script is not indented".to_owned()
        } else {
            format!("no block begins here: the lines of this one are indented by {indent} columns")
        };
        self.report(Code::Indentation, span, message);
        self.begun = self.at;
        self.recover(indent);
        statements.push(Stmt { span: span.to(self.before()), kind: StmtKind::Error });
    }

    /// The statements of a line, between commas.
    fn statements_of_line(&mut self, indent: u32, statements: &mut Vec<Stmt>) {
        loop {
            (self.begun, self.indent, self.brackets) = (self.at, indent, 0);
            let begin = self.here();
            let parsed = self.statement().and_then(|statement| {
                let goes_on = self.eat(TokenKind::Comma);
                if !goes_on {
                    self.end_of_line()?;
                }
                Ok((statement, goes_on))
            });
            let Ok((statement, goes_on)) = parsed else {
                self.recover(indent);
                return statements.push(Stmt { span: begin.to(self.before()), kind: StmtKind::Error });
            };
            statements.push(statement);
            if !goes_on {
                return;
            }
        }
    }

    pub(super) fn end_of_line(&mut self) -> Parsed<()> {
        if self.kind() == TokenKind::EndOfLine {
            return Ok(());
        }
        let lexeme = self.lexemes[self.at];
        let Some(columns) = lexeme.indent else { return self.unexpected("the end of the line") };
        self.report(
            Code::Indentation,
            lexeme.span,
            format!(
                "this line is indented by {columns} columns, not a multiple of {INDENT}, and so goes on from the line before, \
                 which is complete"
            ),
        );
        Err(super::Damaged)
    }

    /// Goes to the next line that is indented by no more than `indent` columns.
    fn recover(&mut self, indent: u32) {
        if self.at == self.begun {
            self.bump();
        }
        let begins = |columns: u32| columns.is_multiple_of(INDENT) && columns <= indent;
        while self.line().is_some() && !self.lexemes[self.at].indent.is_some_and(begins) {
            self.bump();
        }
    }

    /// The block behind the line that ends here, whose lines stand deeper than `home` columns.
    pub(super) fn block(&mut self, home: u32, whose: &str) -> Parsed<Block> {
        let indent = self.block_indent(home, whose)?;
        let begin = self.here();
        let statements = self.deeper(|parser| Ok(parser.lines_of_block(indent)))?;
        self.indent = home;
        Ok(Block { statements, span: begin.to(self.before()) })
    }

    /// What stands behind `=>`: a block, or statements on the same line.
    pub(super) fn body(&mut self, home: u32, whose: &str) -> Parsed<Block> {
        if self.kind() == TokenKind::EndOfLine {
            return self.block(home, whose);
        }
        let begin = self.here();
        let mut statements = Vec::new();
        loop {
            self.begun = self.at;
            statements.push(self.deeper(Self::statement)?);
            if !self.eat(TokenKind::Comma) {
                return Ok(Block { statements, span: begin.to(self.before()) });
            }
        }
    }

    /// The rows of a type, an enum or a `switch`, each of its own line deeper than `home`.
    pub(super) fn rows<T>(&mut self, home: u32, whose: &str, row: impl Fn(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let indent = self.block_indent(home, whose)?;
        let mut rows = Vec::new();
        while self.line().is_some_and(|found| found >= indent) {
            (self.begun, self.indent, self.brackets) = (self.at, indent, 0);
            let parsed = self.deeper(&row).and_then(|row| self.end_of_line().map(|()| row));
            match parsed {
                Ok(row) => rows.push(row),
                Err(_) => self.recover(indent),
            }
        }
        self.indent = home;
        Ok(rows)
    }

    fn block_indent(&mut self, home: u32, whose: &str) -> Parsed<u32> {
        self.end_of_line()?;
        if let Some(indent) = self.line().filter(|&indent| indent > home) {
            return Ok(indent);
        }
        let end = self.before().end;
        self.report(
            Code::EmptyBlock,
            Span::new(end, end),
            format!("expected the body of {whose} on the next line, indented by {} spaces", home + INDENT),
        );
        Err(super::Damaged)
    }
}
