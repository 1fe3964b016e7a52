import type { EnergySetup } from '../../../shared/domain/energy.ts';
import type { Text } from '../../../shared/text/index.ts';
import { renderHookUp } from '../../report/index.ts';
import type { HookUpInput, HookUpRun } from '../../report/index.ts';
import type { PackagePlanInput, PlannedFile } from './types.ts';

/** Where the parts of a date that a reader needs are unknown: never, as every own run has one. */
const noDate = '1970-01-01T00:00:00.000Z';

/**
 * The energy hook-up document, drawn from the wiring of the runs of ours; none where there is none.
 * @param path in the package
 */
export function hookUpFiles(input: PackagePlanInput, path: string, text: Text): PlannedFile[] {
  const runs = input.runs.flatMap(({ system, benchmark, energy, certificates = [] }): HookUpRun[] =>
    energy ? [{ system, benchmark, setup: energy, certificates }] : [],
  );
  if (runs.length === 0) return [];
  const dates = input.runs.flatMap(({ measuredAt }) => measuredAt ?? []).sort();
  const [, name = input.program, version = ''] = /^(.*) (\S+)$/.exec(input.program) ?? [];
  const { obstacles } = input;
  const document: HookUpInput = {
    organisation: input.systems[0]?.description.Submitter.trim() ?? '',
    round: input.round,
    runs,
    notice:
      obstacles.length === 0
        ? null
        : { title: text.t('package.notice.title'), lines: [text.t('package.notice.short'), ...obstacles] },
    app: { name, version },
    createdAt: dates.at(-1) ?? noDate,
  };
  return [{ path, make: () => renderHookUp(document, { text, paper: 'A4' }) }];
}

/** What people wrote about the wiring, without personal words. Who declared it is left out, but not that somebody did. */
export function withoutPeople(setup: EnergySetup, redact: (text: string) => string): EnergySetup {
  const { scope, supply } = setup;
  return {
    ...setup,
    supply: { ...supply, board: redact(supply.board) },
    scope: {
      measured: scope.measured.map(redact),
      notMeasured: scope.notMeasured.map(redact),
      declaredBy: scope.declaredBy === '' ? '' : '-',
    },
  };
}
