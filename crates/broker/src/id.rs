use std::collections::BTreeMap;

/// Name of an order, an entry or an OCA group: a small number that stands for the text of a script.
///
/// ```
/// use broker::{Id, Ids};
///
/// let mut ids = Ids::default();
/// let long = ids.id("Long");
/// assert_eq!((long, ids.id("Short"), ids.id("Long")), (Id(0), Id(1), Id(0)));
/// assert_eq!(ids.name(long), Some("Long"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u32);

/// Texts and the numbers that stand for them, counted from 0.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    numbers: BTreeMap<String, Id>,
    names: Vec<String>,
}

impl Ids {
    /// The number of `name`, a new one if it is not known yet.
    ///
    /// # Panics
    /// After 2³² names.
    pub fn id(&mut self, name: &str) -> Id {
        if let Some(&id) = self.numbers.get(name) {
            return id;
        }
        let id = Id(u32::try_from(self.names.len()).expect("fewer than 2^32 names"));
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), id);
        id
    }

    /// The text that `id` stands for.
    pub fn name(&self, id: Id) -> Option<&str> {
        self.names.get(usize::try_from(id.0).ok()?).map(String::as_str)
    }
}
