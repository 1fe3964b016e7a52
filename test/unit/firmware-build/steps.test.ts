import { describe, expect, it } from 'vitest';
import { buildSteps, compileFlags, imageSources, overflowOf } from '../../../src/main/firmware/index.ts';
import type { Port } from '../../../src/main/firmware/index.ts';

const port: Port = {
  format: 1,
  id: 'board',
  title: 'Board',
  core: 'cortex-m4',
  cpuFlags: ['-mcpu=cortex-m4'],
  sources: ['ports/board/board.c'],
  linkerScript: 'ports/board/link.ld',
  irqs: 32,
  memory: { flashBytes: 1000, ramBytes: 1000, stackBytes: 512 },
  outputs: ['elf'],
  emulator: null,
  ranOnBoard: false,
};
const files = ['nn/b.c', 'nn/a.c', 'nn/a.h', 'harness/h.c', 'ports/board/board.c', 'ports/board/unused.c'];
const sizes = { arenaBytes: 64, payloadBytes: 20, operators: 3, runs: 1, pulseUs: undefined };
const folders = { firmware: '/f', build: '/b' };

describe('the sources of an image', () => {
  it('are harness, kernels, the shared files and what the port names, in a fixed order', () => {
    expect(imageSources(files, port, 'harness')).toEqual([
      'harness/h.c',
      'nn/a.c',
      'nn/b.c',
      'ports/common/startup.S',
      'ports/common/model.S',
      'ports/common/image.c',
      'ports/common/memory.c',
      'ports/common/main.c',
      'ports/board/board.c',
    ]);
  });

  it('have the counting program in place of harness and main', () => {
    const sources = imageSources(files, port, 'count');
    expect(sources).toContain('ports/common/count.c');
    expect(sources).not.toContain('ports/common/main.c');
    expect(sources).not.toContain('harness/h.c');
  });
});

describe('the calls of the compiler', () => {
  const steps = buildSteps(imageSources(files, port, 'harness'), port, sizes, folders);

  it('make one named object a source, from relative paths', () => {
    const objects = steps.compile.map(({ object }) => object);
    expect(new Set(objects).size).toBe(objects.length);
    for (const { source, object, args } of steps.compile) {
      expect(args.slice(-4)).toEqual(['-c', source, '-o', `/b/${object}`]);
      expect(source.startsWith('/')).toBe(false);
    }
  });

  it('map both folders away and forbid dates', () => {
    for (const { args } of steps.compile) {
      expect(args).toContain('-ffile-prefix-map=/f=.');
      expect(args).toContain('-ffile-prefix-map=/b=.');
      expect(args).toContain('-Werror=date-time');
    }
    expect(steps.link).toContain('-Wl,--build-id=none');
  });

  it('leave debug information out of assembler sources, and builtins out of memory.c', () => {
    const of = (source: string): readonly string[] => steps.compile.find((step) => step.source === source)?.args ?? [];
    expect(compileFlags).toContain('-g');
    expect(of('ports/common/startup.S')).not.toContain('-g');
    expect(of('nn/a.c')).toContain('-g');
    expect(of('ports/common/memory.c')).toContain('-fno-builtin');
    expect(of('nn/a.c')).not.toContain('-fno-builtin');
    expect(of('ports/common/model.S')).toContain('-I/b');
  });

  it('tell the C code the sizes of the plan', () => {
    const args = steps.compile.find(({ source }) => source === 'ports/common/image.c')?.args ?? [];
    expect(args).toEqual(expect.arrayContaining(['-DJB_ARENA_BYTES=64', '-DJB_PAYLOAD_BYTES=20', '-DJB_IRQS=32']));
    expect(args.some((arg) => arg.startsWith('-DJB_PULSE_US'))).toBe(false);
    const [wide] = buildSteps(['ports/board/board.c'], port, { ...sizes, pulseUs: 5 }, folders).compile;
    expect(wide?.args).toContain('-DJB_PULSE_US=5');
    const kernel = steps.compile.find(({ source }) => source === 'nn/a.c')?.args ?? [];
    expect(kernel.filter((arg) => arg.startsWith('-D'))).toEqual([]);
  });

  it('link the objects in the order of the sources', () => {
    const linked = steps.link.filter((arg) => arg.endsWith('.o'));
    expect(linked).toEqual(steps.compile.map(({ object }) => `/b/${object}`));
  });
});

describe('a region that is too small', () => {
  it.each([
    ["region `RAM' overflowed by 1234 bytes", { region: 'RAM', bytes: 1234 }],
    ["ld: region 'FLASH' overflowed by 1 byte", { region: 'FLASH', bytes: 1 }],
    ['undefined reference to `main`', undefined],
  ])('%s', (output, expected) => {
    expect(overflowOf(output)).toEqual(expected);
  });
});
