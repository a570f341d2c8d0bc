#!/usr/bin/env python3
"""How good the suggestions of `nepho map --suggest` are, on rules whose mapping is known.

    measure_suggestions.py --nepho BIN [--half seen|unseen|both] [--show N] PATH...

A suggestion is made from a rule's events alone, so what the rule maps to is held back by itself; here the two are
compared. Rules that name no technique, are for none of our providers or are copies of others are left out. The half of a file
comes from a hash of its name: knowledge/decisive/ may be bettered by looking at "seen"; figures are of "unseen".

exact     the suggested technique is one of the rule's
family    it is, or both are of one parent (T1098.003 for T1098)
precision of the suggestions, the part that is right; "first" looks at each rule's likeliest one alone
recall    of the techniques of the rules, the part that was suggested
answered  the part of the rules for which anything was
"""
import argparse
import collections
import hashlib
import json
import os
import subprocess
import sys

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument('--nepho', required=True)
parser.add_argument('--half', choices=['seen', 'unseen', 'both'], default='unseen')
parser.add_argument('--show', type=int, default=0, help='show so many rules whose first suggestion is of another family')
parser.add_argument('paths', nargs='+', metavar='PATH')
options = parser.parse_args()


def half_of(path):
    name = os.path.basename(path).encode()
    return 'seen' if hashlib.sha256(name).digest()[0] % 2 == 0 else 'unseen'


def parent(technique):
    return technique.split('.')[0]


run = subprocess.run([options.nepho, 'map', '--suggest', '--format', 'json', *options.paths], capture_output=True, text=True, check=False)
if run.returncode not in (0, 1, 2):
    sys.exit(run.stderr)
rules = [rule for rule in json.loads(run.stdout)['detections']
         if rule['techniques'] and rule['providers'] and 'duplicate_of' not in rule
         and options.half in ('both', half_of(rule['path']))]

Tally = collections.namedtuple('Tally', 'rules answered first first_exact first_family all exact family wanted found found_family')
tallies = collections.defaultdict(lambda: [0] * len(Tally._fields))
by_confidence = collections.defaultdict(lambda: [0, 0, 0])
for rule in rules:
    wanted = set(rule['techniques'])
    families = {parent(technique) for technique in wanted}
    suggested = [s['technique'] for s in rule.get('suggestions', [])]
    first = suggested[:1]
    row = [1, bool(first), len(first), sum(t in wanted for t in first), sum(parent(t) in families for t in first), len(suggested),
           sum(t in wanted for t in suggested), sum(parent(t) in families for t in suggested), len(wanted),
           sum(t in suggested for t in wanted), sum(parent(t) in {parent(s) for s in suggested} for t in wanted)]
    for key in (rule['format'], *(f'* {provider}' for provider in rule['providers']), '** all'):
        tallies[key] = [a + b for a, b in zip(tallies[key], row)]
    for suggestion in rule.get('suggestions', []):
        bucket = by_confidence[f"{int(suggestion['confidence'] * 10) / 10:.1f}"]
        for i, value in enumerate((1, suggestion['technique'] in wanted, parent(suggestion['technique']) in families)):
            bucket[i] += value
    if first and parent(first[0]) not in families and options.show > 0:
        options.show -= 1
        print(f"{rule['format']}/{os.path.basename(rule['path'])}: {rule['name'][:60]}: names {' '.join(sorted(wanted))}, suggested {first[0]} "
              f"({', '.join(rule['suggestions'][0]['events'][:4])})")


def share(part, whole):
    return f'{100 * part / whole:5.1f} %' if whole else '      -'


print(f'{len(rules)} rules ({options.half})')
print(f"{'':12} {'rules':>6} {'answered':>9} | first: {'exact':>7} {'family':>8} | all: {'exact':>7} {'family':>8} | recall: {'exact':>7} {'family':>8}")
for key in sorted(tallies):
    t = Tally(*tallies[key])
    print(f'{key:12} {t.rules:6} {share(t.answered, t.rules):>9} |        {share(t.first_exact, t.first)}  {share(t.first_family, t.first)} |      '
          f'{share(t.exact, t.all)}  {share(t.family, t.all)} |         {share(t.found, t.wanted)}  {share(t.found_family, t.wanted)}')
print('by confidence: suggestions, exact, family')
for key in sorted(by_confidence, reverse=True):
    n, exact, family = by_confidence[key]
    print(f'  {key}+ {n:6} {share(exact, n)}  {share(family, n)}')
