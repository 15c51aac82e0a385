"""Writes `src/samplers/sobol/directions.rs` (direction numbers) and `tests/golden/sobol.csv` (points).

Both from scipy 1.17.1, which carries the file `new-joe-kuo-6.21201` of S. Joe and F. Y. Kuo (BSD licence).

    python3 -m venv venv && venv/bin/pip install scipy==1.17.1 && venv/bin/python make_sobol.py
"""

from pathlib import Path

import numpy as np
import scipy
from scipy.stats import qmc

HERE = Path(__file__).parent
N = 256
table = np.load(Path(scipy.__file__).parent / "stats" / "_sobol_direction_numbers.npz")
rows = []
for poly, vinit in zip(table["poly"][1:N], table["vinit"][1:N]):
    degree = int(poly).bit_length() - 1
    rows.append(f"    ({int(poly)}, &{[int(m) for m in vinit[:degree]]}),")
rust = f"""//! Direction numbers `new-joe-kuo-6.21201` of S. Joe and F. Y. Kuo, dimensions 2 to {N}, written by
//! `tests/golden/make_sobol.py`.
//!
//! Copyright (c) 2008, Frances Y. Kuo and Stephen Joe. All rights reserved. Redistribution and use in source and binary
//! forms, with or without modification, are permitted under the three-clause BSD licence.

/// The dimensions that the table covers, the first one included.
pub(super) const N_DIMENSIONS: usize = {N};

/// Primitive polynomial with all its coefficients, the leading one at the highest bit, and the initial m of each
/// dimension from the second.
pub(super) const DIRECTIONS: [(u16, &[u16]); N_DIMENSIONS - 1] = [
""" + "\n".join(rows) + "\n];\n"
(HERE / "../../src/samplers/sobol/directions.rs").write_text(rust)

points = qmc.Sobol(N, scramble=False, bits=32).random(1024)
with (HERE / "sobol.csv").open("w") as out:
    out.write(f"# scipy {scipy.__version__}: qmc.Sobol({N}, scramble=False, bits=32), make_sobol.py\n# index,dimension,value\n")
    for i in [*range(16), 63, 64, 100, 511, 777, 1023]:
        for j in [*range(24), 40, 63, 64, 100, 127, 128, 200, 255]:
            out.write(f"{i},{j},{points[i, j]!r}\n".replace("np.float64(", "").replace(")", ""))
