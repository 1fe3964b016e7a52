import type { FlashRecord } from '../../../../shared/domain/flash.ts';
import { missing } from '../../../../shared/units/index.ts';
import type { SessionView } from '../../view.ts';
import type { Sheet } from '../sheet.ts';
import { drawFacts } from '../table.ts';
import type { Fact } from '../table.ts';
import { styles } from '../theme.ts';
import type { Words } from '../words.ts';

/** What was put onto the DUT before; runs that were made after one flashing share it. */
export function drawFlashed(sheet: Sheet, words: Words, view: SessionView): void {
  const flashed = new Map(view.runs.flatMap(({ flash }) => (flash ? [[JSON.stringify(flash), flash] as const] : [])));
  for (const flash of flashed.values()) {
    drawFacts(sheet, flashFacts(words, flash), { heading: words.t('appendix.flashed', { board: flash.board }) });
    sheet.gap(10);
  }
}

function flashFacts(words: Words, { simulated, image, tool, ...flash }: FlashRecord): Fact[] {
  return [
    [
      words.t('flashed.image'),
      words.t('flashed.imageValue', {
        simulated: simulated ? `${words.term('simulated')}: ` : '',
        name: image.name,
        bytes: words.count(image.bytes),
        date: words.date(flash.endedAt),
      }),
    ],
    [words.t('flashed.imageHash'), image.sha256, styles.hash],
    [
      words.t('flashed.confirmed'),
      words.t(`flashed.state.${flash.state}`, { bytes: words.count(flash.confirmedBytes) }),
    ],
    ...(flash.confirmedSha256 === null
      ? []
      : [[words.t('flashed.confirmedHash'), flash.confirmedSha256, styles.hash] as const]),
    [
      words.t('flashed.tool'),
      words.t('flashed.toolValue', { tool: words.t(`flashed.${tool.id}`), version: tool.version }),
    ],
    [words.t('flashed.probe'), flash.probeSerial === '' ? words.t('flashed.noSerial') : flash.probeSerial],
    [words.t('flashed.chip'), flash.chipId === null ? missing : `0x${flash.chipId.toString(16).padStart(8, '0')}`],
    [
      words.t('flashed.voltage'),
      flash.targetV === null
        ? words.t('flashed.noVoltage', { tool: words.t(`flashed.${tool.id}`) })
        : words.quantity(flash.targetV, 'V', 3),
    ],
  ];
}
