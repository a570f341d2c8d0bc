#!/usr/bin/env python3
"""Holds what the program prints about examples/ against docs/schemas/.

    check_output.py NEPHO SOURCE_FOLDER

Every document and every line must fit its schema, and a document that was broken on purpose must not: a schema that lets all pass proves nothing.
python3-jsonschema, a complete validator that is no work of ours, does the judging. Exit code 77 (skipped) where it is not installed, or where the
program lacks one of the commands and the others hold.
"""
import copy
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

try:
    import jsonschema
except ImportError:
    print('skipped: python3-jsonschema is not installed')
    sys.exit(77)
warnings.simplefilter('ignore', DeprecationWarning)  # of RefResolver, which Debian 12's version needs

nepho, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
schemas = {}
for entry in sorted(os.listdir(os.path.join(source, 'docs/schemas'))):
    with open(os.path.join(source, 'docs/schemas', entry), encoding='utf-8') as file:
        schemas[entry] = json.load(file)
faults = 0
missing = []


def fault(text):
    global faults
    faults += 1
    print('FAULT', text)


def validator(name):
    schema = schemas[name + '.json']
    return jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver('', schema, store=schemas))


def hold(name, documents, where):
    """Checks documents, and that one without each of its required members is refused."""
    check = validator(name)
    for number, document in enumerate(documents, 1):
        for error in list(check.iter_errors(document))[:5]:
            path = '/'.join(str(step) for step in error.absolute_path)
            fault(f'{where}, document {number}, {path}: {error.message[:200]}')
    if not documents:
        return fault(f'{where}: no document')
    for key in check.schema['required']:
        broken = copy.copy(documents[0])
        broken.pop(key, None)
        if check.is_valid(broken):
            fault(f'{where}: the schema does not miss "{key}"')
    print(f'{name}: {len(documents)} from {where}')


def has(command):
    there = subprocess.run([nepho, command, '--help'], capture_output=True).returncode == 0
    if not there:
        missing.append(command)
    return there


def run(*arguments):
    done = subprocess.run([nepho, *arguments], capture_output=True, text=True, timeout=300, cwd=folder)
    if done.returncode not in (0, 1, 2):
        fault(f'nepho {" ".join(arguments)}: exit code {done.returncode}: {done.stderr[:300]}')
        return ''
    return done.stdout


