//! Trees as short text: `(+ a b)`, `(call f x n=1)`.

use pine_syntax::ast::{
    AssignOp, BinaryOp, Block, Expr, ExprKind, Lifetime, Literal, Param, Script, Stmt, StmtKind, TypeRef, UnaryOp,
    VarDecl,
};

/// Statements between semicolons.
pub(crate) fn script(script: &Script) -> String {
    statements(&script.statements)
}

fn statements(all: &[Stmt]) -> String {
    all.iter().map(statement).collect::<Vec<_>>().join("; ")
}

fn block(block: &Block) -> String {
    format!("{{{}}}", statements(&block.statements))
}

fn statement(stmt: &Stmt) -> String {
    match &stmt.kind {
        StmtKind::Var(decl) => variable(decl),
        StmtKind::Tuple(decl) => {
            let names: Vec<_> = decl.names.iter().map(|name| &*name.name).collect();
            format!("[{}] = {}", names.join(" "), expr(&decl.value))
        }
        StmtKind::Assign { target, op, value } => {
            let op = match op {
                AssignOp::Set => ":=",
                AssignOp::Add => "+=",
                AssignOp::Subtract => "-=",
                AssignOp::Multiply => "*=",
                AssignOp::Divide => "/=",
                AssignOp::Remainder => "%=",
            };
            format!("{} {op} {}", expr(target), expr(value))
        }
        StmtKind::Function(f) => {
            let kind = if f.method { "method " } else { "" };
            let params: Vec<_> = f.params.iter().map(param).collect();
            format!("{}{kind}{}({}) => {}", export(f.export), f.name.name, params.join(", "), block(&f.body))
        }
        StmtKind::Type(def) => {
            let field = |field: &pine_syntax::ast::Field| {
                let varip = if field.varip { "varip " } else { "" };
                format!("{varip}{} {}{}", ty(&field.ty), field.name.name, default(field.default.as_ref()))
            };
            let fields: Vec<_> = def.fields.iter().map(field).collect();
            format!("{}type {} {{{}}}", export(def.export), def.name.name, fields.join(", "))
        }
        StmtKind::Enum(def) => {
            let members: Vec<_> = def
                .members
                .iter()
                .map(|member| format!("{}{}", member.name.name, default(member.title.as_ref())))
                .collect();
            format!("{}enum {} {{{}}}", export(def.export), def.name.name, members.join(", "))
        }
        StmtKind::Import(import) => {
            let alias = import.alias.as_ref().map_or(String::new(), |alias| format!(" as {}", alias.name));
            format!("import {}/{}/{}{alias}", import.user.name, import.library.name, import.version)
        }
        StmtKind::Expr(value) => expr(value),
        StmtKind::Once(body) => format!("once {}", block(body)),
        StmtKind::Break => "break".to_owned(),
        StmtKind::Continue => "continue".to_owned(),
        StmtKind::Error => "ERROR".to_owned(),
    }
}

fn export(export: bool) -> &'static str {
    if export { "export " } else { "" }
}

fn variable(decl: &VarDecl) -> String {
    let lifetime = match decl.lifetime {
        Lifetime::Bar => "",
        Lifetime::Var => "var ",
        Lifetime::Varip => "varip ",
    };
    let qualifier = decl.qualifier.map_or(String::new(), |qualifier| format!("{qualifier:?} ").to_lowercase());
    let written = decl.ty.as_ref().map_or(String::new(), |written| format!("{} ", ty(written)));
    format!("{}{lifetime}{qualifier}{written}{} = {}", export(decl.export), decl.name.name, expr(&decl.value))
}

fn param(param: &Param) -> String {
    let qualifier = param.qualifier.map_or(String::new(), |qualifier| format!("{qualifier:?} ").to_lowercase());
    let written = param.ty.as_ref().map_or(String::new(), |written| format!("{} ", ty(written)));
    format!("{qualifier}{written}{}{}", param.name.name, default(param.default.as_ref()))
}

fn default(value: Option<&Expr>) -> String {
    value.map_or(String::new(), |value| format!(" = {}", expr(value)))
}

