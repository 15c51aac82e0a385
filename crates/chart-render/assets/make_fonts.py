"""Makes the two fonts of this folder from the npm package @fontsource/inter 5.3.0.

    npm pack @fontsource/inter@5.3.0 && tar xzf fontsource-inter-5.3.0.tgz
    pip install fonttools==4.60.1 brotli==1.2.1
    python make_fonts.py package/files .

Keeps printable Latin-1 and a few signs, makes the tabular digits the default ones, and drops hinting, layout tables and
glyph names.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

CHARACTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "–—‘’“”•…€−↑↓")]
CHARACTERS.remove(0xAD)  # soft hyphen
DROPPED = ["GSUB", "GPOS", "GDEF", "STAT", "prep", "gasp", "post"]


def tabular(font: TTFont) -> dict[str, str]:
    """Default glyph name -> tabular glyph name, from the feature `tnum`."""
    gsub = font["GSUB"].table
    lookups = {i for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "tnum" for i in r.Feature.LookupListIndex}
    names = {}
    for index in sorted(lookups):
        for table in gsub.LookupList.Lookup[index].SubTable:
            names |= getattr(table, "ExtSubTable", table).mapping
    return names


def make(source: Path, target: Path) -> None:
    font = TTFont(source, recalcTimestamp=False)
    names = tabular(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            for code in map(ord, "0123456789"):
                if table.cmap.get(code) in names:
                    table.cmap[code] = names[table.cmap[code]]
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.drop_tables += DROPPED
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font.flavor = None
    font.save(target)


if __name__ == "__main__":
    files, out = Path(sys.argv[1]), Path(sys.argv[2])
    make(files / "inter-latin-400-normal.woff2", out / "Inter-Regular.ttf")
    make(files / "inter-latin-600-normal.woff2", out / "Inter-SemiBold.ttf")
