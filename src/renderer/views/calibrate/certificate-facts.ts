import type { Certificate } from '../../../shared/domain/calibration.ts';
import {
  formatCount,
  formatDateTime,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatWithDoubt,
  withUnit,
} from '../../../shared/units/index.ts';
import type { ScreenText } from '../../text/index.ts';

export interface Fact {
  name: string;
  value: string;
}

/** Who measured what with what: the head of a certificate. */
export function certificateHead(text: ScreenText, certificate: Certificate): Fact[] {
  const { t, locale } = text;
  const { instrument, ambientC, setVoltageV } = certificate;
  const degrees = (value: number | null): string => withUnit(formatNumber(value, { locale, decimals: 1 }), '°C');
  return [
    {
      name: t('ui.calibrate.fact.instrument'),
      value: [instrument.model, instrument.serial].filter(Boolean).join(' · '),
    },
    { name: t('ui.calibrate.fact.firmware'), value: instrument.firmware || '–' },
    { name: t('ui.calibrate.fact.date'), value: formatDateTime(certificate.dateUtc, { locale }) },
    { name: t('ui.calibrate.fact.expires'), value: formatDateTime(certificate.expiresUtc, { locale }) },
    { name: t('ui.calibrate.fact.operator'), value: certificate.operator || '–' },
    {
      name: t('ui.calibrate.fact.temperature'),
      value:
        ambientC.start === ambientC.end
          ? degrees(ambientC.start)
          : t('ui.calibrate.fact.fromTo', { from: degrees(ambientC.start), to: degrees(ambientC.end) }),
    },
    ...(setVoltageV === null
      ? []
      : [
          {
            name: t('ui.calibrate.fact.voltage'),
            value: withUnit(formatNumber(setVoltageV, { locale, decimals: 3 }), 'V'),
          },
        ]),
    { name: t('ui.calibrate.fact.id'), value: certificate.id },
  ];
}

/** What came out, besides fitted ranges. */
export function certificateFigures(text: ScreenText, certificate: Certificate): Fact[] {
  const { t, locale } = text;
  const facts: Fact[] = [];
  const add = (name: Parameters<typeof t>[0], value: string): void => void facts.push({ name: t(name), value });
  const ppm = (value: number, digits = 3): string =>
    withUnit(formatNumber(value, { locale, significant: digits }), 'ppm');
  const yesNo = (value: boolean | null): string =>
    value === null
      ? t('ui.calibrate.figure.unknown')
      : t(value ? 'ui.calibrate.figure.ok' : 'ui.calibrate.figure.notOk');
  const { zero, selfcal, timestamp, dutClock, uart, supply } = certificate;
  if (zero) {
    add('ui.calibrate.figure.offset', formatWithDoubt(zero.offsetA, 2 * zero.uA, 'A', { locale }));
  }
  if (selfcal) {
    add('ui.calibrate.figure.selfCalibrated', yesNo(selfcal.calibrated));
    add('ui.calibrate.figure.selfTested', yesNo(selfcal.tested));
    if (selfcal.verify)
      add(
        'ui.calibrate.figure.verify',
        t('ui.calibrate.figure.verifyValue', {
          error: formatPercent(selfcal.verify.error, { locale, decimals: 3, signed: true }),
          allowed: formatPercent(selfcal.verify.allowed, { locale, decimals: 3 }),
        }),
      );
  }
  if (timestamp) {
    const seconds = (value: number): string => formatQuantity(value, 's', { locale, significant: 2 });
    add(
      'ui.calibrate.figure.marks',
      t('ui.calibrate.figure.marksValue', {
        seen: formatCount(timestamp.seen, locale),
        sent: formatCount(timestamp.sent, locale),
      }),
    );
    add('ui.calibrate.figure.marksLost', formatCount(timestamp.lost, locale));
    add('ui.calibrate.figure.interval', seconds(timestamp.intervalSdS));
    if (timestamp.delaySpreadS !== undefined) add('ui.calibrate.figure.delaySpread', seconds(timestamp.delaySpreadS));
    if (timestamp.markWidthS)
      add(
        'ui.calibrate.figure.markWidth',
        t('ui.calibrate.figure.markWidthValue', {
          mean: seconds(timestamp.markWidthS.mean),
          sd: seconds(timestamp.markWidthS.sd),
        }),
      );
    add('ui.calibrate.figure.clock', `${ppm((timestamp.c - 1) * 1e6)} ± ${ppm(2e6 * timestamp.uC, 2)}`);
  }
  if (dutClock) add('ui.calibrate.figure.dutClock', `${ppm(dutClock.ppm)} ± ${ppm(2 * dutClock.uPpm, 2)}`);
  if (uart) {
    add('ui.calibrate.figure.roundTrips', formatCount(uart.roundTrips, locale));
    add(
      'ui.calibrate.figure.errors',
      t('ui.calibrate.figure.errorsValue', {
        errors: formatCount(uart.errors, locale),
        bytes: formatCount(uart.bytes, locale),
      }),
    );
    add('ui.calibrate.figure.latency', formatQuantity(uart.medianLatencyS, 's', { locale, significant: 3 }));
  }
  if (supply) {
    const volts = (value: number | null): string => withUnit(formatNumber(value, { locale, decimals: 4 }), 'V');
    add('ui.calibrate.figure.idleVoltage', volts(supply.idleV));
    add('ui.calibrate.figure.activeVoltage', volts(supply.activeV));
    add(
      'ui.calibrate.figure.dutVoltage',
      `${volts(supply.voltageV)} ± ${formatQuantity(2 * supply.uRel * supply.voltageV, 'V', { locale, significant: 2 })}`,
    );
    if (supply.sourceOhm !== null)
      add('ui.calibrate.figure.source', withUnit(formatNumber(supply.sourceOhm, { locale, significant: 3 }), 'Ω'));
  }
  return facts;
}

export interface RangeRow {
  range: number;
  name: string;
  gain: string;
  offset: string;
  span: string;
  chi2: string;
}

/** The fitted ranges: gain as a deviation from one and offset, each with its expanded uncertainty. */
export function rangeRows({ locale }: ScreenText, { ranges }: Certificate): RangeRow[] {
  return ranges.map((range) => {
    const uSlope = Math.hypot(
      Math.sqrt(range.cov[2]),
      range.slope * range.commonRel.dmm,
      range.slope * range.commonRel.tcr,
    );
    const amperes = (value: number): string => formatQuantity(value, 'A', { locale, significant: 3 });
    return {
      range: range.range,
      name: range.name,
      gain: `${formatPercent(range.slope - 1, { locale, decimals: 3, signed: true })} ± ${formatPercent(2 * uSlope, { locale, decimals: 3 })}`,
      offset: formatWithDoubt(range.offsetA, 2 * Math.sqrt(range.cov[0]), 'A', { locale }),
      span: `${amperes(range.spanA[0])} – ${amperes(range.spanA[1])}`,
      chi2: `${formatNumber(range.chi2, { locale, decimals: 2 })} / ${range.nu}`,
    };
  });
}
