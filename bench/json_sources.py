#!/usr/bin/env python3
"""Processor time a byte of each JSON log source, one thread, beside CloudTrail's.

    bench/json_sources.py --nepho build/release/nepho --rules DIR [--mb 60] [--runs 5]

The records are those of tests/logsources: each one that says how a provider writes it, alone in a file of itself over and over. --rules: a folder in
which each log source's rules may lie; all are run on all, but those that fire on the record itself: over and over they would measure how findings are
written (--loud leaves them in). Prints the least of the runs, less the start on an empty file. Needs python3-yaml.
"""
import argparse
import json
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

import yaml

TREE = pathlib.Path(__file__).parent.parent


def json_records():
    for file in sorted((TREE / "tests/logsources").glob("*.yml")):
        for case in yaml.safe_load(file.read_text()) or []:
            record = case["record"]
            if isinstance(record, str):
                try:
                    record = json.loads(record)
                except ValueError:
                    continue  # a line of text
            yield case["is"], case.get("name", ""), json.dumps(record, separators=(",", ":"), default=str)


def processor_seconds(command, runs):
    least = float("inf")
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode not in (0, 1, 2):
            sys.exit(f"{command}: {done.stderr.decode()[-500:]}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return least


def without_those_that_fire(detect, rules, record, folder):
    """A copy of the rules in `folder`, less those that fire on `record`; how many those are."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(rules, folder)
    done = subprocess.run([*detect, "--rules", str(folder), "-"], input=record.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    fired = {json.loads(line)["rule"]["path"] for line in done.stdout.splitlines()}
    for path in fired:
        pathlib.Path(path).unlink()
    return len(fired)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nepho", required=True)
    parser.add_argument("--rules", required=True)
    parser.add_argument("--mb", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--all", action="store_true", help="every record, not only the first of its log source")
    parser.add_argument("--loud", action="store_true", help="the rules that fire on a record too")
    options = parser.parse_args()
    detect = [options.nepho, "detect", "--jobs", "1", "--duplicates", "keep", "--format", "ndjson", "--no-event", "-q"]
    seen = set()
    of_cloudtrail = None
    rows = sorted(json_records(), key=lambda row: row[0] != "aws.cloudtrail")
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "log.ndjson"
        empty = pathlib.Path(folder) / "empty.ndjson"
        empty.write_text("")
        quiet = pathlib.Path(folder) / "rules"
        for source, name, record in rows:
            if source in seen and not options.all:
                continue
            seen.add(source)
            fired = 0 if options.loud else without_those_that_fire(detect, options.rules, record, quiet)
            command = [*detect, "--rules", options.rules if options.loud else str(quiet)]
            times = options.mb * 1_000_000 // (len(record) + 1)
            log.write_text((record + "\n") * times)
            took = processor_seconds([*command, str(log)], options.runs) - processor_seconds([*command, str(empty)], options.runs)
            a_byte, a_record = took / log.stat().st_size * 1e9, took / times * 1e9
            of_cloudtrail = of_cloudtrail or (a_byte, a_record)
            print(f"{source:24} {a_byte:6.2f} ns/byte {a_byte / of_cloudtrail[0]:6.2f} {a_record:7.0f} ns/record {a_record / of_cloudtrail[1]:6.2f} "
                  f"{len(record):6} bytes/record {fired:3} rules left out  {name}", flush=True)


main()
