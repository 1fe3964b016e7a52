import { describe, expect, it } from 'vitest';
import { applyPackageRule, packageRuleBook } from '../../../src/main/rules/index.ts';
import type { PackageEvidence } from '../../../src/main/rules/index.ts';
import type { Finding } from '../../../src/shared/domain/verdict.ts';
import { entryOf, packageFinding, packageOf, systemOf } from './package-evidence.ts';

const judged = (rule: string, change: Partial<PackageEvidence>): Finding => packageFinding(rule, packageOf(change));
const failed = (severity: string, message = 'failed'): Partial<Finding> => ({
  outcome: 'failed',
  severity: severity as 'E',
  message,
});

it('finds nothing wrong with a flawless package', () => {
  const wrong = packageRuleBook
    .map((rule) => applyPackageRule(rule, packageOf()))
    .filter((finding) => finding.outcome === 'failed');
  expect(wrong).toEqual([]);
});

describe('the tree', () => {
  it('has a division on top (PKG-01)', () => {
    expect(judged('PKG-01', {})).toMatchObject({ outcome: 'passed' });
    expect(judged('PKG-01', { division: null })).toMatchObject({ ...failed('E'), evidence: [{ file: 'closed/Org' }] });
  });

  it('has no other folders than systems, code, results and documents (PKG-02)', () => {
    expect(judged('PKG-02', { folders: ['systems', 'code', 'results', 'docs'] })).toMatchObject({ outcome: 'passed' });
    expect(judged('PKG-02', { folders: ['results', 'stuff'] })).toMatchObject({
      ...failed('W'),
      facts: { folders: 'stuff' },
      evidence: [{ file: 'closed/Org/stuff' }],
    });
  });

  it('has no links, no leftovers and plain names (PKG-03, PKG-05, PKG-06)', () => {
    for (const [rule, key, severity, message] of [
      ['PKG-03', 'links', 'E', 'failed'],
      ['PKG-05', 'emptyFolders', 'E', 'failed'],
      ['PKG-05', 'caches', 'E', 'cache'],
      ['PKG-06', 'oddNames', 'W', 'failed'],
    ] as const) {
      expect(judged(rule, {})).toMatchObject({ outcome: 'passed' });
      expect(judged(rule, { [key]: ['a', 'b'] })).toMatchObject({
        ...failed(severity, message),
        facts: { count: 2, first: 'a' },
        evidence: [{ file: 'a' }, { file: 'b' }],
      });
    }
  });

  it('has no file that is too large (PKG-04)', () => {
    const files = (...bytes: number[]): Finding =>
      judged('PKG-04', { largeFiles: bytes.map((size, k) => ({ file: String(k), bytes: size })) });
    expect(files()).toMatchObject({ outcome: 'passed' });
    expect(files(60e6)).toMatchObject({ ...failed('W'), facts: { limitMB: 50 } });
    expect(files(60e6, 100e6)).toMatchObject({ ...failed('E'), facts: { count: 1, limitMB: 100, largestMB: 100 } });
  });

  it('has benchmark folders of the round (PKG-11)', () => {
    const entries = (change: Partial<PackageEvidence>, ...found: ReturnType<typeof entryOf>[]): Finding =>
      judged('PKG-11', { systems: [systemOf({ entries: found })], ...change });
    expect(entries({}, entryOf('kws'), entryOf('sww'))).toMatchObject({ outcome: 'passed' });
    expect(entries({ round: 'v1.2' }, entryOf('sww'))).toMatchObject(failed('E'));
    expect(entries({ round: 'v1.4' }, entryOf('ic2'))).toMatchObject({ outcome: 'passed' });
    expect(entries({}, entryOf('ic2'))).toMatchObject(failed('E'));
    expect(entries({}, entryOf('kws', { name: 'keyword_spotting' }))).toMatchObject({
      facts: { name: 'keyword_spotting' },
    });
    expect(entries({}, entryOf('kws', { direct: false }))).toMatchObject(failed('E', 'nested'));
    const mapped = { division: 'open', mappedFolders: ['own'] } as const;
    expect(entries(mapped, entryOf('own', { benchmark: null }))).toMatchObject({ outcome: 'passed' });
    expect(entries({ ...mapped, division: 'closed' }, entryOf('own', { benchmark: null }))).toMatchObject(failed('E'));
    expect(entries({}, entryOf('constructor', { benchmark: null }))).toMatchObject(failed('E'));
    expect(judged('PKG-11', { systems: [] })).toMatchObject({ outcome: 'notApplicable' });
  });

  it('has performance and accuracy of every benchmark (RUN-01)', () => {
    const modes = (...found: ('accuracy' | 'performance' | 'energy')[]): Finding =>
      judged('RUN-01', { systems: [systemOf({ entries: [entryOf('kws', { modes: found })] })] });
    expect(modes('accuracy', 'performance')).toMatchObject({ outcome: 'passed' });
    expect(modes('performance', 'energy')).toMatchObject(failed('E', 'accuracy'));
    expect(modes('accuracy')).toMatchObject(failed('E', 'performance'));
  });

  it('has energy or performance of the streaming wake word (RUN-02)', () => {
    const modes = (...found: ('accuracy' | 'performance' | 'energy')[]): Finding =>
      judged('RUN-02', { systems: [systemOf({ entries: [entryOf('sww', { modes: found })] })] });
    expect(modes('energy')).toMatchObject({ outcome: 'passed' });
    expect(modes('accuracy')).toMatchObject(failed('E'));
    expect(judged('RUN-02', {})).toMatchObject({ outcome: 'notApplicable' });
  });

  it('has the smaller size beside the larger one (DIV-06)', () => {
    const benchmarks = (...names: string[]): Finding =>
      judged('DIV-06', { systems: [systemOf({ entries: names.map((name) => entryOf(name)) })] });
    expect(benchmarks('ic', 'ic2')).toMatchObject({ outcome: 'passed' });
    expect(benchmarks('kws', 'ic2')).toMatchObject({ ...failed('E'), facts: { system: 'Board' } });
    expect(benchmarks('kws')).toMatchObject({ outcome: 'notApplicable' });
  });
});

