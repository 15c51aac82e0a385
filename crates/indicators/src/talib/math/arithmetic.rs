use super::pointwise::pointwise;

pointwise!(
    /// TA-Lib's sum of two columns.
    Add = "add", |first, second| first + second
);

pointwise!(
    /// TA-Lib's difference of two columns.
    Sub = "sub", |first, second| first - second
);

pointwise!(
    /// TA-Lib's product of two columns.
    Mult = "mult", |first, second| first * second
);

pointwise!(
    /// TA-Lib's quotient of two columns. A divisor of 0 gives ±∞, and NaN below 0.
    Div = "div", |first, second| first / second
);

pointwise!(
    /// TA-Lib's square root. A value below 0 has none: NaN.
    Sqrt = "sqrt", |value| value.sqrt()
);

pointwise!(
    /// TA-Lib's rounding to the next whole number above.
    Ceil = "ceil", |value| value.ceil()
);

pointwise!(
    /// TA-Lib's rounding to the next whole number below.
    Floor = "floor", |value| value.floor()
);
