import type { ImageMemory } from '../../../../shared/domain/identity.ts';
import { missing } from '../../../../shared/units/index.ts';
import type { Sheet } from '../sheet.ts';
import { drawFacts, drawTable } from '../table.ts';
import type { Fact } from '../table.ts';
import { styles } from '../theme.ts';
import type { Words } from '../words.ts';
import type { RunView, SessionView } from '../../view.ts';
import { drawFlashed } from './flashed.ts';

/** Wrong inputs beyond this are counted, not listed: inputs.csv has them all. */
const mostWrongInputs = 120;

/** Raw values and identities, for whoever wants to compute the figures again. */
export function drawAppendix(sheet: Sheet, words: Words, view: SessionView): void {
  sheet.heading(1, words.t('appendix.title'), styles.page);
  sheet.paragraph(words.t('appendix.intro'), styles.muted);
  sheet.gap(10);
  for (const run of view.runs) {
    if (run.mode === 'accuracy') {
      drawPerClass(sheet, words, run);
      drawWrong(sheet, words, run);
    } else drawStamps(sheet, words, run);
  }
  drawInputSets(sheet, words, view);
  drawSettings(sheet, words, view);
  drawFlashed(sheet, words, view);
  drawInstruments(sheet, words, view);
  drawSimulation(sheet, words, view);
  drawIntegrity(sheet, words, view);
}

function runHeading(words: Words, key: string, run: RunView): string {
  return words.t(key, { run: run.runId, workload: run.workload.id });
}

function drawStamps(sheet: Sheet, words: Words, run: RunView): void {
  if (run.windows.length === 0) return;
  sheet.sectionHeading(runHeading(words, 'appendix.stamps', run));
  drawTable(sheet, {
    columns: [
      { title: words.t('column.window'), width: { points: 34 }, style: styles.number },
      { title: words.t('column.inferences'), width: { share: 0.8 }, align: 'right', style: styles.number },
      { title: words.t('column.lapStart'), width: { share: 1.3 }, align: 'right', style: styles.number },
      { title: words.t('column.lapEnd'), width: { share: 1.3 }, align: 'right', style: styles.number },
      { title: words.t('column.dutTime'), width: { share: 1 }, align: 'right', style: styles.number },
      { title: words.t('column.throughput'), width: { share: 1 }, align: 'right', style: styles.number },
    ],
    // Stamps are copied as the DUT printed them: no grouping, so that they can be found in the log.
    rows: run.windows.map((window) => [
      String(window.number),
      words.count(window.inferences),
      String(window.lapStartUs),
      String(window.lapEndUs),
      words.number(window.seconds, 6),
      words.number(window.throughputInfPerS, 6),
    ]),
    padding: 2,
  });
  if (run.calibration.length > 0) {
    const attempts = run.calibration.map((attempt) =>
      words.t('appendix.attempt', {
        iterations: words.count(attempt.iterations),
        seconds: words.quantity(attempt.seconds, 's'),
      }),
    );
    sheet.gap(3);
    sheet.paragraph(words.t('appendix.calibration', { attempts: attempts.join('; ') }), styles.small);
  }
  sheet.gap(12);
}

function drawPerClass(sheet: Sheet, words: Words, run: RunView): void {
  const classes = run.figures.perClass ?? [];
  if (classes.length === 0) return;
  const areas = new Map((run.figures.roc ?? []).map((curve) => [curve.classIndex, curve.area]));
  sheet.sectionHeading(runHeading(words, 'appendix.perClass', run));
  drawTable(sheet, {
    columns: [
      { title: words.t('column.class'), width: { points: 34 }, style: styles.number },
      { title: words.t('column.className'), width: { share: 1.6 }, mostLines: 1 },
      { title: words.t('column.inputs'), width: { share: 0.8 }, align: 'right', style: styles.number },
      { title: words.t('column.correct'), width: { share: 0.8 }, align: 'right', style: styles.number },
      { title: words.t('column.predicted'), width: { share: 0.8 }, align: 'right', style: styles.number },
      { title: words.t('column.recall'), width: { share: 0.9 }, align: 'right', style: styles.number },
      { title: words.t('column.precision'), width: { share: 0.9 }, align: 'right', style: styles.number },
      { title: words.t('column.area'), width: { share: 0.9 }, align: 'right', style: styles.number },
    ],
    rows: classes.map((figures, i) => [
      String(i),
      words.className(run, i),
      words.count(figures.inputs),
      words.count(figures.correct),
      words.count(figures.predicted),
      words.number(figures.recall === null ? null : figures.recall * 100, 1),
      words.number(figures.precision === null ? null : figures.precision * 100, 1),
      words.number(areas.get(i), 4),
    ]),
    padding: 2,
  });
  sheet.gap(12);
}