describe('the system descriptions', () => {
  const system = (
    rule: string,
    change: Parameters<typeof systemOf>[0],
    fields: Record<string, string | null> = {},
  ): Finding => judged(rule, { systems: [systemOf(change, fields)] });

  it('are there, are JSON, have the right names and every key once (PKG-07)', () => {
    expect(system('PKG-07', {})).toMatchObject({ outcome: 'passed' });
    expect(system('PKG-07', { broken: { reason: 'x', line: 7 } })).toMatchObject({
      ...failed('E', 'broken'),
      evidence: [{ file: 'closed/Org/systems/Board.json', line: 7 }],
    });
    expect(system('PKG-07', { file: null })).toMatchObject(failed('E', 'missing'));
    expect(system('PKG-07', { exact: false })).toMatchObject(failed('E', 'misnamed'));
    expect(system('PKG-07', { duplicates: ['Status'] })).toMatchObject(failed('W', 'duplicates'));
    expect(judged('PKG-07', { systems: [] })).toMatchObject({ outcome: 'notApplicable' });
  });

  it('state an availability (PKG-08), research among them (CAT-03)', () => {
    for (const status of ['available', 'Preview', 'RDI'])
      expect(system('PKG-08', {}, { Status: status })).toMatchObject({ outcome: 'passed' });
    expect(system('PKG-08', {}, { Status: 'soon' })).toMatchObject({ ...failed('E'), facts: { status: 'soon' } });
    expect(system('PKG-08', {}, { Status: null })).toMatchObject(failed('E', 'missing'));
    expect(system('CAT-03', {}, { Status: 'rdi' })).toMatchObject(failed('I'));
    expect(system('CAT-03', {})).toMatchObject({ outcome: 'passed' });
  });

  it('name division and submitter as the folders do (PKG-09)', () => {
    expect(system('PKG-09', {})).toMatchObject({ outcome: 'passed' });
    expect(system('PKG-09', {}, { Division: 'open' })).toMatchObject({ ...failed('W'), facts: { key: 'Division' } });
    expect(system('PKG-09', {}, { Submitter: 'Other' })).toMatchObject({
      facts: { key: 'Submitter', expected: 'Org' },
    });
  });

  it('say what has to be known (PKG-10)', () => {
    expect(system('PKG-10', {})).toMatchObject({ outcome: 'passed' });
    expect(system('PKG-10', {}, { 'Board Name': ' ', 'General Compiler(s)': null })).toMatchObject({
      ...failed('W'),
      facts: { keys: 'Board Name, ML Model Compiler(s)' },
    });
  });

  it('differ between systems (CAT-04)', () => {
    const second = (fields: Record<string, string>) =>
      systemOf({ system: 'Second', file: 'closed/Org/systems/Second.json' }, fields);
    expect(judged('CAT-04', { systems: [systemOf(), second({ 'Board Name': 'Other' })] })).toMatchObject({
      outcome: 'passed',
    });
    expect(judged('CAT-04', { systems: [systemOf(), second({})] })).toMatchObject({
      ...failed('W'),
      facts: { first: 'Board', second: 'Second' },
    });
    expect(judged('CAT-04', {})).toMatchObject({ outcome: 'notApplicable' });
  });
});

