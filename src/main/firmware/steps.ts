import type { Port } from './port-file.ts';

/** Flags of every C file. The reasons for those that are not obvious are in `docs/formats/firmware-image.md`. */
export const compileFlags: readonly string[] = [
  '-std=c11',
  '-O2',
  '-ffreestanding',
  '-ffunction-sections',
  '-fdata-sections',
  '-fno-common',
  '-ffp-contract=off',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Werror=date-time',
  '-g',
];

/** What the linker gets beside the core, the script and the objects. */
export const linkFlags: readonly string[] = ['-nostdlib', '-static', '-Wl,--gc-sections', '-Wl,--build-id=none']; // prettier-ignore

/** Sizes that the plan gives and the C code is compiled with. */
export interface ImageSizes {
  arenaBytes: number;
  payloadBytes: number;
  operators: number;
  /** Inferences of the counting program. */
  runs: number;
  pulseUs: number | undefined;
}

/** What an image does: speak the protocol, or count one inference (`npm run bench:firmware`). */
export type Program = 'harness' | 'count';

/** One call of the compiler: from a source (below the firmware folder) to a named object in the build folder. */
export interface CompileStep {
  source: string;
  object: string;
  args: readonly string[];
}

export interface BuildSteps {
  compile: readonly CompileStep[];
  link: readonly string[];
}

/** The C files that go into an image, in a fixed order. `files` are all below the firmware folder, with forward slashes. */
export function imageSources(files: readonly string[], port: Port, program: Program): string[] {
  const inFolder = (folder: string): string[] =>
    files.filter((file) => file.startsWith(`${folder}/`) && file.endsWith('.c') && file.split('/').length === 2).sort();
  const common = ['startup.S', 'model.S', 'image.c', 'memory.c', program === 'count' ? 'count.c' : 'main.c'];
  return [
    ...(program === 'count' ? [] : inFolder('harness')),
    ...inFolder('nn'),
    ...common.map((name) => `ports/common/${name}`),
    ...port.sources,
  ];
}

/**
 * Every call that makes an image. Each file is compiled with `-c` to an object of its own name: objects that gcc names itself would
 * put random names into the symbol table (virtual-bench 7). The compiler runs in the firmware folder and sees relative paths only.
 */
export function buildSteps(
  sources: readonly string[],
  port: Port,
  sizes: ImageSizes,
  folders: { firmware: string; build: string },
): BuildSteps {
  const defines = [
    `-DJB_IRQS=${port.irqs}`,
    `-DJB_ARENA_BYTES=${sizes.arenaBytes}`,
    `-DJB_PAYLOAD_BYTES=${sizes.payloadBytes}`,
    `-DJB_OPS=${sizes.operators}`,
    `-DJB_RUNS=${sizes.runs}`,
    ...(sizes.pulseUs === undefined ? [] : [`-DJB_PULSE_US=${sizes.pulseUs}`]),
  ];
  const maps = [`-ffile-prefix-map=${folders.firmware}=.`, `-ffile-prefix-map=${folders.build}=.`];
  // Kernels and harness know no sizes: their objects are those of every image for this core.
  const compile = sources.map((source): CompileStep => {
    const object = source.replaceAll('/', '-').replace(/\.[cS]$/, '.o');
    const own = source.endsWith('memory.c') ? ['-fno-builtin'] : [];
    const search = ['-I.', ...(source.endsWith('model.S') ? [`-I${folders.build}`] : [])];
    // Assembler sources get no debug information: theirs names the folder it was made in.
    const flags = source.endsWith('.S') ? compileFlags.filter((flag) => flag !== '-g') : compileFlags;
    const output = `${folders.build}/${object}`;
    return {
      source,
      object,
      args: [
        ...port.cpuFlags,
        ...flags,
        ...own,
        ...(source.startsWith('ports/') ? defines : []),
        ...maps,
        ...search,
        '-c',
        source,
        '-o',
        output,
      ],
    };
  });
  const link = [
    ...port.cpuFlags,
    ...linkFlags,
    '-L.',
    `-Wl,--defsym=image_stack_bytes=${port.memory.stackBytes}`,
    '-T',
    port.linkerScript,
    ...compile.map((step) => `${folders.build}/${step.object}`),
    '-lgcc',
    '-o',
    `${folders.build}/image.elf`,
  ];
  return { compile, link };
}

/** A linker's complaint about a region that is too small: `region 'RAM' overflowed by 1234 bytes`. */
export function overflowOf(output: string): { region: string; bytes: number } | undefined {
  const match = /region [`']?(\w+)['’]? overflowed by (\d+) bytes?/.exec(output);
  return match?.[1] === undefined ? undefined : { region: match[1], bytes: Number(match[2]) };
}
