import { correctionCertificates } from '../../../../shared/domain/correction-certificates.ts';
import type { EnergyFigures } from '../../../../shared/domain/energy.ts';
import { missing } from '../../../../shared/units/index.ts';
import { hasFigure } from '../../energy-view.ts';
import type { EnergyView } from '../../energy-view.ts';
import type { RunView } from '../../view.ts';
import { coverageText, intervalText, withDoubt } from '../doubt.ts';
import { headline, mainShares, secondLine } from '../energy-words.ts';
import type { Sheet } from '../sheet.ts';
import { drawFacts } from '../table.ts';
import type { Fact } from '../table.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';

/** The figure with certificates applied: a second figure, never a silent replacement of the official one. */
export function drawCorrected(sheet: Sheet, words: Words, run: RunView, { setup, figures }: EnergyView): void {
  if (run.status !== 'completed' || !hasFigure(figures)) return;
  const { corrected } = figures;
  const ids = correctionCertificates(setup.correction).map(({ id }) => id);
  panel(sheet, words.t('energy.correctedTitle'), words.t('energy.correctedNote'), 96, (left, width) => {
    if (!corrected || corrected.budget.status === 'invalid') {
      sheet.paragraph(words.t(corrected ? 'energy.correctedInvalid' : 'energy.uncorrected'), styles.muted, {
        left,
        width,
      });
      return;
    }
    const { budget, medianEnergyUJPerInf } = corrected;
    const shares = mainShares(words, budget);
    const big = { ...styles.section, size: 12, leading: 16 };
    sheet.paragraph(headline(words, medianEnergyUJPerInf, budget), big, { left, width });
    if (shares !== '') sheet.paragraph(words.t('energy.shares', { shares }), styles.body, { left, width });
    sheet.paragraph(secondLine(words, budget), styles.body, { left, width });
    sheet.paragraph(
      words.t('energy.correctedWith', {
        ids: [...new Set([...ids, ...budget.certificates])].join(', '),
        difference: words.signedPercent(medianEnergyUJPerInf / figures.medianEnergyUJPerInf - 1),
      }),
      styles.small,
      { left, width },
    );
  });
}

/** What a reader must not take for a result of the benchmark: rest power, average power and battery life. */
export function drawApart(sheet: Sheet, words: Words, run: RunView, { setup, figures }: EnergyView): void {
  if (!figures || (figures.rest.length === 0 && figures.alwaysOn === null)) return;
  const power = (figure: EnergyFigures['rest'][number]['power']): string => {
    const { powerUW, expandedUncertaintyUW, coverageFactor, interval95UW } = figure;
    const expandedW = expandedUncertaintyUW === null ? null : expandedUncertaintyUW / 1e6;
    const shown = withDoubt(words, powerUW / 1e6, expandedW, 'W');
    if (expandedW === null || coverageFactor === null) return words.t('energy.noUncertainty', { figure: shown });
    const parts = [shown, coverageText(words, coverageFactor, null)];
    if (interval95UW) {
      const [low, high] = interval95UW;
      parts.push(intervalText(words, [low / 1e6, high / 1e6], expandedW, 'W'));
    }
    return parts.join(', ');
  };
  const facts: Fact[] = figures.rest.map((rest) => [
    words.t(`energy.fact.${rest.state}`),
    words.t('energy.overSeconds', { figure: power(rest.power), seconds: words.quantity(rest.seconds, 's', 3) }),
  ]);
  const { alwaysOn } = figures;
  if (alwaysOn && run.status === 'completed' && hasFigure(figures)) {
    facts.push(
      [
        words.t('energy.fact.alwaysOn', { rate: words.significant(alwaysOn.inferencesPerS, 3) }),
        words.t('energy.alwaysOn', {
          power: power(alwaysOn.power),
          state: words.t(`energy.rest.${alwaysOn.restState}`),
          duty: words.smallPercent(alwaysOn.dutyCycle),
        }),
      ],
      [
        words.t('energy.fact.battery', {
          charge: words.significant(alwaysOn.batteryAh * 1000, 3),
          voltage: words.significant(alwaysOn.batteryV, 2),
        }),
        words.t('energy.battery', {
          life: withDoubt(words, alwaysOn.batteryLifeH, alwaysOn.batteryLifeExpandedUncertaintyH, 'h', false),
          days: words.significant(alwaysOn.batteryLifeH / 24, 3),
        }),
      ],
    );
  } else {
    facts.push([
      words.t('energy.fact.alwaysOn', { rate: words.significant(setup.duty.inferencesPerS, 3) }),
      `${missing} ${words.t('energy.noAlwaysOn')}`,
    ]);
  }
  panel(sheet, words.t('energy.apartTitle'), words.t('energy.apartNote'), 60 + facts.length * 26, (left, width) =>
    drawFacts(sheet, facts, { left, width, nameWidth: 150 }),
  );
}

/** A frame of its own with a head, so that its figures are not taken for those around it. Kept on one page. */
function panel(
  sheet: Sheet,
  title: string,
  note: string,
  least: number,
  body: (left: number, width: number) => void,
): void {
  sheet.ensure(least);
  const left = sheet.left + 12;
  const width = sheet.width - 24;
  const top = sheet.y;
  const page = sheet.doc.page;
  sheet.artifact(() => {
    sheet.doc.roundedRect(sheet.left, top, sheet.width, 20, 4).fill(colors.ground);
  }, 'Background');
  sheet.y = top + 4;
  sheet.within('Sect', { title }, () => {
    sheet.paragraph(title, styles.section, { tag: 'H3', left, width });
    sheet.gap(5);
    sheet.paragraph(note, styles.small, { left, width });
    sheet.gap(3);
    body(left, width);
  });
  sheet.gap(6);
  const end = sheet.y;
  if (sheet.doc.page === page)
    sheet.artifact(() => {
      sheet.doc
        .roundedRect(sheet.left, top, sheet.width, end - top, 4)
        .lineWidth(0.8)
        .dash(3, { space: 2 })
        .stroke(colors.borderStrong)
        .undash();
    });
  sheet.gap(12);
}
