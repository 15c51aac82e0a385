use crate::{Analysis, Error, Level, Parameter, Proposal};

impl Analysis {
    /// Checks what no type carries: lengths, list sizes, prices.
    ///
    /// # Errors
    /// [`Error::Value`] with the path of the first wrong field. Nothing is cut or clamped.
    pub fn validate(&self) -> Result<(), Error> {
        text("reasoning", &self.reasoning, 1000)?;
        count("patterns", self.patterns.len(), 0, 16)?;
        count("levels", self.levels.len(), 0, 16)?;
        count("proposals", self.proposals.len(), 0, 16)?;
        for (i, pattern) in self.patterns.iter().enumerate() {
            text(&format!("patterns[{i}].name"), &pattern.name, 80)?;
        }
        for (i, level) in self.levels.iter().enumerate() {
            level.validate(&format!("levels[{i}]"))?;
        }
        for (i, proposal) in self.proposals.iter().enumerate() {
            proposal.validate(&format!("proposals[{i}]"))?;
        }
        Ok(())
    }
}

impl Level {
    fn validate(self, path: &str) -> Result<(), Error> {
        if self.price.is_finite() && self.price > 0.0 {
            return Ok(());
        }
        Err(Error::Value { path: format!("{path}.price"), problem: format!("is {}, no price above 0", self.price) })
    }
}

impl Proposal {
    fn validate(&self, path: &str) -> Result<(), Error> {
        text(&format!("{path}.indicator"), &self.indicator, 40)?;
        text(&format!("{path}.reason"), &self.reason, 400)?;
        count(&format!("{path}.parameters"), self.parameters.len(), 1, 8)?;
        for (i, parameter) in self.parameters.iter().enumerate() {
            let path = format!("{path}.parameters[{i}]");
            parameter.validate(&path)?;
            if self.parameters[..i].iter().any(|earlier| earlier.name == parameter.name) {
                return Err(Error::Value { path, problem: format!("names `{}` a second time", parameter.name) });
            }
        }
        Ok(())
    }
}

impl Parameter {
    fn validate(&self, path: &str) -> Result<(), Error> {
        text(&format!("{path}.name"), &self.name, 40)?;
        if self.value.is_finite() {
            return Ok(());
        }
        Err(Error::Value { path: format!("{path}.value"), problem: format!("is {}, not finite", self.value) })
    }
}

fn text(path: &str, text: &str, max_chars: usize) -> Result<(), Error> {
    let n_chars = text.chars().count();
    if n_chars == 0 {
        return Err(Error::Value { path: path.to_owned(), problem: "is empty".to_owned() });
    }
    if n_chars > max_chars {
        let problem = format!("has {n_chars} characters, more than {max_chars}");
        return Err(Error::Value { path: path.to_owned(), problem });
    }
    Ok(())
}

fn count(path: &str, n: usize, min: usize, max: usize) -> Result<(), Error> {
    if (min..=max).contains(&n) {
        return Ok(());
    }
    Err(Error::Value { path: path.to_owned(), problem: format!("has {n} entries, not {min} to {max}") })
}

#[cfg(test)]
mod tests {
    use crate::{Action, Analysis, Confidence, Level, LevelKind, Parameter, Pattern, Proposal};

    fn hold() -> Analysis {
        Analysis {
            action: Action::Hold,
            confidence: Confidence::ZERO,
            reasoning: "Flat.".to_owned(),
            patterns: vec![],
            levels: vec![],
            proposals: vec![],
        }
    }

    fn problem(analysis: &Analysis) -> String {
        analysis.validate().unwrap_err().to_string()
    }

    #[test]
    fn counts_characters_and_not_bytes() {
        let mut analysis = hold();
        analysis.reasoning = "é".repeat(1000);
        analysis.validate().unwrap();
        analysis.reasoning.push('é');
        assert_eq!(problem(&analysis), "`reasoning` of the analysis has 1001 characters, more than 1000");
    }

    #[test]
    fn names_the_path_of_a_wrong_price() {
        let mut analysis = hold();
        analysis.levels.push(Level { kind: LevelKind::Support, price: 1.0 });
        for price in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            analysis.levels.truncate(1);
            analysis.levels.push(Level { kind: LevelKind::Resistance, price });
            assert_eq!(problem(&analysis), format!("`levels[1].price` of the analysis is {price}, no price above 0"));
        }
    }

    #[test]
    fn rejects_an_empty_name_and_a_crowd() {
        let mut analysis = hold();
        analysis.patterns.push(Pattern { name: String::new(), confidence: Confidence::ZERO });
        assert_eq!(problem(&analysis), "`patterns[0].name` of the analysis is empty");
        analysis.patterns = vec![Pattern { name: "flag".to_owned(), confidence: Confidence::ZERO }; 17];
        assert_eq!(problem(&analysis), "`patterns` of the analysis has 17 entries, not 0 to 16");
    }

    #[test]
    fn rejects_a_proposal_that_sets_one_parameter_twice_or_none() {
        let period = Parameter { name: "period".to_owned(), value: 14.0 };
        let mut proposal = Proposal { indicator: "rsi".to_owned(), parameters: vec![], reason: "Usual.".to_owned() };
        let mut analysis = hold();
        analysis.proposals = vec![proposal.clone()];
        assert_eq!(problem(&analysis), "`proposals[0].parameters` of the analysis has 0 entries, not 1 to 8");
        proposal.parameters = vec![period.clone(), period];
        analysis.proposals = vec![proposal];
        assert_eq!(problem(&analysis), "`proposals[0].parameters[1]` of the analysis names `period` a second time");
    }
}
