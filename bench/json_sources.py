#!/usr/bin/env python3
"""Processor time a byte of each JSON log source, one thread, beside CloudTrail's.

    bench/json_sources.py --nepho build/release/nepho --rules DIR [--mb 60] [--runs 5]

The records are those of tests/logsources: each one that says how a provider writes it, alone in a file of itself over and over. --rules: a folder in
which each log source's rules may lie; all are run on all. Prints the least of the runs, less the start on an empty file. Needs python3-yaml.
"""
import argparse
import json
import pathlib
import resource
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nepho", required=True)
    parser.add_argument("--rules", required=True)
    parser.add_argument("--mb", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--all", action="store_true", help="every record, not only the first of its log source")
    options = parser.parse_args()
    detect = [options.nepho, "detect", "--rules", options.rules, "--jobs", "1", "--duplicates", "keep", "--format", "ndjson", "--no-event", "-q"]
    seen = set()
    of_cloudtrail = None
    rows = sorted(json_records(), key=lambda row: row[0] != "aws.cloudtrail")
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "log.ndjson"
        log.write_text("")
        start = processor_seconds([*detect, str(log)], options.runs)
        for source, name, record in rows:
            if source in seen and not options.all:
                continue
            seen.add(source)
            times = options.mb * 1_000_000 // (len(record) + 1)
            log.write_text((record + "\n") * times)
            took = (processor_seconds([*detect, str(log)], options.runs) - start) / log.stat().st_size * 1e9
            of_cloudtrail = of_cloudtrail or took
            print(f"{source:24} {took:6.2f} ns/byte {took / of_cloudtrail:6.2f} {len(record):6} bytes/record  {name}", flush=True)


main()
