//! Declarations of variables, functions, types, enums and imports.

use super::{Parsed, Parser};
use crate::ast::{Enum, EnumMember, Field, Function, Import, Lifetime, Param, StmtKind, TupleDecl, TypeDef, VarDecl};
use crate::token::TokenKind;

impl Parser<'_> {
    /// A declaration, if one stands here.
    pub(super) fn declaration(&mut self, export: bool) -> Option<Parsed<StmtKind>> {
        let is_function = |name: usize| {
            let opens = self.is_name_ahead(name) && self.kind_ahead(name + 1) == TokenKind::LeftParen;
            opens && self.is_behind_bracket(name + 1, TokenKind::Arrow)
        };
        let is_block_of = |word: &str| {
            self.word() == Some(word) && self.is_name_ahead(1) && self.kind_ahead(2) == TokenKind::EndOfLine
        };
        if self.word() == Some("method") && is_function(1) {
            self.bump();
            Some(self.function(export, true))
        } else if is_function(0) {
            Some(self.function(export, false))
        } else if is_block_of("type") {
            Some(self.type_def(export))
        } else if is_block_of("enum") {
            Some(self.enum_(export))
        } else if self.is_variable() {
            Some(self.variable(export))
        } else {
            None
        }
    }

    /// Whether `kind` stands behind the bracket that closes the one `n` lexemes further.
    fn is_behind_bracket(&self, n: usize, kind: TokenKind) -> bool {
        let close = self.closing[self.at + n];
        close > 0 && self.kind_ahead(close + 1 - self.at) == kind
    }

    /// `name =`, `float name`, `const string name`.
    fn is_variable(&self) -> bool {
        let n = usize::from(self.qualifier_ahead(0).is_some());
        (self.is_name_ahead(n) && self.kind_ahead(n + 1) == TokenKind::Is)
            || self.type_ahead(n, 0).is_some_and(|end| self.is_name_ahead(end))
    }

    pub(super) fn export(&mut self) -> Parsed<StmtKind> {
        self.bump();
        match self.declaration(true) {
            Some(declaration) => declaration,
            None => self.unexpected("a function, method, type, enum or constant to export"),
        }
    }

    pub(super) fn variable(&mut self, export: bool) -> Parsed<StmtKind> {
        let lifetime = match self.word() {
            Some("var") => Lifetime::Var,
            Some("varip") => Lifetime::Varip,
            _ => Lifetime::Bar,
        };
        if lifetime != Lifetime::Bar {
            self.bump();
        }
        let qualifier = self.qualifier();
        let has_type = self.type_ahead(0, 0).is_some_and(|end| self.is_name_ahead(end));
        let ty = if has_type { Some(self.type_ref()?) } else { None };
        let name = self.name("the name of a variable")?;
        self.expect(TokenKind::Is, "`=`")?;
        let value = self.value()?;
        Ok(StmtKind::Var(VarDecl { export, lifetime, qualifier, ty, name, value }))
    }

    /// Whether `[a, b] =` stands here.
    pub(super) fn is_tuple(&self) -> bool {
        self.kind() == TokenKind::LeftBracket && self.is_behind_bracket(0, TokenKind::Is)
    }

    pub(super) fn tuple(&mut self) -> Parsed<StmtKind> {
        let opened = self.open();
        let mut names = vec![self.name("the name of a variable")?];
        while self.eat(TokenKind::Comma) {
            names.push(self.name("the name of a variable")?);
        }
        self.close(TokenKind::RightBracket, opened)?;
        self.expect(TokenKind::Is, "`=`")?;
        let value = self.value()?;
        Ok(StmtKind::Tuple(TupleDecl { names, value }))
    }

    fn function(&mut self, export: bool, method: bool) -> Parsed<StmtKind> {
        let home = self.indent;
        let name = self.name("the name of a function")?;
        let opened = self.open();
        let mut params = Vec::new();
        if self.kind() != TokenKind::RightParen {
            params.push(self.param()?);
            while self.eat(TokenKind::Comma) {
                params.push(self.param()?);
            }
        }
        self.close(TokenKind::RightParen, opened)?;
        self.expect(TokenKind::Arrow, "`=>`")?;
        let body = self.body(home, &format!("`{}`", name.name))?;
        Ok(StmtKind::Function(Function { export, method, name, params, body }))
    }

    fn param(&mut self) -> Parsed<Param> {
        let qualifier = self.qualifier();
        let has_type = self.type_ahead(0, 0).is_some_and(|end| self.is_name_ahead(end));
        let ty = if has_type { Some(self.type_ref()?) } else { None };
        let name = self.name("the name of a parameter")?;
        let default = if self.eat(TokenKind::Is) { Some(self.expression()?) } else { None };
        Ok(Param { qualifier, ty, name, default })
    }

    fn type_def(&mut self, export: bool) -> Parsed<StmtKind> {
        let home = self.indent;
        self.bump();
        let name = self.name("the name of a type")?;
        let fields = self.rows(home, &format!("type `{}`", name.name), Self::field)?;
        Ok(StmtKind::Type(TypeDef { export, name, fields }))
    }

    fn field(&mut self) -> Parsed<Field> {
        let varip = self.eat_word("varip");
        let ty = self.type_ref()?;
        let name = self.name("the name of a field")?;
        let default = if self.eat(TokenKind::Is) { Some(self.expression()?) } else { None };
        Ok(Field { varip, ty, name, default })
    }

    fn enum_(&mut self, export: bool) -> Parsed<StmtKind> {
        let home = self.indent;
        self.bump();
        let name = self.name("the name of an enum")?;
        let members = self.rows(home, &format!("enum `{}`", name.name), Self::enum_member)?;
        Ok(StmtKind::Enum(Enum { export, name, members }))
    }

    fn enum_member(&mut self) -> Parsed<EnumMember> {
        let name = self.name("the name of a member")?;
        let title = if self.eat(TokenKind::Is) { Some(self.expression()?) } else { None };
        Ok(EnumMember { name, title })
    }

    pub(super) fn import(&mut self) -> Parsed<StmtKind> {
        self.bump();
        let user = self.name("the name of a user")?;
        self.expect(TokenKind::Slash, "`/`")?;
        let library = self.name("the name of a library")?;
        self.expect(TokenKind::Slash, "`/`")?;
        let version = self.import_version()?;
        let alias = if self.eat_word("as") { Some(self.name("a name for the library")?) } else { None };
        Ok(StmtKind::Import(Import { user, library, version, alias }))
    }

    fn import_version(&mut self) -> Parsed<u32> {
        match self.text(self.here()).parse() {
            Ok(version) if self.kind() == TokenKind::Int => {
                self.bump();
                Ok(version)
            }
            _ => self.unexpected("the version of the library"),
        }
    }
}
