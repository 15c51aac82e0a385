/// What a number of the report is: enough to print its definition beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Definition {
    /// The field's name, a key for files, unique within its group: `max_drawdown`.
    pub key: &'static str,
    /// What reports print: "Max. drawdown".
    pub name: &'static str,
    /// Unit of the number.
    pub unit: Unit,
    /// How it is computed, in one line; names in it are functions of this crate.
    pub formula: &'static str,
    /// Paper, book or peer whose definition it is; where a peer differs, it says so.
    pub source: &'static str,
}

/// Unit of a number of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Unit {
    /// A fraction: 0.05 is 5 %.
    Fraction,
    /// A number without unit.
    Ratio,
    /// A probability, 0 to 1.
    Probability,
    /// A count.
    Count,
    /// Periods of the returns.
    Periods,
    /// Bars of the equity curve.
    Bars,
    /// Account currency.
    Currency,
}

/// A group of the report's numbers: a struct of `Option<f64>` whose fields, documentation and definitions are one text,
/// so that none of the three can be changed alone.
macro_rules! metrics {
    (
        $(#[$meta:meta])*
        $name:ident {
            $($field:ident: $label:literal, $unit:ident, $formula:literal, $source:literal;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub struct $name {
            $(
                #[doc = concat!($label, ": ", $formula, ". Unit: ", stringify!($unit), ". Source: ", $source, ".")]
                pub $field: Option<f64>,
            )*
        }

        impl $name {
            /// Definitions of the fields, in their order.
            pub const DEFINITIONS: &'static [crate::Definition] = &[
                $(crate::Definition {
                    key: stringify!($field),
                    name: $label,
                    unit: crate::Unit::$unit,
                    formula: $formula,
                    source: $source,
                },)*
            ];

            /// The numbers in the order of [`Self::DEFINITIONS`]; `None` is undefined.
            pub fn values(&self) -> Vec<Option<f64>> {
                vec![$(self.$field),*]
            }
        }
    };
}
pub(crate) use metrics;
