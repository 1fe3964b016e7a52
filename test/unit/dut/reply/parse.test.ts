import { describe, expect, it } from 'vitest';
import { lapElapsedUs, parseReplyLine, parseResults } from '../../../../src/main/dut/index.ts';
import type { Message, ReplyContext, ReplyLine } from '../../../../src/main/dut/index.ts';

const read = (text: string, context?: ReplyContext): ReplyLine => parseReplyLine(text, context);
const messages = (text: string, context?: ReplyContext): readonly Message[] => read(text, context).messages;

describe('messages of the protocol', () => {
  it.each<[string, Message]>([
    ['m-name-dut-[unspecified]', { kind: 'name', deviceClass: 'dut', vendor: 'unspecified' }],
    ['m-name-dut-[]', { kind: 'name', deviceClass: 'dut', vendor: '' }],
    ['m-name-ebaz-4205-[x]', { kind: 'name', deviceClass: 'ebaz-4205', vendor: 'x' }],
    ['m-name-dut-[Lab [rev 2]]', { kind: 'name', deviceClass: 'dut', vendor: 'Lab [rev 2]' }],
    ['m-name-dut-[a :-[ b]', { kind: 'name', deviceClass: 'dut', vendor: 'a :-[ b' }],
    ['m-profile-[ULPMark for tinyML Firmware V0.0.1]', { kind: 'profile', text: 'ULPMark for tinyML Firmware V0.0.1' }],
    ['m-model-[ad01]', { kind: 'model', id: 'ad01' }],
    ['m-timestamp-mode-performance', { kind: 'timestampMode', mode: 'performance' }],
    ['m-timestamp-mode-energy', { kind: 'timestampMode', mode: 'energy' }],
    ['m-init-done', { kind: 'initDone' }],
    ['m-lap-us-0', { kind: 'lap', us: 0, text: '0' }],
    ['m-lap-us-4294967295', { kind: 'lap', us: 4_294_967_295, text: '4294967295' }],
    ['m-lap-us-1620358197033202', { kind: 'lap', us: 1_620_358_197_033_202, text: '1620358197033202' }],
    ['m-lap-us-18446744073709551615', { kind: 'lap', us: null, text: '18446744073709551615' }],
    ['m-lap-cycles-12345', { kind: 'lapUnit', unit: 'cycles', text: '12345' }],
    ['m-warmup-start-0', { kind: 'warmupStart', count: 0 }],
    ['m-warmup-done', { kind: 'warmupDone' }],
    ['m-infer-start-110000', { kind: 'inferStart', count: 110_000 }],
    ['m-infer-done', { kind: 'inferDone' }],
    ['m-results-[0.1,0.9]', { kind: 'results', values: [0.1, 0.9], text: '0.1,0.9' }],
    ['m-load-done', { kind: 'loadDone' }],
    ['m-[Expecting 490 bytes]', { kind: 'expecting', bytes: 490 }],
    ['Expecting 490 bytes', { kind: 'expecting', bytes: 490 }],
    ['m-buffer-00-7F-ff', { kind: 'buffer', bytes: Uint8Array.of(0, 127, 255) }],
    ['e-[Unknown command: foo]', { kind: 'error', text: 'Unknown command: foo' }],
    ["e-[Invalid hex digit '[]']", { kind: 'error', text: "Invalid hex digit '[]'" }],
    ['e-[cut off', { kind: 'error', text: 'cut off' }],
    ['Error: no data', { kind: 'error', text: 'no data' }],
    ['Input db has 27648 elemented, expected 490', { kind: 'inputSize', foundBytes: 27_648, expectedBytes: 490 }],
    ['Supplied buffer size 99999 exceeds maximum of 490', { kind: 'bufferTooSmall', bytes: 99_999, maxBytes: 490 }],
  ])('%s', (text, message) => {
    expect(read(text)).toEqual({
      messages: [message],
      ready: false,
      echo: false,
      relayed: false,
      ansi: false,
      noise: undefined,
      empty: false,
    });
    // The same through a relay, and behind an echo of any command.
    expect(read(`[dut]: ${text}`)).toMatchObject({ messages: [message], relayed: true, noise: undefined });
    expect(read(`infer 1 0%${text}`, { command: 'infer 1 0' })).toMatchObject({ messages: [message], echo: true });
  });

  it.each([
    'm-lap-us-',
    'm-lap-us-x12',
    'm-infer-start-',
    'm-results-[0.1,0.2',
    'm-name-dut',
    'm-name-[x]',
    'm-profile-',
    'm-model-[kws01',
    'm-[Expecting  bytes]',
    'm-[Expecting 12 byte',
    'm-buffer-',
    'm-buffer-zz',
    'm-lap--5',
    'the system-ready flag',
  ])('%s has not the full shape: noise', (text) => {
    expect(read(text)).toMatchObject({ messages: [], ready: false, noise: text });
  });

  it('m-ready counts at the end of a line only', () => {
    expect(read('m-ready')).toMatchObject({ ready: true, noise: undefined });
    expect(read('m-ready  ')).toMatchObject({ ready: true, noise: undefined });
    expect(read('dut: m-ready')).toMatchObject({ ready: true, noise: 'dut:' });
    expect(read('1234, 1266, m-ready')).toMatchObject({ ready: true, noise: '1234, 1266,' });
    expect(read('[dut]: m-ready')).toMatchObject({ ready: true, relayed: true, noise: undefined });
    expect(read('m-ready to go')).toMatchObject({ ready: false, noise: 'm-ready to go' });
    expect(read('m-infer-donem-ready')).toMatchObject({ ready: true, messages: [{ kind: 'inferDone' }] });
  });

  it('errors count at the start of a line only: m-profile-[ contains e-[', () => {
    expect(messages('m-profile-[x]')).toEqual([{ kind: 'profile', text: 'x' }]);
    expect(messages('see e-[log]')).toEqual([]);
    expect(messages('dut: e-[Unknown command: x]')).toEqual([{ kind: 'error', text: 'Unknown command: x' }]);
    expect(messages('zzze-[Unknown command: x]', { command: 'zzz' })).toEqual([
      { kind: 'error', text: 'Unknown command: x' },
    ]);
  });

  it('reads several messages that lost their line ends', () => {
    expect(messages('m-warmup-donem-infer-start-5m-lap-us-17').map((message) => message.kind)).toEqual([
      'warmupDone',
      'inferStart',
      'lap',
    ]);
    expect(messages('m-profile-[a]m-model-[b]')).toEqual([
      { kind: 'profile', text: 'a' },
      { kind: 'model', id: 'b' },
    ]);
  });

  it('keeps a bracket from running on for ever', () => {
    expect(messages(`m-profile-[${'x'.repeat(300)}]`)).toEqual([]);
  });
});

