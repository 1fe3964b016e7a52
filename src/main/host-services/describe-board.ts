import type { SystemDescription } from '../../shared/domain/system-description.ts';
import type { Text } from '../../shared/text/index.ts';
import type { Board } from '../bench/index.ts';

/**
 * What the board catalogue knows of a system, for a new description. Amounts of memory stay open: the catalogue has the parts of it that can
 * be flashed, which need not be all.
 * @param compiler what builds our firmware for it; null where there is none
 * @param documents words of documents: reviewers of any country read them
 */
export function describeBoard(
  { title, part, core, supplyV, virtual }: Board,
  compiler: string | null,
  { t }: Text,
): Partial<SystemDescription> {
  if (virtual) return {};
  return {
    'Board Name': title.replace(/\s*\([^()]*\)\s*$/, ''),
    ...(part ? { 'SoC Name': `${part.vendor} ${part.name}` } : {}),
    ...(core === null ? {} : { 'Processor(s) Name': core.startsWith('Cortex') ? `Arm ${core}` : core }),
    'Hardware Notes': t('package.proposal.supply', {
      nominal: supplyV.nominalV,
      min: supplyV.minV,
      max: supplyV.maxV,
    }),
    ...(compiler === null ? {} : { 'General Compiler(s)': compiler }),
  };
}
