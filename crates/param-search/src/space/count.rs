use super::{Domain, Point, Space, Value};

impl Domain {
    /// Number of values on a grid on which floats without a step have `float_points` values.
    fn n_grid(&self, float_points: Option<u64>) -> Option<u64> {
        self.n_values().or(float_points)
    }

    fn grid_value(&self, at: u64, n: u64) -> Value {
        match *self {
            Self::Float { low, high, step: None, .. } if low < high && n > 1 => {
                // The ends are the bounds themselves, which `exp(ln(x))` would miss by a rounding.
                match at {
                    0 => Value::Float(low),
                    _ if at == n - 1 => Value::Float(high),
                    _ => self.decode(at as f64 / (n - 1) as f64),
                }
            }
            Self::Float { low, high, step: None, .. } if low < high => self.decode(0.5),
            _ => self.at_grid(at),
        }
    }
}

impl Space {
    /// Number of points, constraints not looked at; `None` for a continuum and above 2¹²⁸.
    pub fn n_points(&self) -> Option<u128> {
        self.n_grid_points(None)
    }

    /// Number of points of the grid on which floats without a step have `float_points` values.
    pub(crate) fn n_grid_points(&self, float_points: Option<u64>) -> Option<u128> {
        let roots = (0..self.n_parameters()).filter(|&position| self.parents[position].is_none());
        roots.map(|root| self.n_below(root, float_points)).try_fold(1_u128, |product, n| product.checked_mul(n?))
    }

    /// Number of combinations of a parameter and everything below it.
    fn n_below(&self, position: usize, float_points: Option<u64>) -> Option<u128> {
        let n = self.parameters[position].domain.n_grid(float_points)?;
        let special = self.special_values(position);
        let plain = u128::from(n) - special.len() as u128;
        special.into_iter().try_fold(plain, |sum, at| sum.checked_add(self.n_at(position, at, float_points)?))
    }

    /// Number of combinations below a parameter at one of its values.
    fn n_at(&self, position: usize, at: u64, float_points: Option<u64>) -> Option<u128> {
        let active = self.children[position].iter().filter(|&&child| self.switches_on(child, at));
        active.map(|&child| self.n_below(child, float_points)).try_fold(1_u128, |product, n| product.checked_mul(n?))
    }

    /// Values of a parameter that switch another one on, sorted.
    fn special_values(&self, position: usize) -> Vec<u64> {
        let of = |&child: &usize| self.parents[child].iter().flat_map(|parent| parent.values.iter().copied());
        let mut values: Vec<u64> = self.children[position].iter().flat_map(of).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    fn switches_on(&self, child: usize, at: u64) -> bool {
        self.parents[child].as_ref().is_some_and(|parent| parent.values.binary_search(&at).is_ok())
    }

    /// The point at `index` of the grid, in lexicographic order: the last parameter changes fastest.
    pub(crate) fn grid_point(&self, mut index: u128, float_points: Option<u64>) -> Point {
        let mut values = vec![None; self.n_parameters()];
        let roots: Vec<usize> = (0..self.n_parameters()).filter(|&root| self.parents[root].is_none()).collect();
        self.place_all(&roots, &mut index, float_points, &mut values);
        Point::new(values)
    }

    /// Takes the digits of sibling parameters off `index`, the last sibling's first.
    fn place_all(&self, siblings: &[usize], index: &mut u128, float_points: Option<u64>, values: &mut [Option<Value>]) {
        for &position in siblings.iter().rev() {
            let n = self.n_below(position, float_points).expect("the number of points fits, so its factors do");
            let digit = *index % n;
            *index /= n;
            self.place(position, digit, float_points, values);
        }
    }

    fn place(&self, position: usize, mut digit: u128, float_points: Option<u64>, values: &mut [Option<Value>]) {
        let domain = &self.parameters[position].domain;
        let n = domain.n_grid(float_points).expect("a counted parameter");
        let mut at = 0_u64;
        for special in self.special_values(position) {
            let plain = u128::from(special - at);
            if digit < plain {
                break;
            }
            digit -= plain;
            at = special;
            let here = self.n_at(position, special, float_points).expect("a counted parameter");
            if digit < here {
                values[position] = Some(domain.grid_value(at, n));
                let active: Vec<usize> =
                    self.children[position].iter().copied().filter(|&child| self.switches_on(child, at)).collect();
                self.place_all(&active, &mut digit, float_points, values);
                return;
            }
            digit -= here;
            at += 1;
        }
        at += u64::try_from(digit).expect("what is left counts values of one parameter");
        values[position] = Some(domain.grid_value(at, n));
    }
}