describe('echoes and prompts', () => {
  it('with and without %, as a line of its own, and behind a prompt', () => {
    expect(read('profile%m-profile-[x]', { command: 'profile' })).toMatchObject({ echo: true, noise: undefined });
    expect(read('profilem-profile-[x]', { command: 'profile' })).toMatchObject({ echo: true, noise: undefined });
    expect(read('profile%', { command: 'profile' })).toMatchObject({ echo: true, messages: [], noise: undefined });
    expect(read('> profile%m-profile-[x]', { command: 'profile' })).toMatchObject({ echo: true, noise: undefined });
    expect(read('Received command: profile', { command: 'profile' })).toMatchObject({ echo: true, noise: undefined });
    expect(read('db 00ff%m-ready', { command: 'db 00ff' })).toMatchObject({ echo: true, ready: true });
  });

  it('a prompt that stood on the line before the command is no noise', () => {
    const context = { command: 'name', prompt: 'mlperf> ' };
    expect(read('mlperf> m-name-dut-[x]', context)).toMatchObject({ noise: undefined, messages: [{ kind: 'name' }] });
    expect(read('mlperf> namem-name-dut-[x]', context)).toMatchObject({ noise: undefined, echo: true });
  });

  it('another command is no echo', () => {
    expect(read('name%m-name-dut-[x]', { command: 'profile' })).toMatchObject({ echo: false, noise: 'name%' });
  });
});

describe('results', () => {
  it.each<[string, number[] | null]>([
    ['0.1,0.2,0.7', [0.1, 0.2, 0.7]],
    ['0.027,0.973,', [0.027, 0.973]],
    [' 0.1 , 0.9 ', [0.1, 0.9]],
    ['0,0,0,0,0,0,0,127,0,0,0,0', [0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 0, 0]],
    ['-6.113,11.234', [-6.113, 11.234]],
    ['-0.001961,1.101', [-0.001961, 1.101]],
    ['1.5e-3,+2E+2,.5,7.', [0.0015, 200, 0.5, 7]],
    ['15764479891472388.000', [15_764_479_891_472_388]],
    ['', []],
    ['141.176', [141.176]],
    ['0.1,,0.2', null],
    ['0.1,0.2,,', null],
    ['nan', null],
    ['0.1,inf', null],
    ['1e999', null],
    ['0x7f', null],
    ['0.1;0.2', null],
    ['--1', null],
  ])('[%s]', (list, values) => {
    expect(parseResults(list)).toEqual(values);
  });
});

describe('time between stamps', () => {
  it.each([
    [1000, 11_001_000, 11_000_000],
    [0, 0, 0],
    [4_294_967_295, 0, 1],
    [4_290_000_000, 5_000_000, 9_967_296],
    [1_620_358_197_033_202, 1_620_358_207_033_202, 10_000_000],
  ])('%i to %i is %i us', (start, end, elapsed) => {
    expect(lapElapsedUs(start, end)).toBe(elapsed);
  });

  it('an epoch stamp that goes back is no wrap', () => {
    expect(lapElapsedUs(1_620_358_207_033_202, 1_620_358_197_033_202)).toBeNull();
    expect(lapElapsedUs(2 ** 32, 5)).toBeNull();
  });
});

it('long hostile lines are read in linear time', () => {
  for (const text of [
    'm-name-dut-[',
    'm-results-[',
    'm-profile-[',
    ']',
    '[',
    'm-',
    'm-buffer-00-',
    '\u001b[0m',
    'm-lap-us-1',
    'e-[',
  ]) {
    const line = text.repeat(Math.floor(65_536 / text.length));
    expect(read(line, { command: 'infer 1 0', prompt: '> ' }).ready).toBe(false);
  }
});
