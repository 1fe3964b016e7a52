import { missing } from '../../../../shared/units/index.ts';
import type { CertificateView } from '../../energy-view.ts';
import type { RunView, SessionView } from '../../view.ts';
import { residualChart, residualChartHeight } from '../charts/residuals.ts';
import { isExpired, wordOr } from '../energy-words.ts';
import { marks } from '../marks.ts';
import type { Sheet } from '../sheet.ts';
import { drawFacts, drawTable } from '../table.ts';
import type { Fact } from '../table.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import { drawNotice } from './blocks.ts';

/** The certificates behind a run, one after the other: what each says, on what it rests, and until when. */
export function drawCertificates(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  const certificates = run.energy?.certificates ?? [];
  certificates.forEach((certificate, i) => {
    if (i > 0) sheet.newPage();
    drawCertificate(sheet, words, view, certificate);
  });
}

function drawCertificate(sheet: Sheet, words: Words, view: SessionView, certificate: CertificateView): void {
  const procedure = wordOr(words, `report.energy.procedure.${certificate.procedure}`, certificate.procedure);
  sheet.heading(1, words.t('energy.cert.title', { procedure }), styles.page);
  sheet.paragraph(words.t('energy.cert.selfDeclared'), styles.muted);
  if (certificate.simulated) sheet.paragraph(words.t('energy.cert.simulated'), { ...styles.body, color: colors.sim });
  sheet.gap(8);
  const failed = certificate.result === 'fail';
  const expired = isExpired(certificate, view.createdAt);
  if (failed || expired) {
    drawNotice(sheet, failed ? marks.bad : marks.warn, words.t(failed ? 'energy.cert.failed' : 'energy.cert.expired'), [
      words.t(failed ? 'energy.cert.failedText' : 'energy.cert.expiredText', {
        date: words.date(certificate.expiresUtc),
      }),
    ]);
    sheet.gap(8);
  }
  drawFacts(sheet, identity(words, certificate), { nameWidth: 120 });
  sheet.gap(10);
  drawReferences(sheet, words, certificate);
  drawReadings(sheet, words, certificate);
  drawFits(sheet, words, certificate);
  drawOutcome(sheet, words, certificate);
  if (certificate.remarks.length > 0) {
    sheet.sectionHeading(words.t('energy.budget.remarks'), 12);
    // The calibration keeps the words of its remarks.
    for (const remark of certificate.remarks)
      sheet.paragraph(wordOr(words, `calibration.remark.${remark}`, remark), styles.smallText);
  }
}

function identity(words: Words, certificate: CertificateView): Fact[] {
  const { instrument, ambientC } = certificate;
  const ambient = [ambientC.start, ambientC.end].filter((value) => value !== null);
  return [
    [words.t('energy.cert.id'), certificate.id],
    [
      words.t('energy.cert.procedure'),
      words.t('energy.cert.version', { procedure: certificate.procedure, version: certificate.procedureVersion }),
    ],
    [
      words.t('column.instrument'),
      words.t('energy.cert.instrument', {
        model: instrument.model,
        serial: instrument.serial || missing,
        firmware: instrument.firmware || missing,
      }),
    ],
    ...(instrument.constantsSha256
      ? ([[words.t('energy.cert.constants'), instrument.constantsSha256, styles.hash]] as const)
      : []),
    [words.t('facts.operator'), certificate.operator || words.t('facts.notRecorded')],
    [
      words.t('energy.cert.validity'),
      words.t('energy.cert.dates', {
        issued: words.date(certificate.dateUtc),
        expires: words.date(certificate.expiresUtc),
      }),
    ],
    [
      words.t('energy.cert.ambient'),
      ambient.length === 0
        ? words.t('facts.notRecorded')
        : words.t('energy.cert.celsius', {
            range: [...new Set(ambient.map((value) => words.number(value, 1)))].join('–'),
            source: words.t(`energy.cert.source.${ambientC.source}`),
          }),
    ],
    [
      words.t('energy.cert.setup'),
      [
        certificate.setVoltageV === null ? null : `${words.number(certificate.setVoltageV, 3)}\u00a0V`,
        certificate.mode === null ? null : words.t(`energy.quantity.${certificate.mode}`),
        certificate.filter === null ? null : words.t(`energy.filter.${certificate.filter}`),
      ]
        .filter((part) => part !== null)
        .join('; ') || missing,
    ],
    [words.t('energy.cert.result'), words.t(`energy.cert.${certificate.result}`)],
    [words.t('energy.cert.hash'), certificate.sha256, styles.hash],
    [words.t('energy.cert.previous'), certificate.sha256Previous, styles.hash],
  ];
}

