// How a state looks, best first. The page takes colours and words from its data
// (src/coverage/appearance.cc, Okabe and Ito's palette); these are what it falls back to, and the
// order in which legends and bars show them.
import type { Appearance } from './page.ts';

export const DEFAULT_LOOKS: readonly Appearance[] = [
  { state: 'validated', label: 'Validated', glyph: '✓', fill: '#0072b2', text: '#ffffff', meaning: 'real attacks were played and alerts were seen', score: 100 },
  { state: 'exercised', label: 'Exercised', glyph: '◕', fill: '#56b4e9', text: '#000000', meaning: 'made telemetry was played and alerts were seen', score: 75 },
  { state: 'partial', label: 'Partial', glyph: '◐', fill: '#e69f00', text: '#000000', meaning: 'alerts were seen, too few or too noisy for proof', score: 60 },
  { state: 'stale', label: 'Stale', glyph: '⟳', fill: '#cc79a7', text: '#000000', meaning: 'passed once, but no test is fresh', score: 45 },
  { state: 'mapped', label: 'Mapped', glyph: '○', fill: '#f0e442', text: '#000000', meaning: 'a working rule names it, never tested', score: 35 },
  { state: 'telemetry', label: 'Telemetry', glyph: '·', fill: '#999999', text: '#000000', meaning: 'logs arrive, but no working rule reads them for this', score: 15 },
  { state: 'failing', label: 'Failing', glyph: '✕', fill: '#d55e00', text: '#000000', meaning: 'tests were played and nothing alerted', score: 5 },
  { state: 'blind', label: 'Blind', glyph: '–', fill: '#ffffff', text: '#000000', meaning: 'neither logs nor a working rule', score: 0 },
  { state: 'not_applicable', label: 'Not applicable', glyph: ' ', fill: '#e4e4e4', text: '#5c5c5c', meaning: 'cannot be carried out on this provider', score: -1 },
];
