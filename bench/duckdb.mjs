#!/usr/bin/env node
// Ten rules as SQL on DuckDB and the same ten run by nepho, on the same file in turn, one thread each. Only the ratio of processor times
// counts: both are measured in one go on one machine.
//
//   bench/duckdb.sh build/release/nepho LOGS.ndjson [ROUNDS]
//
// LOGS is CloudTrail, one record a line. DuckDB is npm's @duckdb/node-api, which duckdb.sh fetches into a temporary folder. Both must find
// the same number of events for every rule, or nothing is said about speed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [nepho, logs, rounds = '5'] = process.argv.slice(2);
if (!nepho || !logs) {
  console.error('usage: duckdb.sh NEPHO LOGS.ndjson [ROUNDS]');
  process.exit(3);
}
const { DuckDBInstance } = createRequire(join(process.env.DUCKDB_FOLDER, 'package.json'))('@duckdb/node-api');

// Sigma's detection, and the same in SQL: without regard to case, a missing field is no value.
const is = (field, ...values) => `coalesce(lower(${field}) IN (${values.map((value) => `'${value.toLowerCase()}'`).join(', ')}), false)`;
const like = (field, pattern) => `coalesce(lower(${field}) LIKE '${pattern.toLowerCase()}', false)`;
const rules = [
  ['s: {eventSource: cloudtrail.amazonaws.com, eventName: [StopLogging, DeleteTrail, UpdateTrail]}, condition: s',
    `${is('eventSource', 'cloudtrail.amazonaws.com')} AND ${is('eventName', 'StopLogging', 'DeleteTrail', 'UpdateTrail')}`],
  ["s: {eventName: ConsoleLogin, additionalEventData.MFAUsed: 'No'}, condition: s",
    `${is('eventName', 'ConsoleLogin')} AND ${is('additionalEventData.MFAUsed', 'No')}`],
  ['s: {userIdentity.type: Root}, f: {eventType: AwsServiceEvent}, condition: s and not f',
    `${is('userIdentity.type', 'Root')} AND NOT ${is('eventType', 'AwsServiceEvent')}`],
  ['s: {eventSource: secretsmanager.amazonaws.com, eventName: GetSecretValue}, condition: s',
    `${is('eventSource', 'secretsmanager.amazonaws.com')} AND ${is('eventName', 'GetSecretValue')}`],
  ['s: {eventSource: iam.amazonaws.com, eventName: [CreateUser, CreateAccessKey, CreateLoginProfile]}, condition: s',
    `${is('eventSource', 'iam.amazonaws.com')} AND ${is('eventName', 'CreateUser', 'CreateAccessKey', 'CreateLoginProfile')}`],
  ["s: {userAgent|contains: ['kali', 'pacu', 'stratus']}, condition: s",
    ['kali', 'pacu', 'stratus'].map((word) => like('userAgent', `%${word}%`)).join(' OR ')],
  ['s: {errorCode: [AccessDenied, Client.UnauthorizedOperation], eventName|startswith: [List, Describe]}, condition: s',
    `${is('errorCode', 'AccessDenied', 'Client.UnauthorizedOperation')} AND (${like('eventName', 'List%')} OR ${like('eventName', 'Describe%')})`],
  ['s: {eventName: DescribeInstances, userIdentity.type: IAMUser}, condition: s',
    `${is('eventName', 'DescribeInstances')} AND ${is('userIdentity.type', 'IAMUser')}`],
  ["s: {eventName: AuthorizeSecurityGroupIngress}, f: {userIdentity.arn|endswith: '/terraform'}, condition: s and not f",
    `${is('eventName', 'AuthorizeSecurityGroupIngress')} AND NOT ${like('userIdentity.arn', '%/terraform')}`],
  ["s: {eventSource: ec2.amazonaws.com, eventName: RunInstances}, r: {awsRegion: [us-east-1, eu-west-1]}, condition: s and not r",
    `${is('eventSource', 'ec2.amazonaws.com')} AND ${is('eventName', 'RunInstances')} AND NOT ${is('awsRegion', 'us-east-1', 'eu-west-1')}`],
];
const columns = `{eventSource: 'VARCHAR', eventName: 'VARCHAR', eventType: 'VARCHAR', errorCode: 'VARCHAR', userAgent: 'VARCHAR', awsRegion: 'VARCHAR',
  userIdentity: 'STRUCT(type VARCHAR, arn VARCHAR)', additionalEventData: 'STRUCT(MFAUsed VARCHAR)'}`;
const query = `SELECT ${rules.map(([, where]) => `count(*) FILTER (WHERE ${where})`).join(', ')}
  FROM read_json('${logs.replaceAll("'", "''")}', format = 'newline_delimited', columns = ${columns})`;

const folder = mkdtempSync(join(tmpdir(), 'nepho-duckdb-'));
const file = join(folder, 'rules.yml');
writeFileSync(file, rules.map(([detection], i) =>
  `title: rule ${i}\nid: 0a1b2c3d-0000-4000-8000-00000000000${i}\nlogsource: {product: aws, service: cloudtrail}\ndetection: {${detection}}\n`).join('---\n'));
const detect = (...more) => ['detect', '--rules', file, '--jobs', '1', '--no-event', '--duplicates', 'keep', '--format', 'ndjson', ...more, logs];
const quiet = { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 30 };

function counted() {
  const counts = rules.map(() => 0);
  for (const line of execFileSync(nepho, detect('--fold', 'off'), quiet).toString().split('\n')) {
    if (line) counts[Number(JSON.parse(line).rule.title.split(' ')[1])] += 1;
  }
  return counts;
}

// Processor time in ms. Findings are written, to a pipe.
function timeNepho() {
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" 2>/dev/null';
  const run = spawnSync('bash', ['-c', script, 'bash', nepho, ...detect()], { maxBuffer: 2 ** 30 });
  const [user, system] = run.stderr.toString().trim().split(' ').map(Number);
  return (user + system) * 1000;
}

async function timeDuckdb(connection) {
  const begin = process.cpuUsage();
  const result = await connection.runAndReadAll(query);
  const used = process.cpuUsage(begin);
  return [result.getRows()[0].map(Number), (used.user + used.system) / 1000];
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

try {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const ours = counted();
  const [theirs] = await timeDuckdb(connection);
  console.log(`events a rule: nepho ${ours.join(' ')}; duckdb ${theirs.join(' ')}`);
  if (ours.join() !== theirs.join()) {
    console.error('the two do not agree');
    process.exit(1);
  }
  const times = { nepho: [], duckdb: [] };
  for (let round = 0; round < Number(rounds); ++round) {
    times.nepho.push(timeNepho());
    times.duckdb.push((await timeDuckdb(connection))[1]);
  }
  const [mine, other] = [median(times.nepho), median(times.duckdb)];
  console.log(`processor time, median of ${rounds}: nepho ${mine.toFixed(0)} ms, duckdb ${other.toFixed(0)} ms: ${(other / mine).toFixed(1)} times`);
} finally {
  rmSync(folder, { recursive: true });
}