function drawWrong(sheet: Sheet, words: Words, run: RunView): void {
  const wrong = run.inputs.filter((input) => input.predicted !== null && input.predicted !== input.label);
  if (run.workload.metric !== 'top1') return;
  sheet.sectionHeading(
    words.t('appendix.wrong', { run: run.runId, workload: run.workload.id, count: words.count(wrong.length) }),
  );
  if (wrong.length === 0) {
    sheet.paragraph(words.t(run.inputs.length === 0 ? 'evidence.noInputs' : 'appendix.noneWrong'), styles.muted);
    sheet.gap(12);
    return;
  }
  const score = (scores: readonly number[] | null, index: number): string => {
    const value = scores?.[index];
    return value === undefined ? missing : words.number(value, 3);
  };
  drawTable(sheet, {
    columns: [
      { title: words.t('column.index'), width: { points: 40 }, style: styles.number },
      { title: words.t('column.file'), width: { share: 1.6 }, style: styles.smallText, mostLines: 2 },
      { title: words.t('column.truth'), width: { share: 0.8 }, style: styles.smallText, mostLines: 1 },
      { title: words.t('column.prediction'), width: { share: 0.8 }, style: styles.smallText, mostLines: 1 },
      { title: words.t('column.truthScore'), width: { points: 62 }, align: 'right', style: styles.number },
      { title: words.t('column.predictionScore'), width: { points: 62 }, align: 'right', style: styles.number },
    ],
    rows: wrong
      .slice(0, mostWrongInputs)
      .map((input) => [
        String(input.index),
        input.offsetBytes > 0 ? `${input.file} +${input.offsetBytes}` : input.file,
        words.className(run, input.label),
        words.className(run, input.predicted ?? 0),
        score(input.scores, input.label),
        score(input.scores, input.predicted ?? 0),
      ]),
    padding: 1.2,
  });
  if (wrong.length > mostWrongInputs) {
    sheet.gap(3);
    sheet.paragraph(
      words.t('appendix.moreWrong', { count: words.count(wrong.length - mostWrongInputs) }),
      styles.small,
    );
  }
  sheet.gap(12);
}

function drawInputSets(sheet: Sheet, words: Words, view: SessionView): void {
  const sets = new Map(view.runs.map((run) => [`${run.workload.id} ${run.inputSet.listSha256}`, run]));
  for (const run of sets.values()) {
    const { inputSet } = run;
    const facts: Fact[] = [
      [words.t('set.kind'), words.term(`inputSet.${inputSet.kind}`)],
      [words.t('set.list'), inputSet.listName ?? missing],
      [
        words.t('set.size'),
        words.t('set.sizeValue', { files: words.count(inputSet.files), inputs: words.count(inputSet.inputs) }),
      ],
      [words.t('set.listHash'), inputSet.listSha256, styles.hash],
      [
        words.t('set.contentHash'),
        inputSet.contentSha256 ?? words.t('set.notComputed'),
        inputSet.contentSha256 ? styles.hash : styles.cell,
      ],
    ];
    drawFacts(sheet, facts, { heading: words.t('appendix.inputSet', { workload: run.workload.id }) });
    sheet.gap(10);
  }
}

function drawSettings(sheet: Sheet, words: Words, view: SessionView): void {
  for (const run of view.runs) {
    const { settings, artefacts, dut } = run;
    const facts: Fact[] = [
      [
        words.t('facts.settings'),
        words.t('facts.settingsValue', {
          warmups: settings.warmups,
          minWindow: words.quantity(settings.minWindowS, 's', 3),
          minIterations: settings.minIterations,
          verify: words.t(`verify.${settings.verifyLoads}`),
          chunk: settings.chunkBytes,
        }),
      ],
      [
        words.t('facts.dut'),
        dut
          ? words.t('facts.dutValue', {
              vendor: dut.vendor,
              profile: dut.profile,
              model: dut.model,
              mode: words.t(`timestamp.${dut.timestampMode}`),
            })
          : words.t('dut.unknown'),
      ],
      [
        words.t('facts.model'),
        artefacts.model
          ? words.t('facts.modelValue', { name: artefacts.model.name, bytes: words.count(artefacts.model.bytes) })
          : words.t('facts.unknownModel'),
      ],
      ...(artefacts.model
        ? ([
            [words.t('hash.model'), artefacts.model.sha256, styles.hash],
            [words.t('hash.plan'), artefacts.model.planSha256, styles.hash],
          ] as const)
        : []),
      ...(artefacts.model?.folded ? [[words.t('facts.folding'), words.t('facts.folded')] as const] : []),
      [
        words.t('facts.firmware'),
        artefacts.firmware
          ? `${artefacts.firmware.name} ${artefacts.firmware.version ?? ''}`.trim()
          : words.t('facts.unknownFirmware'),
      ],
      ...(artefacts.firmware?.sha256
        ? ([[words.t('hash.firmware'), artefacts.firmware.sha256, styles.hash]] as const)
        : []),
      ...memoryFacts(words, artefacts.firmware?.memory),
    ];
    drawFacts(sheet, facts, { heading: runHeading(words, 'appendix.run', run) });
    sheet.gap(10);
  }
}

