//! The rules, each with a code that stays the same, and its explanation.

use crate::diagnostic::Severity;

/// Declares [`Code`] from one list: variant, code, severity, the explanation that `explain` shows.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal, $severity:ident;)+) => {
        /// A rule of the language or of good practice. The number never changes its meaning.
        ///
        /// `E01…` are errors of syntax, `W07…` warnings about the version.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every rule, in the order of the codes.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code: `E0101`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// How serious a break of the rule is.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)+
                }
            }

            /// What the rule is, why it is there and what to write instead.
            pub const fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc, "\n"),+),)+
                }
            }
        }
    };
}

codes! {
    /// Something else was expected here.
    ///
    /// The parser reads a script from left to right; at this place no rule of the grammar goes on with what stands there.
    /// Often the mistake is just before it: a missing operator, comma or bracket.
    Unexpected = "E0101", Error;
    /// A bracket is opened and not closed.
    ///
    /// Each `(` and `[` needs its `)` or `]`. Inside of brackets a statement may go on over as many lines as it likes.
    UnclosedBracket = "E0102", Error;
    /// A number cannot be represented.
    ///
    /// An int lies between -9223372036854775808 and 9223372036854775807; write a float (`1e20`) for larger values.
    Number = "E0103", Error;
    /// Text in quotes does not end on its line.
    ///
    /// Close it with the quote that it begins with. A quote inside of the text is written `\"`; text of several lines
    /// stands between `"""` and `"""`.
    UnclosedString = "E0104", Error;
    /// A color is not `#` with 6 or 8 hexadecimal digits.
    ///
    /// Write `#RRGGBB`, or `#RRGGBBAA` with the opacity behind it: `#FF8000`, `#FF800080`.
    Color = "E0105", Error;
    /// A character that has no meaning in Pine Script.
    ///
    /// Outside of text and comments a script consists of ASCII letters, digits and signs. Copying from a web page often
    /// brings typographic quotes or special spaces.
    Character = "E0106", Error;
    /// A line is indented in a way that no block or wrapped statement allows.
    ///
    /// The lines of a local block stand four spaces (or one tab) deeper than the line that opens it, all of them equally.
    /// A statement that goes on in the next line is indented by a number of spaces that is not a multiple of four, or
    /// stands in brackets.
    Indentation = "E0107", Error;
    /// A structure or a function has no body.
    ///
    /// Behind `if`, `for`, `while`, `switch`, `type`, `enum` and their like stands at least one line that is indented by
    /// four spaces; behind the `=>` of a function or an arm, an expression may stand on the same line.
    EmptyBlock = "E0108", Error;
    /// Brackets, blocks or operators are nested too deeply.
    ///
    /// More than 256 levels are refused, so that no script can exhaust the stack. Give parts of the expression a name.
    TooDeep = "E0109", Error;
    /// Only a name or a field of an object can be assigned to.
    ///
    /// `:=` and `+=`, `-=`, `*=`, `/=`, `%=` change a variable that was declared with `=`, or a field: `object.field := 1`.
    AssignmentTarget = "E0110", Error;
    /// The script is of a version before 5, or of none that is known.
    ///
    /// Versions 5 and 6 are read. TradingView's editor converts older scripts step by step ("Convert code to v6").
    Version = "E0111", Error;
    /// The script does not say its version.
    ///
    /// Without `//@version=6` TradingView takes a script for version 1, which hardly any script is. Write it in the first
    /// line. Here the script is read as version 6.
    NoVersion = "W0701", Warning;
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;
    use crate::Severity;

    #[test]
    fn each_code_is_its_own_says_its_severity_and_is_explained() {
        for pair in Code::ALL.windows(2) {
            assert!(pair[0].as_str() < pair[1].as_str(), "{pair:?}");
        }
        for code in Code::ALL {
            let letter = if code.severity() == Severity::Error { 'E' } else { 'W' };
            assert!(code.as_str().starts_with(letter), "{code}");
            assert!(code.explanation().trim().lines().count() >= 3, "{code}");
        }
    }
}