function drawReferences(sheet: Sheet, words: Words, { references }: CertificateView): void {
  if (references.length === 0) return;
  sheet.sectionHeading(words.t('energy.cert.references'), 50);
  drawTable(sheet, {
    columns: [
      { title: words.t('energy.cert.reference'), width: { share: 1.1 }, mostLines: 1 },
      // The monospaced face has no sign for the ohm.
      { title: words.t('energy.cert.nominal'), width: { share: 0.7 }, align: 'right' },
      { title: words.t('energy.cert.accuracy'), width: { share: 1.6 }, style: styles.smallText },
      { title: words.t('energy.cert.due'), width: { share: 0.7 }, style: styles.smallText },
    ],
    rows: references.map((reference) =>
      reference.kind === 'resistor'
        ? [
            words.t('energy.cert.resistor', { id: reference.id }),
            words.quantity(reference.ohm, 'Ω'),
            words.t('energy.cert.resistorAccuracy', {
              tolerance: words.smallPercent(reference.tolRel),
              tcr: words.significant(reference.tcrPerK * 1e6, 2),
              rating: words.quantity(reference.ratingW, 'W', 2),
            }),
            reference.due ?? words.t('facts.notRecorded'),
          ]
        : [
            { text: reference.model, sub: words.t('energy.cert.serial', { serial: reference.serial || missing }) },
            missing,
            words.t('energy.cert.dmmAccuracy', {
              gain: words.smallPercent(reference.gainRel),
              digits: words.quantity(reference.digitsV, 'V', 2),
              input: reference.inputOhm === null ? missing : words.quantity(reference.inputOhm, 'Ω', 2),
            }),
            reference.due ?? words.t('facts.notRecorded'),
          ],
    ),
    padding: 2,
  });
  sheet.gap(10);
}

function drawReadings(sheet: Sheet, words: Words, { readings }: CertificateView): void {
  if (readings.length === 0) return;
  sheet.sectionHeading(words.t('energy.cert.readings'), 50);
  const amperes = (value: number): string => (value === 0 ? '0' : words.quantity(value, 'A', 5));
  const number = (key: string, share: number) =>
    ({ title: words.t(`energy.cert.${key}`), width: { share }, align: 'right', style: styles.number }) as const;
  drawTable(sheet, {
    columns: [
      { title: words.t('energy.cert.load'), width: { share: 0.8 }, mostLines: 1 },
      number('volts', 0.9),
      number('reference', 1.1),
      number('reading', 1.1),
      number('ratio', 0.9),
      number('deviation', 1),
      number('samples', 0.8),
      number('range', 0.5),
    ],
    rows: readings.map((one) => [
      one.load,
      one.vV === null ? missing : words.number(one.vV, 4),
      amperes(one.iRefA),
      amperes(one.xA),
      one.iRefA > 0 ? words.signedPercent(one.xA / one.iRefA - 1) : missing,
      one.sdA === 0 ? '0' : words.quantity(one.sdA, 'A', 2),
      words.count(one.n),
      words.count(one.range),
    ]),
    padding: 2,
  });
  sheet.gap(10);
}

function drawFits(sheet: Sheet, words: Words, { ranges, readings }: CertificateView): void {
  if (ranges.length === 0) return;
  sheet.sectionHeading(words.t('energy.cert.fit'), 50);
  const number = (key: string, share: number) =>
    ({ title: words.t(`energy.cert.${key}`), width: { share }, align: 'right', style: styles.number }) as const;
  drawTable(sheet, {
    columns: [
      { title: words.t('energy.cert.range'), width: { share: 0.6 }, mostLines: 1 },
      { title: words.t('energy.cert.span'), width: { share: 1.3 }, style: styles.smallText },
      number('offset', 1),
      number('gainError', 1),
      number('fitLow', 0.9),
      number('fitHigh', 0.9),
      number('common', 0.9),
      number('chi2', 0.9),
    ],
    rows: ranges.map((fit) => {
      const [low, high] = fit.spanA;
      return [
        fit.name || String(fit.range),
        words.t('energy.cert.spanValue', {
          low: words.quantity(low, 'A', 2),
          high: words.quantity(high, 'A', 2),
        }),
        fit.offsetFitted ? words.quantity(fit.offsetA, 'A', 3) : words.t('energy.cert.held'),
        words.signedPercent(fit.slope - 1),
        words.smallPercent(fitExpanded(fit, low)),
        words.smallPercent(fitExpanded(fit, high)),
        words.smallPercent(2 * Math.hypot(fit.commonRel.dmm, fit.commonRel.tcr)),
        words.t('energy.cert.chi2Value', { chi2: words.significant(fit.chi2, 2), nu: fit.nu }),
      ];
    }),
    padding: 2,
  });
  sheet.paragraph(words.t('energy.cert.fitNote'), styles.small);
  sheet.gap(8);
  for (const fit of ranges) {
    if (fit.residuals.length === 0) continue;
    const own = readings.filter((one) => one.range === fit.range);
    const points = fit.residuals.map((value, i) => ({ name: own[i]?.load ?? String(i + 1), value }));
    sheet.sectionHeading(
      words.t('energy.cert.residuals', { range: fit.name || String(fit.range) }),
      residualChartHeight + 6,
    );
    const values = points.map(({ name, value }) => `${name} ${words.number(value, 2, true)}`).join('; ');
    sheet.figure(words.t('energy.alt.residuals', { values }), sheet.left, sheet.width, residualChartHeight, (x, y) =>
      residualChart(sheet, words, points, x, y, sheet.width),
    );
    sheet.gap(10);
  }
}