/** Flash and RAM of the image, where it was built here. */
function memoryFacts(words: Words, memory: ImageMemory | undefined): (readonly [string, string])[] {
  if (!memory) return [];
  const { codeBytes, weightBytes, constantBytes, arenaBytes, payloadBytes, dataBytes, stackBytes } = memory;
  const counts = (values: Record<string, number>): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, words.count(value)]));
  const flash = codeBytes + weightBytes + constantBytes;
  const ram = arenaBytes + payloadBytes + dataBytes + stackBytes;
  return [
    [words.t('facts.flash'), words.t('facts.flashValue', counts({ flash, codeBytes, weightBytes, constantBytes }))],
    [words.t('facts.ram'), words.t('facts.ramValue', counts({ ram, arenaBytes, payloadBytes, dataBytes, stackBytes }))],
  ];
}

function drawInstruments(sheet: Sheet, words: Words, view: SessionView): void {
  sheet.sectionHeading(words.t('appendix.instruments'));
  drawTable(sheet, {
    columns: [
      { title: words.t('column.role'), width: { share: 0.6 } },
      { title: words.t('column.instrument'), width: { share: 1.2 } },
      { title: words.t('column.identity'), width: { share: 1.6 }, style: styles.smallText },
      { title: words.t('column.firmware'), width: { share: 1.1 }, style: styles.smallText },
      { title: words.t('column.tried'), width: { share: 0.9 }, style: styles.smallText },
    ],
    rows: view.bench.instruments.map((instrument) => [
      words.t(`role.${instrument.role}`),
      { text: instrument.label, sub: instrument.kind },
      instrument.usb
        ? words.t('instrument.usb', {
            vendor: instrument.usb.vendorId,
            product: instrument.usb.productId,
            serial: instrument.usb.serial ?? missing,
          })
        : missing,
      instrument.firmware ? `${instrument.firmware.name} ${instrument.firmware.version ?? ''}`.trim() : missing,
      words.t(
        instrument.simulated
          ? 'instrument.simulated'
          : instrument.triedOnHardware
            ? 'instrument.tried'
            : 'instrument.untried',
      ),
    ]),
    padding: 2.5,
  });
  for (const certificate of view.certificates ?? []) {
    sheet.gap(3);
    sheet.paragraph(
      words.t('instrument.certificate', {
        id: certificate.id,
        procedure: certificate.procedure,
        issued: words.date(certificate.issuedAt),
        expires: words.date(certificate.expiresAt),
      }),
      styles.small,
    );
    sheet.paragraph(certificate.sha256, styles.hash);
  }
  sheet.gap(12);
}

function drawSimulation(sheet: Sheet, words: Words, view: SessionView): void {
  const { simulation } = view.bench;
  if (!simulation) return;
  sheet.sectionHeading(words.t('appendix.simulation'), 95);
  sheet.paragraph(words.t('simulation.intro'), styles.body);
  sheet.gap(3);
  drawFacts(
    sheet,
    [
      [words.t('simulation.cpu'), words.quantity(simulation.cpuHz, 'Hz')],
      [words.t('simulation.cycles'), words.significant(simulation.cyclesPerInstruction, 3)],
      [words.t('simulation.cost'), words.t(`simulation.${simulation.costSource}`)],
      ...(simulation.baud > 0
        ? [
            [
              words.t('simulation.line'),
              words.t('simulation.lineValue', { baud: words.count(simulation.baud) }),
            ] as const,
          ]
        : []),
      [words.t('simulation.clock'), words.t('simulation.clockValue', { ppm: words.significant(simulation.ppm, 2) })],
    ],
    { nameWidth: 130 },
  );
  sheet.gap(12);
}

function drawIntegrity(sheet: Sheet, words: Words, view: SessionView): void {
  sheet.sectionHeading(words.t('appendix.integrity'));
  sheet.paragraph(
    words.t('integrity.text', { session: view.sessionId, records: words.count(view.integrity.journalRecords) }),
    styles.body,
  );
  sheet.paragraph(view.integrity.journalHash, styles.hash);
  sheet.gap(3);
  sheet.paragraph(words.t('integrity.software', { name: view.app.name, version: view.app.version }), styles.body);
}
