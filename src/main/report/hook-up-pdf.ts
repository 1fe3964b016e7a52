import type { EnergySetup } from '../../shared/domain/energy.ts';
import { missing } from '../../shared/units/index.ts';
import type { CertificateView } from './energy-view.ts';
import { wiringChart, wiringChartHeight } from './pdf/charts/wiring.ts';
import { writePdf } from './pdf/document.ts';
import type { ReportOptions } from './pdf/document.ts';
import { wordOr } from './pdf/energy-words.ts';
import { marks } from './pdf/marks.ts';
import { drawNotice } from './pdf/pages/blocks.ts';
import { drawScope } from './pdf/pages/energy-wiring.ts';
import { drawLetterhead } from './pdf/pages/letterhead.ts';
import { drawRunningLines } from './pdf/running.ts';
import type { Sheet } from './pdf/sheet.ts';
import { drawFacts, drawTable } from './pdf/table.ts';
import { styles } from './pdf/theme.ts';
import type { Words } from './pdf/words.ts';

/** How one energy run was made. */
export interface HookUpRun {
  system: string;
  benchmark: string;
  setup: EnergySetup;
  /** Those that its figure rests on. */
  certificates: readonly CertificateView[];
}

/** What the energy hook-up document of a submission is drawn from. No person is named in it. */
export interface HookUpInput {
  organisation: string;
  round: string;
  runs: readonly HookUpRun[];
  /** Why the package cannot be submitted: stands on the first page. Null for an official package. */
  notice: { title: string; lines: readonly string[] } | null;
  app: { name: string; version: string };
  /** ISO 8601: when the last of the runs was measured. */
  createdAt: string;
}

/** The energy hook-up document: a page for each wiring that was used, with monitor, supply, scope and certificates. */
export function renderHookUp(input: HookUpInput, options: ReportOptions): Promise<Uint8Array> {
  const { organisation, round, app, createdAt } = input;
  return writePdf(
    options,
    (words) => ({
      title: words.t('hookUp.title', { organisation, round }),
      author: organisation,
      subject: words.t('hookUp.subject', { organisation }),
      app,
      createdAt,
    }),
    (sheet, words) => draw(sheet, words, input),
  );
}

function draw(sheet: Sheet, words: Words, { organisation, round, runs, notice, app, createdAt }: HookUpInput): void {
  drawLetterhead(sheet, words, words.t('hookUp.kind'));
  if (notice) {
    drawNotice(sheet, marks.warn, notice.title, notice.lines);
    sheet.gap(14);
  }
  wirings(runs).forEach((wiring, k) => {
    if (k > 0) sheet.newPage();
    sheet.section(words.t('hookUp.heading', wiring), () => drawWiring(sheet, words, wiring));
  });
  drawRunningLines(sheet, words, {
    subject: words.t('hookUp.title', { organisation, round }),
    detail: words.date(createdAt),
    outcome: notice
      ? { word: words.t('hookUp.validation'), mark: marks.warn }
      : { word: words.t('hookUp.kind'), mark: marks.none },
    origin: `${app.name} ${app.version}`,
    simulated: false,
  });
}

interface Wiring extends Omit<HookUpRun, 'benchmark'> {
  benchmarks: string;
}

/** Runs that were wired alike share a page. */
function wirings(runs: readonly HookUpRun[]): (Wiring & Record<string, unknown>)[] {
  const found = new Map<string, Wiring & { list: string[] }>();
  for (const { benchmark, ...run } of runs) {
    const { monitor, supply, path, plane, scope } = run.setup;
    const ids = run.certificates.map(({ id }) => id);
    const key = JSON.stringify([run.system, monitor, supply, path, plane, scope, ids]);
    const same = found.get(key);
    if (same) same.list.push(benchmark);
    else found.set(key, { ...run, benchmarks: '', list: [benchmark] });
  }
  return [...found.values()].map(({ list, ...wiring }) => ({ ...wiring, benchmarks: [...new Set(list)].join(', ') }));
}

