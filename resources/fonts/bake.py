#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the two bundled families from Inter and JetBrains Mono. Run once; the results are committed. See README.md.

bake.py <folder of Inter-*.otf> <folder of JetBrainsMono-*.ttf> <output folder>
"""
import os
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

UNICODES = (
    "U+0020-007E,U+00A0-017F,U+0192,U+02C6,U+02DA,U+02DC,U+0300-0304,U+0308,U+0327,U+0370-03FF,U+0400-045F,"
    "U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,U+2070-208E,U+20AC,U+2116,"
    "U+2122,U+2190-2193,U+21B5,U+2202,U+2206,U+2211,U+2212,U+221A,U+221E,U+2248,U+2260,U+2264,U+2265,U+2318,U+23CE"
)


def tabular_digits(font):
    """The digits of the character map become the ones that the tnum feature would put there."""
    gsub = font["GSUB"].table
    lookups = next(r.Feature.LookupListIndex for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "tnum")
    swap = {}
    for index in lookups:
        for table in gsub.LookupList.Lookup[index].SubTable:
            swap.update(getattr(table, "ExtSubTable", table).mapping)
    for table in font["cmap"].tables:
        for code, glyph in list(table.cmap.items()):
            if 0x30 <= code <= 0x39:
                table.cmap[code] = swap.get(glyph, glyph)  # tables may share one map


def rename(font, family, style):
    post_script = f"{family}-{style}".replace(" ", "")
    for record in list(font["name"].names):
        wanted = {1: family if style == "Regular" else f"{family} {style}", 2: "Regular", 3: f"{post_script};1",
                  4: f"{family} {style}", 6: post_script, 16: family, 17: style}
        if record.nameID in wanted:
            record.string = wanted[record.nameID]
        elif record.nameID not in (0, 5, 13, 14):
            font["name"].names.remove(record)
    for ident, text in ((16, family), (17, style)):
        font["name"].setName(text, ident, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames[0] = post_script
        top = cff.topDictIndex[0]
        top.FullName, top.FamilyName = f"{family} {style}", family
        top.rawDict.pop("Notice", None)


def bake(source, family, style, target, tabular):
    font = TTFont(source, recalcTimestamp=False)
    if tabular:
        tabular_digits(font)
    options = subset.Options()
    # No calt: it turns -> and != into single signs, which an expression must never do.
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs, options.name_languages, options.notdef_outline = ["*"], ["*"], True
    options.hinting = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(UNICODES))
    subsetter.subset(font)
    rename(font, family, style)
    font.save(target)


if __name__ == "__main__":
    inter, mono, out = sys.argv[1:4]
    for style in ("Regular", "Medium", "SemiBold"):
        bake(os.path.join(inter, f"Inter-{style}.otf"), "Atalaya Sans", style,
             os.path.join(out, f"AtalayaSans-{style}.otf"), True)
    for style in ("Regular", "SemiBold"):
        bake(os.path.join(mono, f"JetBrainsMono-{style}.ttf"), "Atalaya Mono", style,
             os.path.join(out, f"AtalayaMono-{style}.ttf"), False)
