import { describe, expect, it } from 'vitest';
import type { FlashRecord } from '../../../../../src/shared/domain/flash.ts';
import { calibrateStep, flashStep } from '../../../../../src/renderer/views/run/path-steps.ts';
import type { PathFacts } from '../../../../../src/renderer/views/run/path-steps.ts';
import { aboutDuration } from '../../../../../src/renderer/views/run/path-words.ts';
import { heldBench, virtualBench } from '../../support/recorded.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const real = { ...heldBench(), open: true };
const base: PathFacts = {
  bench: real,
  modes: ['performance', 'energy'],
  started: false,
  firmware: null,
  flashing: false,
  calibrating: false,
  certificates: [],
  monitorModel: 'X-NUCLEO-LPM01A',
  passed: { flash: false, calibrate: false },
  nowMs: now,
};
const firmware = { state: 'verified' } as FlashRecord;
const certificate = (change: Partial<PathFacts['certificates'][number]>): PathFacts['certificates'][number] => ({
  id: 'c1',
  procedure: 'monitor-gain',
  model: 'X-NUCLEO-LPM01A',
  serial: '1',
  dateUtc: '2026-11-01T00:00:00Z',
  expiresUtc: '2027-11-01T00:00:00Z',
  operator: 'Ada',
  simulated: false,
  state: 'valid',
  remarks: [],
  ...change,
});
const flash = (change: Partial<PathFacts>): string => flashStep({ ...base, ...change }).state;
const calibrate = (change: Partial<PathFacts>): string => calibrateStep({ ...base, ...change }).state;

describe('the flash step', () => {
  it('is done when what is on the board was confirmed', () => {
    expect(flash({})).toBe('ready');
    expect(flash({ firmware })).toBe('done');
    expect(flash({ firmware: { ...firmware, state: 'partial' } })).toBe('ready');
    expect(flash({ flashing: true, firmware })).toBe('running');
  });

  it('says why it is skipped', () => {
    expect(flashStep({ ...base, bench: virtualBench(true) })).toMatchObject({
      state: 'skipped',
      reason: 'ui.path.flash.virtual',
    });
    expect(flashStep({ ...base, passed: { flash: true, calibrate: false } })).toMatchObject({
      state: 'skipped',
      reason: 'ui.path.flash.passed',
    });
    // Nothing can be put before a run that has begun.
    expect(flash({ started: true })).toBe('skipped');
  });

  it('waits for a bench', () => {
    expect(flash({ bench: { ...real, open: false } })).toBe('todo');
    expect(flash({ bench: undefined })).toBe('todo');
  });
});

describe('the calibration step', () => {
  it('goes by the newest certificate of gain of this very monitor', () => {
    expect(calibrate({})).toBe('ready');
    expect(calibrate({ certificates: [certificate({})] })).toBe('done');
    expect(calibrate({ certificates: [certificate({ state: 'expired' })] })).toBe('remarks');
    expect(calibrate({ certificates: [certificate({ state: 'failed' })] })).toBe('failed');
    expect(calibrate({ certificates: [certificate({ model: 'PPK2' })] })).toBe('ready');
    expect(calibrate({ certificates: [certificate({ procedure: 'monitor-zero' })] })).toBe('ready');
    const newer = certificate({ id: 'c2', state: 'failed', dateUtc: '2026-11-20T00:00:00Z' });
    expect(calibrate({ certificates: [certificate({}), newer] })).toBe('failed');
  });

  it('says so a month before it expires', () => {
    const soon = certificate({ expiresUtc: '2026-12-10T00:00:00Z' });
    expect(calibrateStep({ ...base, certificates: [soon] })).toMatchObject({
      state: 'remarks',
      reason: 'ui.path.calibrate.soon',
    });
  });

  it('takes no certificate of a simulation for a real monitor, nor the other way round', () => {
    const simulated = certificate({ simulated: true });
    expect(calibrate({ certificates: [simulated] })).toBe('ready');
    expect(calibrate({ bench: virtualBench(true), certificates: [certificate({})] })).toBe('skipped');
    expect(calibrate({ bench: virtualBench(true), certificates: [simulated] })).toBe('done');
  });

  it('is skipped where it is not needed or not wanted', () => {
    expect(calibrateStep({ ...base, modes: ['accuracy'] }).reason).toBe('ui.path.calibrate.noEnergy');
    expect(calibrateStep({ ...base, passed: { flash: false, calibrate: true } })).toMatchObject({
      state: 'skipped',
      reason: 'ui.path.calibrate.passed',
    });
    expect(calibrate({ calibrating: true })).toBe('running');
  });
});

describe('a time that nobody knows exactly', () => {
  it.each([
    [1, '5 s'],
    [17, '15 s'],
    [88, '90 s'],
    [173, '3 min'],
    [200, '3.5 min'],
    [1000, '17 min'],
    [9000, '2 h 30 min'],
  ])('%s s is about %s', (seconds, words) => {
    expect(aboutDuration(seconds, 'en').replace(/\s/g, ' ')).toBe(words);
  });
});
