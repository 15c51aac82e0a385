"""Judges documents by the analysis schema with another implementation, the Python package jsonschema.

    pip install jsonschema==4.26.0
    cargo run -q -p aio-inference --example schema > tests/golden/analysis.schema.json
    python tests/golden/generate.py > tests/golden/verdicts.csv

`documents.jsonl` is written by hand: one {"name", "document"} a line.
"""

import csv
import importlib.metadata
import json
import pathlib
import sys

import jsonschema

here = pathlib.Path(__file__).parent
schema = json.loads((here / "analysis.schema.json").read_text())
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)

print(f"# tool: Python jsonschema {importlib.metadata.version('jsonschema')}, Draft202012Validator")
print("# command: python tests/golden/generate.py > tests/golden/verdicts.csv")
rows = csv.writer(sys.stdout, lineterminator="\n")
rows.writerow(["name", "valid"])
for line in (here / "documents.jsonl").read_text().splitlines():
    case = json.loads(line)
    rows.writerow([case["name"], str(validator.is_valid(case["document"])).lower()])