fn ty(written: &TypeRef) -> String {
    let path: Vec<_> = written.path.iter().map(|part| &*part.name).collect();
    let args: Vec<_> = written.args.iter().map(ty).collect();
    if args.is_empty() { path.join(".") } else { format!("{}<{}>", path.join("."), args.join(", ")) }
}

fn all(parts: &[Expr]) -> String {
    parts.iter().map(expr).collect::<Vec<_>>().join(" ")
}

fn expr(value: &Expr) -> String {
    match &value.kind {
        ExprKind::Literal(Literal::Int(value)) => value.to_string(),
        ExprKind::Literal(Literal::Float(value)) => format!("{value:?}"),
        ExprKind::Literal(Literal::Bool(value)) => value.to_string(),
        ExprKind::Literal(Literal::String(value)) => format!("{value:?}"),
        ExprKind::Literal(Literal::Color(value)) => format!("#{value:08X}"),
        ExprKind::Name(name) => name.name.to_string(),
        ExprKind::Member { object, name } => format!("{}.{}", expr(object), name.name),
        ExprKind::Call { callee, type_args, args } => {
            let types: Vec<_> = type_args.iter().map(|written| format!("<{}>", ty(written))).collect();
            let args: Vec<_> = args
                .iter()
                .map(|arg| match &arg.name {
                    Some(name) => format!(" {}={}", name.name, expr(&arg.value)),
                    None => format!(" {}", expr(&arg.value)),
                })
                .collect();
            format!("({}{}{})", expr(callee), types.concat(), args.concat())
        }
        ExprKind::History { object, offset } => format!("{}[{}]", expr(object), expr(offset)),
        ExprKind::Unary { op, operand } => {
            let op = match op {
                UnaryOp::Minus => "-",
                UnaryOp::Plus => "+",
                UnaryOp::Not => "not",
            };
            format!("({op} {})", expr(operand))
        }
        ExprKind::Binary { op, left, right, .. } => format!("({} {} {})", sign(*op), expr(left), expr(right)),
        ExprKind::Ternary { condition, then, otherwise } => {
            format!("(? {} {} {})", expr(condition), expr(then), expr(otherwise))
        }
        ExprKind::Paren(inner) => format!("«{}»", expr(inner)),
        ExprKind::Tuple(items) => format!("[{}]", all(items)),
        ExprKind::If(structure) => {
            let branches: Vec<_> = structure
                .branches
                .iter()
                .map(|(condition, body)| format!("if {} {}", expr(condition), block(body)))
                .collect();
            let otherwise = structure.otherwise.as_ref().map_or(String::new(), |body| format!(" else {}", block(body)));
            format!("{}{otherwise}", branches.join(" else "))
        }
        ExprKind::Switch(structure) => {
            let subject = structure.subject.as_ref().map_or(String::new(), |subject| format!(" {}", expr(subject)));
            let arms: Vec<_> = structure
                .arms
                .iter()
                .map(|arm| format!("{} => {}", arm.pattern.as_ref().map_or(String::new(), expr), block(&arm.body)))
                .collect();
            format!("switch{subject} {{{}}}", arms.join(", "))
        }
        ExprKind::ForTo(it) => {
            let step = it.step.as_ref().map_or(String::new(), |step| format!(" by {}", expr(step)));
            format!("for {} = {} to {}{step} {}", it.counter.name, expr(&it.from), expr(&it.to), block(&it.body))
        }
        ExprKind::ForIn(it) => {
            let index = it.index.as_ref().map_or(String::new(), |index| format!("{} ", index.name));
            format!("for {index}{} in {} {}", it.item.name, expr(&it.collection), block(&it.body))
        }
        ExprKind::While(it) => format!("while {} {}", expr(&it.condition), block(&it.body)),
        ExprKind::Error => "ERROR".to_owned(),
    }
}

fn sign(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Or => "or",
        BinaryOp::And => "and",
        BinaryOp::Equal => "==",
        BinaryOp::NotEqual => "!=",
        BinaryOp::Less => "<",
        BinaryOp::LessEqual => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterEqual => ">=",
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::Remainder => "%",
    }
}
