use crate::{Error, Input, InputKind, Params, Strategy};

impl Strategy {
    /// The default of each input.
    pub fn defaults(&self) -> Params {
        Params::new(self.inputs.iter().map(Input::default_value).collect())
    }

    /// Checks that `params` has one value for each input, inside its range and whole where it must be, and that the
    /// constraints hold. A value need not lie on the grid of steps.
    ///
    /// # Errors
    /// [`Error::ParamCount`], [`Error::Param`] or [`Error::Constraint`], whichever is met first.
    pub fn check_params(&self, params: &Params) -> Result<(), Error> {
        let values = params.values();
        if values.len() != self.inputs.len() {
            return Err(Error::ParamCount { found: values.len(), expected: self.inputs.len() });
        }
        for (input, &value) in self.inputs.iter().zip(values) {
            check_value(input, value)?;
        }
        match self.broken_constraint(params) {
            None => Ok(()),
            Some(constraint) => {
                let (less, than) = (usize::from(constraint.less.0), usize::from(constraint.than.0));
                Err(Error::Constraint {
                    less: self.inputs[less].name.clone(),
                    than: self.inputs[than].name.clone(),
                    less_value: values[less],
                    than_value: values[than],
                })
            }
        }
    }

    /// Whether `params` satisfies all constraints.
    ///
    /// # Panics
    /// If `params` has fewer values than the constraints name.
    pub fn satisfies_constraints(&self, params: &Params) -> bool {
        self.broken_constraint(params).is_none()
    }

    fn broken_constraint(&self, params: &Params) -> Option<&crate::Constraint> {
        let value = |id: crate::InputId| params.values()[usize::from(id.0)];
        self.constraints.iter().find(|constraint| {
            let ordered = value(constraint.less) < value(constraint.than);
            !ordered
        })
    }
}

fn check_value(input: &Input, value: f64) -> Result<(), Error> {
    let (min, max) = input.range();
    let inside = value >= min && value <= max;
    let (whole, noun) = match input.kind {
        InputKind::Integer { .. } => (value.fract() == 0.0, "a whole number"),
        InputKind::Float { .. } => (true, "a number"),
    };
    if inside && whole {
        return Ok(());
    }
    Err(Error::Param { input: input.name.clone(), value, expected: format!("{noun} from {min} to {max}") })
}
