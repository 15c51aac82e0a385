//! Whether a space stands between two tokens of a line.

use crate::ast::{ExprKind, Node, Stmt, StmtKind, TypeRef, UnaryOp, walk};
use crate::parse::Parse;
use crate::token::{Token, TokenKind};

/// The tokens before which no space stands for what they mean: the bracket of a call or of history, `<` and `>` round types
/// and the first type behind `<`, the operand behind a sign, the parts of an import.
pub(super) struct Glued {
    /// First bytes of those tokens, rising.
    starts: Vec<u32>,
}

impl Glued {
    pub(super) fn of(parse: &Parse) -> Self {
        let code: Vec<Token> = parse.tokens().iter().filter(|token| !token.kind.is_trivia()).copied().collect();
        let mut finder = Finder { code: &code, starts: Vec::new() };
        walk(parse.script(), &mut |node| finder.visit(node, parse));
        finder.starts.sort_unstable();
        Self { starts: finder.starts }
    }

    /// Whether a space stands between two tokens of a line.
    pub(super) fn space(&self, before: TokenKind, token: Token) -> bool {
        use TokenKind::{Comma, LeftBracket, LeftParen, Point, RightBracket, RightParen};
        let opened = matches!(before, LeftParen | LeftBracket | Point);
        let closes = matches!(token.kind, Comma | Point | RightParen | RightBracket);
        !opened && !closes && self.starts.binary_search(&token.span.start).is_err()
    }
}

struct Finder<'p> {
    /// All tokens but trivia.
    code: &'p [Token],
    starts: Vec<u32>,
}

impl Finder<'_> {
    fn visit(&mut self, node: Node<'_>, parse: &Parse) {
        match node {
            Node::Stmt(statement) => self.statement(statement),
            Node::Type(ty) => self.ty(ty, parse),
            Node::Expr(expr) => match &expr.kind {
                ExprKind::Call { callee, type_args, .. } => match (type_args.first(), type_args.last()) {
                    (Some(first), Some(last)) => {
                        self.glue_behind(callee.span.end, 1);
                        self.starts.push(first.span.start);
                        self.glue_behind(last.span.end, 2);
                    }
                    _ => self.glue_behind(callee.span.end, 1),
                },
                ExprKind::History { object, .. } => self.glue_behind(object.span.end, 1),
                ExprKind::Unary { op: UnaryOp::Minus | UnaryOp::Plus, operand } => self.starts.push(operand.span.start),
                _ => {}
            },
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        match &statement.kind {
            StmtKind::Function(function) => self.glue_behind(function.name.span.end, 1),
            // Two slashes, the library and its version.
            StmtKind::Import(import) => self.glue_behind(import.user.span.end, 4),
            _ => {}
        }
    }

    fn ty(&mut self, ty: &TypeRef, parse: &Parse) {
        let (Some(first), Some(name)) = (ty.args.first(), ty.path.last()) else { return };
        if parse.text(name.span).starts_with('[') {
            self.starts.push(name.span.start);
        } else {
            self.glue_behind(name.span.end, 1);
            self.starts.extend([first.span.start, ty.span.end - 1]);
        }
    }

    /// The first `n` tokens from byte `end` on.
    fn glue_behind(&mut self, end: u32, n: usize) {
        let next = self.code.partition_point(|token| token.span.start < end);
        self.starts.extend(self.code[next..].iter().take(n).map(|token| token.span.start));
    }
}
