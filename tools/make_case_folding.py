#!/usr/bin/env python3
"""Writes src/text/case_folding_table.inc: simple case folding as runs {first, last, delta, step}.

Python's unicodedata is the source: a code point folds to the single code point that str.casefold() or, where that gives more than
one, str.lower() gives (statuses C and S of Unicode's CaseFolding.txt). Run by hand when Unicode moves: tools/make_case_folding.py > src/text/case_folding_table.inc
"""
import unicodedata

def folded(c):
    """The one code point that c folds to, or None when that is c itself."""
    full = chr(c).casefold()
    simple = full if len(full) == 1 else chr(c).lower()
    return ord(simple) if len(simple) == 1 and ord(simple) != c else None

pairs = [(c, folded(c)) for c in range(0x110000) if folded(c) is not None]
runs = []
for c, to in pairs:
    if runs:
        first, last, delta, step = runs[-1]
        if to - c == delta and (c - last == step or (first == last and c - last in (1, 2))):
            runs[-1] = (first, c, delta, c - last)
            continue
    runs.append((c, c, to - c, 1))
print(f'// Made by tools/make_case_folding.py from Unicode {unicodedata.unidata_version}; do not edit.')
for first, last, delta, step in runs:
    print(f'{{0x{first:X}, 0x{last:X}, {delta}, {step}}},')
