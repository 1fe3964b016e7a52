import { z } from 'zod';
import { boardFlashSchema } from '../../shared/domain/flash.ts';
import type { BoardFlash, MemoryRegion } from '../../shared/domain/flash.ts';

const usbId = /^[0-9a-f]{4}$/;
const addressSpaceBytes = 2 ** 32;

/**
 * How a board's file says how it is flashed: `BoardFlash`, with numbers also as hex text (`"0x08000000"`), and only if it makes sense. Whatever
 * decides what is erased is checked when the file is read, not when the board is attached.
 */
export const boardFlashFileSchema = z.preprocess(hexNumbers, boardFlashSchema).superRefine((flash, context) => {
  for (const message of [...memoryProblems(flash.memory), ...otherProblems(flash)])
    context.addIssue({ code: 'custom', message });
});

function hexNumbers(value: unknown): unknown {
  if (typeof value === 'string') return /^0x[0-9a-f]{1,8}$/i.test(value) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(hexNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hexNumbers(inner)]));
}

function memoryProblems(memory: readonly MemoryRegion[]): string[] {
  const problems = memory.flatMap(regionProblems);
  if (new Set(memory.map(({ name }) => name)).size < memory.length) problems.push('two regions of one name');
  const sorted = memory.toSorted((a, b) => a.address - b.address);
  sorted.forEach((region, index) => {
    const next = sorted[index + 1]?.address ?? addressSpaceBytes;
    if (region.address + region.bytes > next) problems.push(`${region.name} overlaps what follows`);
  });
  return problems;
}

function regionProblems({ name, kind, address, bytes, sectors, writeBytes }: MemoryRegion): string[] {
  const problems: string[] = [];
  const inSectors = sectors.reduce((sum, run) => sum + run.count * run.bytes, 0);
  if (inSectors !== (kind === 'flash' ? bytes : 0)) problems.push(`${name}: sectors make ${inSectors} bytes`);
  if ([address, bytes, ...sectors.map((run) => run.bytes)].some((number) => number % writeBytes !== 0))
    problems.push(`${name}: not in whole write units`);
  return problems;
}

function otherProblems({ chipId, openocd, probes }: BoardFlash): string[] {
  const problems: string[] = [];
  if (chipId?.values.some((value) => (value & ~chipId.mask) >>> 0 !== 0))
    problems.push('chipId: value outside the mask');
  const versions = openocd?.versions.map(({ from }) => from) ?? [];
  // The first entry that is not newer than the tool counts, so that the newest has to stand first.
  const order = new Intl.Collator('en', { numeric: true });
  if (versions.some((from, index) => index > 0 && order.compare(from, versions[index - 1] ?? '') >= 0))
    problems.push('openocd.versions: newest first');
  if (openocd?.versions.some(({ target, remedy }) => target === null && remedy === undefined))
    problems.push('openocd.versions: no target, and no remedy');
  if (probes.some(({ vendorId, productId }) => !usbId.test(vendorId) || !usbId.test(productId)))
    problems.push('probes: ids are four hex digits in lower case');
  return problems;
}
