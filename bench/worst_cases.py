#!/usr/bin/env python3
"""What detect costs where everything is against it: huge records, thousands of leaves, rules that hold for everything, a group for each event.

    bench/worst_cases.py build/release/nepho [--mb 100] [--rounds 5] [--only WORD]

Makes its own records and rules (the same every time) in a temporary folder and prints, case by case, the processor time a run takes on one thread
(median; start-up and loading of rules included), bytes a second of it, the most memory it held, and how it stands to ordinary records. Nothing else
need be installed.
"""
import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile

CORRELATION = """title: base
name: base
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: '*'}, condition: s}
---
title: many
id: 0a1b2c3d-0000-4000-8000-000000000001
correlation: {type: event_count, rules: [base], group-by: [userIdentity.arn], timespan: 1d, condition: {gte: 1000000}}
"""


def rule(number, detection):
    return (f'title: rule {number}\nid: 0a1b2c3d-0000-4000-8000-{number:012}\nlogsource: {{product: aws, service: cloudtrail}}\n'
            f'detection: {{{detection}, condition: s}}\n')


# Ten that hold for one event in some hundred, on names, texts and a network: what ordinary rules do.
ORDINARY = '---\n'.join(rule(i, detection) for i, detection in enumerate([
    's: {eventSource: iam.amazonaws.com, eventName: [CreateUser, CreateAccessKey]}', 's: {eventName: StopLogging}',
    's: {eventName|startswith: Delete, awsRegion: sa-east-1}', "s: {userAgent|contains: ['kali', 'pacu']}",
    's: {sourceIPAddress|cidr: 198.51.100.0/24}', "s: {userIdentity.arn|endswith: ':root'}", 's: {errorCode: AccessDenied}',
    's: {requestParameters.policyDocument|contains: nowhere}', 's: {eventName: ConsoleLogin}', 's: {userAgent|re: "sqlmap/[0-9]+"}']))
EVERYTHING = '---\n'.join(rule(i, f"s: {{eventVersion|startswith: '1', eventName|re: '.', userIdentity.arn|contains: 'a', awsRegion|contains: '-{i % 3 + 1}'}}")
                          for i in range(100))
KEYWORDS = rule(1, "s: ['nowhere', 'not-there-either', '*never*seen*']")


def record(number, user, request):
    return json.dumps({
        'eventVersion': '1.09', 'userIdentity': {'type': 'IAMUser', 'arn': f'arn:aws:iam::111122223333:user/{user}', 'accountId': '111122223333'},
        'eventTime': f'2026-03-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z', 'eventSource': 's3.amazonaws.com',
        'eventName': ('GetObject', 'PutObject', 'ListObjects', 'HeadBucket')[number % 4], 'awsRegion': f'eu-west-{number % 3 + 1}',
        'sourceIPAddress': f'203.0.113.{number % 200}', 'userAgent': 'aws-cli/2.15.10 Python/3.11.6 Linux/6.1 exe/x86_64 prompt/off command/s3.cp',
        'requestParameters': request, 'responseElements': None, 'readOnly': number % 4 != 1, 'eventID': f'{number:08x}-0000-4000-8000-000000000000',
        'eventType': 'AwsApiCall', 'managementEvent': True, 'recipientAccountId': '111122223333', 'eventCategory': 'Management'}, separators=(',', ':')) + '\n'


def filled(chosen, kib):
    return ''.join(chosen.choice('abcdefghijklmnop0123456789 /:.-') for _ in range(1024)) * kib


SHAPES = {
    'ordinary': lambda chosen, number: {'bucketName': f'bucket-{number % 50}', 'key': 'x' * 400},
    'one text of 256 KiB': lambda chosen, number: {'policyDocument': filled(chosen, 256)},
    '256 KiB, every quote escaped': lambda chosen, number: {'policyDocument': '{"a":"b"},' * (256 * 1024 // 14)},
    '10,000 leaves side by side': lambda chosen, number: {f'member{leaf}': leaf for leaf in range(10_000)},
    '10,000 leaves, nested': lambda chosen, number: {f'a{i}': [{f'b{j}': {'c': j}} for j in range(100)] for i in range(100)},
}


def write(path, shape, bytes_wanted, num_users):
    chosen = random.Random(1)
    with open(path, 'w', encoding='utf-8') as file:
        number = size = 0
        users = list(range(num_users))
        chosen.shuffle(users)
        while size < bytes_wanted:
            line = record(number, f'user-{users[number % num_users]:08}', SHAPES[shape](chosen, number))
            size += file.write(line)
            number += 1
    return size, number


def processor_time(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def most_memory(command):
    # In a process of its own, since RUSAGE_CHILDREN keeps the largest of all.
    script = ('import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);'
              'print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)')
    return int(subprocess.run([sys.executable, '-c', script, *command], capture_output=True, text=True, check=True).stdout) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('nepho')
    parser.add_argument('--mb', type=int, default=100)
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--only', default='')
    chosen = parser.parse_args()
    cases = [(shape, shape, ORDINARY, 50) for shape in SHAPES]
    cases += [('ordinary, 100 rules that all hold', 'ordinary', EVERYTHING, 50),
              ('ordinary, keywords', 'ordinary', KEYWORDS, 50),
              ('10,000 leaves side by side, keywords', '10,000 leaves side by side', KEYWORDS, 50),
              ('correlation, 50 groups', 'ordinary', CORRELATION, 50),
              ('correlation, a group an event', 'ordinary', CORRELATION, 10_000_000)]
    base = None
    print(f'{"case":40} {"records":>8} {"ms":>7} {"MB/s":>7} {"MiB":>6} {"times":>6}')
    with tempfile.TemporaryDirectory() as folder:
        for name, shape, rules, num_users in cases:
            if chosen.only not in name:
                continue
            logs, file = os.path.join(folder, 'logs.ndjson'), os.path.join(folder, 'rules.yml')
            size, number = write(logs, shape, chosen.mb * 1_000_000, num_users)
            with open(file, 'w', encoding='utf-8') as out:
                out.write(rules)
            command = [chosen.nepho, 'detect', '--rules', file, '--jobs', '1', '--no-event', '--format', 'ndjson', '--max-groups', '10000000', logs]
            seconds = statistics.median(processor_time(command) for _ in range(chosen.rounds))
            a_byte = seconds / size
            base = base or a_byte
            print(f'{name:40} {number:8} {seconds * 1000:7.0f} {size / seconds / 1e6:7.0f} {most_memory(command):6.0f} {a_byte / base:6.1f}', flush=True)


if __name__ == '__main__':
    main()