def read(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


for name, schema in schemas.items():
    jsonschema.Draft202012Validator.check_schema(schema)
    if schema['$id'] != name:
        fault(f'docs/schemas/{name}: its $id is {schema["$id"]}')

with tempfile.TemporaryDirectory() as folder:
    shutil.copytree(os.path.join(source, 'examples'), os.path.join(folder, 'examples'))
    common = ['--workspace', 'examples', '--as-of', '2026-03-18']

    if has('detect'):
        text = run('detect', *common, '--format', 'ndjson', '--summary', 'summary.json', 'examples/logs')
        findings = [json.loads(line) for line in text.splitlines()]
        hold('finding', findings, 'detect --format ndjson')
        summary = read(os.path.join(folder, 'summary.json'))
        hold('summary', [summary], 'detect --summary')
        if summary['findings'] != len(findings):
            fault(f'the summary counts {summary["findings"]} findings, {len(findings)} were printed')
        following = subprocess.Popen([nepho, 'detect', *common, '--format', 'ndjson', '--follow', '--place', 'places', 'examples/logs'], stdin=subprocess.DEVNULL,
                                     stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=folder)
        hold('finding', [json.loads(following.stdout.readline())], 'detect --follow')
        following.terminate()
        following.communicate(timeout=300)
        hold('follow', [read(os.path.join(folder, 'places'))], 'detect --place')
        run('detect', *common, '--near-misses', '--format', 'ndjson', '--summary', 'summary.json', 'examples/logs')
        summary = read(os.path.join(folder, 'summary.json'))
        hold('summary', [summary], 'detect --near-misses --summary')
        if not summary['near_misses']:
            fault('no rule of the example came near')
        hold('fired', [read(os.path.join(folder, 'examples/.nephometer/fired.json'))], 'fired.json')
        correlation = """title: any event
name: any
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: '*'}, condition: s}
---
title: two events by one user
correlation: {type: event_count, rules: any, group-by: [userIdentity.arn, noSuchField], timespan: 7d, condition: {gte: 2}}
"""
        with open(os.path.join(folder, 'correlation.yml'), 'w', encoding='utf-8') as file:
            file.write(correlation)
        text = run('detect', *common, '--rules', 'correlation.yml', '--format', 'ndjson', '--summary', 'summary.json', 'examples/logs')
        findings = [json.loads(line) for line in text.splitlines()]
        hold('finding', findings, 'detect --format ndjson, correlations')
        if not all('group' in finding and len(finding['events']) == 2 for finding in findings):
            fault('a finding of a correlation lacks its group or its events')
        if not all({'type', 'value', 'condition'} <= finding.get('measured', {}).keys() for finding in findings):
            fault('a finding of a correlation lacks what was measured')
        summary = read(os.path.join(folder, 'summary.json'))
        hold('summary', [summary], 'detect --summary, correlations')
        text = run('detect', *common, '--rules', 'correlation.yml', '--format', 'ocsf', 'examples/logs')
        grouped = [json.loads(line) for line in text.splitlines()]
        hold('ocsf-finding', grouped, 'detect --format ocsf, correlations')
        if [finding['metadata']['uid'] for finding in grouped] != [finding['finding_id'] for finding in findings]:
            fault('--format ocsf has other findings than --format ndjson')
        text = run('detect', *common, '--format', 'ocsf', 'examples/logs')
        hold('ocsf-finding', [json.loads(line) for line in text.splitlines()], 'detect --format ocsf')
        with open(os.path.join(folder, 'ocsf.ndjson'), 'w', encoding='utf-8') as file:
            file.write(text)
        run('detect', *common, '--format', 'ndjson', '--summary', 'summary.json', 'ocsf.ndjson')
        known = read(os.path.join(folder, 'summary.json'))['by_log_source']
        if set(known) != {'ocsf'}:
            fault(f'what --format ocsf wrote is read as {known}')
        if 'correlation' not in summary:
            fault('the summary says nothing of correlations')
    if has('sources'):
        hold('sources', [json.loads(run('sources', '--format', 'json') or '{}')], 'sources --format json')
        document = json.loads(run('sources', *common, '--format', 'json', 'examples/logs') or '{}')
        hold('sources', [document], 'sources --format json LOGS')
        if not document['rules'] or not document['sources'][0]['events']:
            fault('sources LOGS says nothing of rules or events')
    if has('map'):
        document = json.loads(run('map', *common, '--format', 'json', 'examples/rules') or '{}')
        hold('map', [document], 'map --format json')
        hold('detection', document.get('detections', []), 'map --format json')
        hold('problem', [p for d in document.get('detections', []) for p in d['problems']], 'map --format json')
        index = json.loads(run('map', *common, '--by-technique', '--format', 'json', 'examples/rules') or '{}')
        hold('map-index', [index], 'map --by-technique --format json')
        lines = [json.loads(line) for line in run('map', *common, '--format', 'ndjson', 'examples/rules').splitlines()]
        hold('detection', lines, 'map --format ndjson')
    if has('coverage'):
        document = json.loads(run('coverage', *common, '--format', 'json') or '{}')
        hold('coverage', [document], 'coverage --format json')
        hold('cell', document.get('cells', []), 'coverage --format json')
    if has('tabletop'):
        hold('tabletop', [json.loads(run('tabletop', 'T1136.003', '--provider', 'aws', *common, '--format', 'json') or '{}')], 'tabletop --format json')
    if has('validate'):
        document = json.loads(run('validate', *common, '--no-record', '--format', 'json') or '{}')
        hold('validate', [document], 'validate --format json')
        run('validate', *common, '--pack', '--format', 'json')
        run('simulate', *common, '--technique', 'T1136', '--provider', 'aws', '-o', 'played')
        with open(os.path.join(folder, 'alerts.csv'), 'w', encoding='utf-8') as file:
            file.write('time,rule,technique,actor\n2026-03-17T23:00:00Z,a,T1136,nobody\n')
        of_others = ['--telemetry', 'played', '--cases', 'played/cases.tsv', '--alerts', 'alerts.csv', '--no-record', '--format', 'json']
        document = json.loads(run('validate', *common, *of_others) or '{}')
        hold('validate', [document], 'validate --alerts --format json')
        if document.get('alerts', {}).get('read') != 1:
            fault('the alert that was given is not counted')
        printed = run('validate', *common, '--live', 'aws.persistence.create-user', '--plan', 'plan.json', '--format', 'json')
        hold('live-plan', [json.loads(printed or '{}'), read(os.path.join(folder, 'plan.json'))], 'validate --live')
        run('validate', *common, '--refit')
        hold('priors', [read(os.path.join(folder, 'examples/.nephometer/priors.json'))], 'priors.json')
        hold('evidence', document.get('evidence', []), 'validate --format json')
        lines = [json.loads(line) for line in run('validate', *common, '--no-record', '--format', 'ndjson').splitlines()]
        hold('evidence', lines, 'validate --format ndjson')
        document = json.loads(run('validate', *common, '--mutate', '--format', 'json') or '{}')
        hold('mutation', [document], 'validate --mutate --format json')
        hold('mutation-rule', document.get('rules', []), 'validate --mutate --format json')
        lines = [json.loads(line) for line in run('validate', *common, '--mutate', '--format', 'ndjson').splitlines()]
        hold('mutation-rule', lines, 'validate --mutate --format ndjson')
        if not any(rule['dies_if'] for rule in lines):
            fault('no rule of examples/ dies of anything')
    if has('report'):
        for audience in ('engineering', 'leadership'):
            page = run('report', *common, '--audience', audience)
            laid = re.search(r'id="nephometer-data">([^<]*)<', page)
            if laid:
                hold('page', [json.loads(laid[1])], f'report --audience {audience}')
            else:
                print('without the page of web/: its data is not held against its schema')
    if has('matrix'):
        hold('matrix', [json.loads(run('matrix', '--format', 'json') or '{}')], 'matrix --format json')
        hold('technique', [json.loads(run('matrix', 'T1078.004', '--format', 'json') or '{}')], 'matrix T1078.004')
    if has('attack'):
        hold('attack-info', [json.loads(run('attack', 'info', '--format', 'json') or '{}')], 'attack info')
        hold('attack-diff', [json.loads(run('attack', 'diff', '18.1', '19.1', '--format', 'json') or '{}')], 'attack diff')
        hold('attack-migrate', [json.loads(run('attack', 'migrate', '--dry-run', '--format', 'json', 'examples/rules') or '{}')],
             'attack migrate')
    if has('explain'):
        document = json.loads(run('explain', *common, '--format', 'json', 'T1136.003', '--on', 'aws') or '{}')
        hold('explain', [document], 'explain --format json')

print(f'{faults} faults')
if missing:
    print('skipped: no command', *missing)
sys.exit(1 if faults else 77 if missing else 0)
