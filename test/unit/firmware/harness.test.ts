import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileNative, converse, noCompilerReason, stubImage } from './native.ts';

if (noCompilerReason) console.log(`skipped: ${noCompilerReason}`);

describe.skipIf(noCompilerReason)('the harness, compiled for this computer under sanitizers', () => {
  let program = '';
  beforeAll(() => {
    program = compileNative('dut', ['harness/*.c', 'ports/host/main.c', 'test/harness/stub_plan.c', 'nn/jb_crc32.c']);
  }, 120_000);

  const boot = ['m-timestamp-mode-performance', 'm-lap-us-100', 'm-init-done', 'm-ready'];

  /** Sends commands; gives the reply lines after the boot block, which is checked. */
  function replies(input: string, results = 3): string[] {
    const { text } = converse(program, ['--clock', '100', stubImage(results)], Buffer.from(input, 'latin1'));
    expect(text.endsWith('\r\n')).toBe(true);
    const lines = text.slice(0, -2).split('\r\n');
    expect(lines.slice(0, 4)).toEqual(boot);
    return lines.slice(4);
  }

  const hex = '000102030405060708090a0b0c0d0e0f1011fffe';
  const load = `db load 20%db ${hex}%`;
  const loaded = ['m-[Expecting 20 bytes]', 'm-ready', 'm-load-done', 'm-ready'];

  it('boots in energy mode with a pulse in place of the lap line', () => {
    const { text, pins } = converse(program, ['--energy', '--clock', '1', stubImage(3)], 'timestamp%');
    expect(text).toBe('m-timestamp-mode-energy\r\nm-init-done\r\nm-ready\r\nm-ready\r\n');
    expect(pins).toBe('pin 0\npin 1\npin 0\npin 1\n');
  });

  it('answers name and profile with the lines that both runners look for', () => {
    expect(replies('name%')).toEqual(['m-name-dut-[joulebench-host]', 'm-ready']);
    expect(replies('profile%')).toEqual([
      'm-profile-[ULPMark for tinyML Firmware V0.0.1]',
      'm-model-[stub01]',
      'm-ready',
    ]);
  });

  it('stamps in microseconds', () => {
    expect(replies('timestamp%timestamp%')).toEqual(['m-lap-us-200', 'm-ready', 'm-lap-us-300', 'm-ready']);
  });

  it('starts anew in the other mode by command, keeping what has been received', () => {
    const { text, pins } = converse(program, ['--clock', '1', stubImage(3)], 'mode%mode energy%timestamp%mode%');
    expect(text.split('\r\n').slice(4)).toEqual([
      'm-timestamp-mode-performance',
      'm-ready',
      'm-timestamp-mode-energy',
      'm-init-done',
      'm-ready',
      'm-ready',
      'm-timestamp-mode-energy',
      'm-ready',
      '',
    ]);
    expect(pins).toBe('pin 0\npin 1\npin 0\npin 1\n');
    expect(replies('mode energetic%')).toEqual(["e-[Command 'mode' takes performance or energy]", 'm-ready']);
    expect(replies(`${load}mode performance%infer 1 0%`).slice(-2)).toEqual([
      'e-[Input db has 0 elemented, expected 20]',
      'm-ready',
    ]);
  });

  it('says when an image has no known answers, and a port no figures of its memory', () => {
    expect(replies('selftest%memory%')).toEqual([
      'e-[This image carries no known answers]',
      'm-ready',
      'e-[This port does not know its memory]',
      'm-ready',
    ]);
  });

  it('says that it sleeps, and wakes for the next command', () => {
    expect(replies('sleep%name%sleep%')).toEqual([
      'm-sleep',
      'm-ready',
      'm-name-dut-[joulebench-host]',
      'm-ready',
      'm-sleep',
      'm-ready',
    ]);
  });

  it('prints its name, an empty line and the commands as help', () => {
    const lines = replies('help%');
    expect(lines[0]).toBe('Joulebench reference firmware');
    expect(lines[1]).toBe('');
    expect(lines.at(-1)).toBe('m-ready');
    expect(lines.length).toBeGreaterThan(10);
  });

  it('takes words separated by any number of spaces, case-sensitive and in full', () => {
    expect(replies('  name   x%')).toEqual(['m-name-dut-[joulebench-host]', 'm-ready']);
    expect(replies('Name%')).toEqual(['e-[Unknown command: Name]', 'm-ready']);
    expect(replies('names 1%')).toEqual(['e-[Unknown command: names]', 'm-ready']);
    expect(replies('\r\nname%')).toEqual(['e-[Unknown command: ', 'name]', 'm-ready']);
  });

  it('answers a lone terminator with m-ready', () => {
    expect(replies('%  %%')).toEqual(['m-ready', 'm-ready', 'm-ready']);
  });

  it('cuts an over-long command to 80 characters', () => {
    expect(replies(`${'x'.repeat(80)}yyy%`)).toEqual([`e-[Unknown command: ${'x'.repeat(80)}]`, 'm-ready']);
    // 3 + 77 characters are left of a chunk of 40 bytes: an odd number of digits.
    expect(replies(`db load 40%db ${'ab'.repeat(40)}%`).slice(2)).toEqual([
      'e-[Insufficent number of hex digits]',
      'm-ready',
    ]);
    expect(replies(`db load 38%db ${'ab'.repeat(38)}%`).slice(2)).toEqual(['m-load-done', 'm-ready']);
  });

  it('takes chunks of 1 to 38 bytes, in either case, and drops what comes after the last byte', () => {
    for (let size = 1; size <= 38; size++) {
      const bytes = Buffer.from(Array.from({ length: 40 }, (_, i) => (i * 37 + size) & 0xff)).toString('hex');
      let input = 'db load 40%';
      let expected = ['m-[Expecting 40 bytes]', 'm-ready'];
      for (let at = 0; at < 40; at += size) {
        const digits = bytes.slice(2 * at, 2 * (at + size));
        input += `db ${size % 2 ? digits.toUpperCase() : digits}%`;
        expected = [...expected, ...(at + size >= 40 ? ['m-load-done'] : []), 'm-ready'];
      }
      const printed = Array.from({ length: 5 }, (_, row) => {
        const pairs = bytes.slice(16 * row, 16 * row + 16).match(/../g) ?? [];
        return `m-buffer-${pairs.join('-')}`;
      });
      expect(replies(`${input}db print%`)).toEqual([...expected, ...printed, 'm-ready']);
    }
    expect(replies('db load 2%db 010203%db print%').slice(2)).toEqual([
      'm-load-done',
      'm-ready',
      'm-buffer-01-02',
      '',
      'm-ready',
    ]);
  });

  it('prints a part of the buffer', () => {
    const part = (args: string) => replies(`${load}db print${args}%`).slice(4);
    expect(part('')).toEqual([
      'm-buffer-00-01-02-03-04-05-06-07',
      'm-buffer-08-09-0a-0b-0c-0d-0e-0f',
      'm-buffer-10-11-ff-fe',
      '',
      'm-ready',
    ]);
    expect(part(' 8')).toEqual(['m-buffer-00-01-02-03-04-05-06-07', 'm-ready']);
    expect(part(' 3 17')).toEqual(['m-buffer-11-ff-fe', '', 'm-ready']);
    expect(part(' 99 18')).toEqual(['m-buffer-ff-fe', '', 'm-ready']);
    expect(part(' 1 20')).toEqual(['m-ready']);
    for (const beyond of [' 1 21', ' 1 -1', ' 0', ' -4', ' x', ' 8 4294967295']) {
      expect(part(beyond)).toEqual(["e-[Command 'db print' goes beyond the 20 bytes of the buffer]", 'm-ready']);
    }
    expect(replies('db print%')).toEqual(['m-ready']);
  });

  it('runs warm-up and window in the order of the reference, stamps around the window', () => {
    expect(replies(`${load}infer 2 3%`)).toEqual([
      ...loaded,
      'm-warmup-start-3',
      'm-warmup-done',
      'm-infer-start-2',
      'm-lap-us-200',
      'm-lap-us-300',
      'm-infer-done',
      'm-results-[-6.100,-6.039,-5.978]',
      'm-ready',
    ]);
  });

  it('has one iteration and ten of warm-up by default', () => {
    expect(replies(`${load}infer%`).filter((line) => line.includes('start'))).toEqual([
      'm-warmup-start-10',
      'm-infer-start-1',
    ]);
    expect(replies(`${load}infer 4%`).filter((line) => line.includes('start'))).toEqual([
      'm-warmup-start-10',
      'm-infer-start-4',
    ]);
    expect(replies(`${load}infer 4 0%`).filter((line) => line.includes('start'))).toEqual([
      'm-warmup-start-0',
      'm-infer-start-4',
    ]);
  });

  it('reloads the input for every inference, so the results do not depend on their number', () => {
    const results = (n: number, w: number) =>
      replies(`${load}infer ${n} ${w}%`).find((line) => line.startsWith('m-results'));
    expect(new Set([results(1, 0), results(1, 9), results(30, 0)])).toEqual(
      new Set(['m-results-[-6.100,-6.039,-5.978]']),
    );
  });

  it('prints three decimals exactly, at the ends of the range too', () => {
    const bytes = ['64', '65', '63', 'fe', 'ff', '75', '6b'];
    const [values] = replies(`db load 20%db ${bytes.join('')}${'00'.repeat(13)}%infer 1 0%`, 7)
      .filter((line) => line.startsWith('m-results'))
      .map((line) => line.slice('m-results-['.length, -1).split(','));
    expect(values).toEqual(['0.000', '0.061', '-0.061', '-2147483.648', '2147483.647', '1.037', '0.427']);
  });

  it('repeats the last results, of the last inference even when another load has begun', () => {
    const repeated = replies(`${load}infer 1 0%db load 20%db 05ff%results%results%`, 1);
    expect(repeated.slice(-4)).toEqual(['m-results-[1.000]', 'm-ready', 'm-results-[1.000]', 'm-ready']);
    expect(replies('results%')).toEqual(['e-[No inference has been run]', 'm-ready']);
  });

  it.each([
    ['infer 0', 'e-[Inference iterations must be >0]'],
    ['infer -3 1', 'e-[Inference iterations must be >0]'],
    ['infer x', 'e-[Inference iterations must be >0]'],
    ['infer 1 -1', 'e-[Inference warmup must be >=0]'],
    ['db', "e-[Command 'db' requires a subcommand]"],
    ['db load', "e-[Command 'db load' requires the # of bytes]"],
    ['db load 0', "e-[Command 'db load' must be >0 bytes]"],
    ['db load abc', "e-[Command 'db load' must be >0 bytes]"],
    ['db load -5', "e-[Command 'db load' must be >0 bytes]"],
    ['db 123', 'e-[Insufficent number of hex digits]'],
    ['db 12xy', "e-[Invalid hex digit 'xy']"],
    ['db 1g', "e-[Invalid hex digit '1g']"],
  ])('refuses `%s` in the words of the reference', (command, error) => {
    expect(replies(`${load}${command}%`).slice(4)).toEqual([error, 'm-ready']);
  });

  it('refuses what makes the reference write outside its buffer or time a stale input', () => {
    const full = "e-[The buffer is full: 'db load' starts the next input]";
    const first = "e-[Command 'db' requires a 'db load' first]";
    expect(replies(`${load}db load 27649%db 00%infer 1 0%`).slice(4)).toEqual([
      'e-[Supplied buffer size 27649 exceeds maximum of 27648]',
      'm-ready',
      first,
      'm-ready',
      'e-[Input db has 0 elemented, expected 20]',
      'm-ready',
    ]);
    expect(replies('db load 99999999999999999999%')[0]).toBe(
      'e-[Supplied buffer size 2147483647 exceeds maximum of 27648]',
    );
    expect(replies('db 00%')).toEqual([first, 'm-ready']);
    expect(replies(`${load}db 00%`).slice(4)).toEqual([full, 'm-ready']);
    expect(replies('db load 20%db 0011%infer 1 0%').slice(3)).toEqual([
      'e-[Input db has 2 elemented, expected 20]',
      'm-ready',
    ]);
    expect(replies('db load 21%infer 1 0%').slice(2)).toEqual(['e-[Input db has 0 elemented, expected 20]', 'm-ready']);
  });

  it('leaves the buffer as it was when a chunk is damaged', () => {
    expect(replies('db load 3%db aa%db bbcx%db bb%db cc%db print%').slice(3)).toEqual([
      "e-[Invalid hex digit 'cx']",
      'm-ready',
      'm-ready',
      'm-load-done',
      'm-ready',
      'm-buffer-aa-bb-cc',
      '',
      'm-ready',
    ]);
  });
});

describe.skipIf(noCompilerReason)('command streams made by a generator, under sanitizers', () => {
  it('get one m-ready a terminator and touch nothing outside the buffer', () => {
    const program = compileNative('fuzz', [
      'harness/*.c',
      'test/harness/fuzz.c',
      'test/harness/stub_plan.c',
      'nn/jb_crc32.c',
    ]);
    const run = spawnSync(program, ['20000', '1'], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/^streams 20000 inferences \d{4,} bytes \d{7,}\n$/);
  }, 120_000);
});