describe('the documents', () => {
  it('hold the checklist of the round (PKG-12)', () => {
    const list = (round: string | null): Finding => judged('PKG-12', { checklists: [{ file: 'c.pdf', round }] });
    expect(list('v1.3')).toMatchObject({ outcome: 'passed' });
    expect(list(null)).toMatchObject({ outcome: 'passed' });
    expect(list('v1.2')).toMatchObject({ ...failed('W', 'otherRound'), evidence: [{ file: 'c.pdf' }] });
    expect(judged('PKG-12', { checklists: [] })).toMatchObject(failed('E'));
  });

  it('show the wiring of energy runs (PKG-13)', () => {
    const systems = [systemOf({ entries: [entryOf('kws', { modes: ['accuracy', 'performance', 'energy'] })] })];
    expect(judged('PKG-13', { systems })).toMatchObject({ outcome: 'passed' });
    expect(judged('PKG-13', { systems, hookUps: [] })).toMatchObject(failed('W'));
    expect(judged('PKG-13', { hookUps: [] })).toMatchObject({ outcome: 'notApplicable' });
  });

  it('hold code with a read-me, and models (PKG-14, PKG-15)', () => {
    expect(judged('PKG-14', {})).toMatchObject({ outcome: 'passed' });
    expect(judged('PKG-14', { code: { files: 0, readmes: 0, models: 0 } })).toMatchObject(failed('E', 'missing'));
    expect(judged('PKG-14', { code: { files: 3, readmes: 0, models: 0 } })).toMatchObject(failed('E'));
    expect(judged('PKG-15', { code: { files: 3, readmes: 1, models: 0 } })).toMatchObject(failed('W'));
    expect(judged('PKG-15', { code: { files: 0, readmes: 0, models: 0 } })).toMatchObject({ outcome: 'notApplicable' });
  });

  it('name nobody (PKG-16)', () => {
    expect(judged('PKG-16', {})).toMatchObject({ outcome: 'passed' });
    const personal = [{ text: '/home/ada', ref: { file: 'log.txt', line: 3 } }];
    expect(judged('PKG-16', { personal })).toMatchObject({ ...failed('I'), evidence: [{ file: 'log.txt', line: 3 }] });
  });
});

it('passes over a rule outside its rounds', () => {
  const [rule] = packageRuleBook;
  if (!rule) throw new Error('no rules');
  const later = { ...rule, rounds: { from: 'v1.4', to: null } };
  expect(applyPackageRule(later, packageOf({ division: null }))).toMatchObject({ message: 'otherRound' });
});