/** Expanded uncertainty (k = 2) of the fit at a current, relative (uncertainty, section 4.1). */
function fitExpanded(
  { cov, slope }: Pick<CertificateView['ranges'][number], 'cov' | 'slope'>,
  currentA: number,
): number | null {
  if (currentA <= 0) return null;
  const [offset, covariance, gain] = cov;
  const variance = offset + 2 * currentA * covariance + currentA * currentA * gain;
  return (2 * Math.sqrt(Math.max(0, variance))) / (slope * currentA);
}

/** The outcome of procedures that fit no line. */
function drawOutcome(sheet: Sheet, words: Words, certificate: CertificateView): void {
  const { zero, selfcal, timestamp, dutClock, uart, supply } = certificate;
  const fact = (key: string, value: string): Fact => [words.t(`energy.cert.${key}`), value];
  const volts = (value: number | null): string => (value === null ? missing : `${words.number(value, 4)}\u00a0V`);
  const check = (value: boolean | null): string =>
    words.t(value === null ? 'energy.cert.notAvailable' : value ? 'energy.cert.pass' : 'energy.cert.fail');
  const facts: Fact[] = [
    ...(zero ? [fact('zero', `${words.quantity(zero.offsetA, 'A', 3)} (u = ${words.quantity(zero.uA, 'A', 2)})`)] : []),
    ...(selfcal ? [fact('calibrated', check(selfcal.calibrated)), fact('tested', check(selfcal.tested))] : []),
    ...(timestamp
      ? [
          fact(
            'pulses',
            words.t('energy.cert.pulsesValue', { sent: timestamp.sent, seen: timestamp.seen, lost: timestamp.lost }),
          ),
          fact(
            'clock',
            `${words.number((timestamp.c - 1) * 1e6, 1, true)}\u00a0ppm (u = ${words.number(timestamp.uC * 1e6, 1)}\u00a0ppm)`,
          ),
          fact('jitter', words.quantity(timestamp.intervalSdS, 's', 2)),
          ...(timestamp.delaySpreadS === undefined
            ? []
            : [fact('delaySpread', words.quantity(timestamp.delaySpreadS, 's', 2))]),
          ...(timestamp.markWidthS
            ? [
                fact(
                  'markWidth',
                  words.t('energy.cert.markWidthValue', {
                    mean: words.quantity(timestamp.markWidthS.mean, 's', 3),
                    sd: words.quantity(timestamp.markWidthS.sd, 's', 2),
                  }),
                ),
              ]
            : []),
        ]
      : []),
    ...(dutClock
      ? [
          fact(
            'dutClock',
            `${words.number(dutClock.ppm, 1, true)}\u00a0ppm (u = ${words.number(dutClock.uPpm, 1)}\u00a0ppm)`,
          ),
        ]
      : []),
    ...(uart
      ? [
          fact(
            'uart',
            words.t('energy.cert.uartValue', {
              errors: words.count(uart.errors),
              bytes: words.count(uart.bytes),
              trips: words.count(uart.roundTrips),
            }),
          ),
          fact(
            'latency',
            `${words.quantity(uart.medianLatencyS, 's', 3)}; ${words.quantity(uart.p99LatencyS, 's', 3)}`,
          ),
        ]
      : []),
    ...(supply
      ? [
          fact('board', supply.board),
          fact('idle', volts(supply.idleV)),
          fact('active', volts(supply.activeV)),
          fact('mean', `${volts(supply.voltageV)} (u = ${words.smallPercent(supply.uRel)})`),
          fact('sourceOhm', supply.sourceOhm === null ? missing : words.quantity(supply.sourceOhm, 'Ω', 2)),
          fact('instrumentV', volts(supply.instrumentV)),
        ]
      : []),
  ];
  if (facts.length === 0) return;
  drawFacts(sheet, facts, { heading: words.t('energy.cert.outcome'), nameWidth: 150 });
  sheet.gap(10);
}
