#![expect(clippy::disallowed_methods, reason = "TA-Lib calls the functions of the platform, and gives their bits")]
//! Functions that the platform's mathematical library computes: as in TA-Lib, their last bit is that of the platform.

use super::pointwise::pointwise;

pointwise!(
    /// TA-Lib's arc cosine, in radians. Beyond −1 and 1 there is none: NaN.
    Acos = "acos", |value| value.acos()
);

pointwise!(
    /// TA-Lib's arc sine, in radians. Beyond −1 and 1 there is none: NaN.
    Asin = "asin", |value| value.asin()
);

pointwise!(
    /// TA-Lib's arc tangent, in radians.
    Atan = "atan", |value| value.atan()
);

pointwise!(
    /// TA-Lib's cosine of an angle in radians.
    Cos = "cos", |value| value.cos()
);

pointwise!(
    /// TA-Lib's hyperbolic cosine; infinite beyond ±710.
    Cosh = "cosh", |value| value.cosh()
);

pointwise!(
    /// TA-Lib's power of e; infinite beyond 709.
    Exp = "exp", |value| value.exp()
);

pointwise!(
    /// TA-Lib's natural logarithm. −∞ at 0, NaN below.
    Ln = "ln", |value| value.ln()
);

pointwise!(
    /// TA-Lib's logarithm to the base 10. −∞ at 0, NaN below.
    Log10 = "log10", |value| value.log10()
);

pointwise!(
    /// TA-Lib's sine of an angle in radians.
    Sin = "sin", |value| value.sin()
);

pointwise!(
    /// TA-Lib's hyperbolic sine; infinite beyond ±710.
    Sinh = "sinh", |value| value.sinh()
);

pointwise!(
    /// TA-Lib's tangent of an angle in radians.
    Tan = "tan", |value| value.tan()
);

pointwise!(
    /// TA-Lib's hyperbolic tangent.
    Tanh = "tanh", |value| value.tanh()
);
