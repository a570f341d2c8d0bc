// A small page for tests, in the program's own form: two clouds, two tactics, a parent that is no
// technique of the cloud, a broken rule, a rule that maps nothing, and plays that passed and failed.
import { readPage } from '../data/read.ts';
import { Index } from '../model/index.ts';

type Given = Record<string, unknown>;

export const cell = (technique: string, provider: string, state: string, more: Given = {}) => ({
  technique,
  name: technique,
  tactics: ['TA0001'],
  provider,
  applicable: 'yes',
  state,
  mean: 0,
  l90: 0,
  rules: [],
  ...more,
});

const CELLS = [
  cell('T1078', 'aws', 'partial', {
    name: 'Valid Accounts',
    rules: ['r-login'],
    tested: 4,
    alerted: 1,
    procedures: 5,
    mean: 0.25,
    l90: 0.1,
    badges: ['one-rule'],
  }),
  cell('T1078', 'gcp', 'mapped', { name: 'Valid Accounts', rules: ['r-login'], mean: 0.2, l90: 0.05 }),
  cell('T1078.004', 'aws', 'failing', { name: 'Cloud Accounts', tested: 3, procedures: 3 }),
  cell('T1530', 'aws', 'failing', {
    name: 'Data from Cloud Storage',
    tactics: ['TA0009'],
    tested: 2,
    procedures: 3,
    broken_rules: [{ id: 'r-broken', reason: 'its log does not arrive' }],
    badges: ['broken-rules', 'regressed'],
  }),
  cell('T1530', 'gcp', 'telemetry', { name: 'Data from Cloud Storage', tactics: ['TA0009'], applicable: 'unknown' }),
  cell('T1036.001', 'aws', 'blind', { name: 'Invalid Signature', tactics: ['TA0009'] }),
  cell('T1621', 'aws', 'not_applicable', { name: 'MFA Requests', applicable: 'no' }),
];

const RULES = [
  {
    id: 'r-login',
    name: 'Login from afar',
    path: 'rules/login.yml',
    level: 'high',
    techniques: ['T1078'],
    log_sources: ['aws.cloudtrail'],
    fired: 2,
  },
  {
    id: 'r-broken',
    name: 'Bucket read in bulk',
    path: 'rules/bucket.yml',
    level: 'medium',
    techniques: ['T1530'],
    broken: [{ fault: 'no-telemetry', reason: 'its log does not arrive' }],
  },
  { id: 'r-none', name: 'Something odd', path: 'rules/odd.yml', level: 'low', unmapped: 'it names no technique' },
];

const DETAILS = {
  'T1078@aws': {
    why: [
      { kind: 'applies', text: 'T1078 applies to AWS' },
      { kind: 'chance', text: 'q = 0.25' },
      { kind: 'state', text: 'so it is partial' },
    ],
    evidence: [
      {
        procedure: 'aws.login',
        kind: 'synthetic',
        outcome: 'alerted',
        verdict: 'alerted',
        time: '2026-03-17T10:00:00Z',
        events: 3,
        trials: [{ rule: 'r-login', alerted: true }],
      },
      {
        procedure: 'aws.root',
        kind: 'replay',
        outcome: 'logged',
        verdict: 'no_alert',
        reason: 'no rule looks at the root user',
        time: '2026-03-18T10:00:00Z',
        events: 1,
      },
    ],
    procedures: [
      { id: 'aws.login', name: 'A login from a new country', observable: 'yes' },
      { id: 'aws.root', name: 'The root user signs in', observable: 'yes' },
      { id: 'aws.never', name: 'A key is used', observable: 'partly' },
    ],
  },
};

const TECHNIQUES = [
  { id: 'T1078', name: 'Valid Accounts', core: true },
  { id: 'T1078.004', name: 'Cloud Accounts', parent: 'T1078', parent_name: 'Valid Accounts' },
  { id: 'T1530', name: 'Data from Cloud Storage', core: true },
  { id: 'T1036.001', name: 'Invalid Signature', parent: 'T1036', parent_name: 'Masquerading' },
  { id: 'T1621', name: 'MFA Requests' },
];

export const SAMPLE: Given = {
  organisation: 'Kittiwake',
  as_of: '2026-03-20T00:00:00Z',
  program_version: '0.1.0',
  tactics: [
    { id: 'TA0001', name: 'Initial Access' },
    { id: 'TA0009', name: 'Collection' },
  ],
  providers: [
    { id: 'aws', name: 'AWS', log_sources: ['aws.cloudtrail'] },
    { id: 'gcp', name: 'Google Cloud', log_sources: [] },
  ],
  techniques: TECHNIQUES,
  plays: { procedures: 2, known: 9, alerted: 1, kinds: { synthetic: 1, replay: 1 } },
  coverage: {
    attack_version: '19.1',
    assumptions: ['aws.cloudtrail arrives'],
    totals: {
      paper: 2 / 5,
      exercised: 0,
      validated: 0,
      cells: 5,
      mapped: 2,
      unknown: 1,
      by_provider: {
        aws: { paper: 0.25, exercised: 0, validated: 0, cells: 4, states: { partial: 1, failing: 2, blind: 1 } },
      },
    },
    cells: CELLS,
    rules: RULES,
  },
  details: DETAILS,
};

export const indexOf = (page: unknown): Index => new Index(readPage(page));
// A page of these cells alone.
export const indexOfCells = (cells: Given[], more: Given = {}): Index => indexOf({ coverage: { cells }, ...more });
