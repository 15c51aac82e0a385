use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;

use crate::Analysis;

/// The JSON Schema (draft 2020-12) of [`Analysis`], for servers and samplers that hold a model to it.
///
/// Written for grammar compilers: no `$ref`, no `format`, choices as plain `enum`, every object closed
/// (`additionalProperties: false`) and every field required. One rule stands only in [`Analysis::validate`]: a
/// proposal names each parameter once.
///
/// ```
/// let schema = inference::analysis_schema();
/// assert_eq!(schema["properties"]["confidence"]["maximum"], 1);
/// assert_eq!(schema["properties"]["action"]["enum"][0], "BUY");
/// ```
pub fn analysis_schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let plain = RecursiveTransform(|schema: &mut Schema| {
        schema.remove("format");
    });
    let generator = settings.with_transform(plain).into_generator();
    generator.into_root_schema_for::<Analysis>().to_value()
}