function drawWiring(sheet: Sheet, words: Words, { system, benchmarks, setup, certificates }: Wiring): void {
  const { monitor, supply, path, plane } = setup;
  const { limits, voltageV, board } = supply;
  sheet.heading(1, words.t('hookUp.heading', { system, benchmarks }), styles.page);
  sheet.gap(8);
  const alt = words.t('energy.alt.wiring', {
    path: words.t(`energy.path.${path}`),
    monitor: monitor.model,
    voltage: words.number(voltageV, 3),
    board,
    plane: words.t(`energy.plane.${plane}`),
  });
  sheet.figure(alt, sheet.left, sheet.width, wiringChartHeight, (x, y) =>
    wiringChart(sheet, words, setup, x, y, sheet.width),
  );
  sheet.gap(10);
  drawFacts(
    sheet,
    [
      [words.t('hookUp.monitor'), monitor.model],
      [words.t('hookUp.serial'), monitor.serial || missing],
      [words.t('hookUp.firmware'), monitor.firmware || missing],
      [words.t('hookUp.use'), words.t(`energy.acceptance.${monitor.acceptance}`)],
      [
        words.t('hookUp.sampling'),
        words.t('hookUp.samplingValue', {
          rate: words.quantity(monitor.sampleRateHz, 'Hz'),
          highest: words.quantity(monitor.maxCurrentA, 'A', 3),
        }),
      ],
      [
        words.t('energy.fact.supply'),
        words.t('energy.supplyValue', {
          voltage: words.number(voltageV, 3),
          min: words.number(limits.minV, 2),
          nominal: words.number(limits.nominalV, 2),
          max: words.number(limits.maxV, 2),
        }),
      ],
      [words.t('energy.fact.board'), board],
      [words.t('energy.fact.path'), words.t(`energy.path.${path}`)],
      [words.t('hookUp.shifter'), words.t(`hookUp.shifterOf.${path}`)],
      [words.t('energy.fact.plane'), words.t(`energy.plane.${plane}`)],
      [
        words.t('energy.fact.temperature'),
        setup.temperatureC === null ? words.t('facts.notRecorded') : `${words.number(setup.temperatureC, 1)}\u00a0°C`,
      ],
    ],
    { nameWidth: 120, heading: words.t('hookUp.instruments') },
  );
  sheet.gap(12);
  // Whoever declared it is somebody of the submitter; the name does not leave the house.
  const declaredBy = setup.scope.declaredBy === '' ? '' : words.t('hookUp.declarer');
  drawScope(sheet, words, { ...setup, scope: { ...setup.scope, declaredBy } });
  drawCertificateTable(sheet, words, certificates);
}

function drawCertificateTable(sheet: Sheet, words: Words, certificates: readonly CertificateView[]): void {
  sheet.sectionHeading(words.t('energy.cert.outline'), 40);
  if (certificates.length === 0) {
    sheet.paragraph(words.t('hookUp.noCertificate'), styles.body);
    return;
  }
  drawTable(sheet, {
    columns: [
      { title: words.t('energy.cert.procedure'), width: { share: 1 } },
      { title: words.t('energy.cert.id'), width: { share: 1.2 }, style: styles.smallText },
      { title: words.t('energy.cert.validity'), width: { share: 1.2 }, style: styles.smallText },
      { title: words.t('energy.cert.hash'), width: { share: 1.4 }, style: styles.hash },
    ],
    rows: certificates.map((certificate) => [
      wordOr(words, `report.energy.procedure.${certificate.procedure}`, certificate.procedure),
      certificate.id,
      words.t('energy.cert.dates', {
        issued: words.date(certificate.dateUtc),
        expires: words.date(certificate.expiresUtc),
      }),
      certificate.sha256,
    ]),
    padding: 2,
  });
  sheet.paragraph(words.t('energy.cert.selfDeclared'), styles.small);
}
