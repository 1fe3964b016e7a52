import type { EnergySetup } from '../../../../shared/domain/energy.ts';
import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';

export const wiringChartHeight = 150;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Who is connected to whom in an energy run, by which path, and where the energy counts. */
export function wiringChart(sheet: Sheet, words: Words, setup: EnergySetup, x: number, y: number, width: number): void {
  const { supply, monitor } = setup;
  const host: Box = { x, y: y + 44, width: 88, height: 46 };
  const relay: Box = { x: x + 164, y: y + 2, width: 124, height: 40 };
  const meter: Box = { x: x + 164, y: y + 94, width: 124, height: 50 };
  const dut: Box = { x: x + width - 130, y: y + 34, width: 130, height: 60 };
  const right = (box: Box): number => box.x + box.width;
  drawBox(sheet, host, words.t('energy.wiring.host'), []);
  drawBox(sheet, meter, monitor.model, [words.t('energy.wiring.monitor')], colors.accent);
  const limits = words.t('energy.wiring.limits', {
    min: words.number(supply.limits.minV, 2),
    max: words.number(supply.limits.maxV, 2),
  });
  drawBox(sheet, dut, supply.board, [words.t('energy.wiring.dut'), limits], colors.accent);
  const turn = x + 126;
  if (setup.path === 'ioManager') {
    drawBox(sheet, relay, words.t('energy.wiring.relay'), [words.t('energy.wiring.shifter')]);
    line(sheet, [right(host), host.y + 14], [turn, host.y + 14], [turn, relay.y + 20], [relay.x, relay.y + 20]);
    label(sheet, words.t('energy.wiring.usb'), turn + 4, relay.y + 10);
    const bend = (right(relay) + dut.x) / 2;
    line(sheet, [right(relay), relay.y + 20], [bend, relay.y + 20], [bend, dut.y + 14], [dut.x, dut.y + 14]);
    label(sheet, words.t('energy.wiring.serial'), bend + 4, relay.y + 14);
  } else {
    line(sheet, [right(host), host.y + 14], [dut.x, host.y + 14]);
    label(sheet, words.t('energy.wiring.serial'), (right(host) + dut.x) / 2 - 20, host.y + 4);
  }
  line(sheet, [right(host), host.y + 32], [turn, host.y + 32], [turn, meter.y + 25], [meter.x, meter.y + 25]);
  label(sheet, words.t('energy.wiring.usb'), turn + 4, meter.y + 15);
  const [stampX, railX] = [dut.x + 30, dut.x + 62];
  const bottom = dut.y + dut.height;
  sheet.doc.save().dash(3, { space: 2 });
  line(sheet, [stampX, bottom], [stampX, meter.y + 14], [right(meter), meter.y + 14]);
  sheet.doc.undash().restore();
  label(sheet, words.t('energy.wiring.mark'), right(meter) + 6, meter.y + 4);
  sheet.doc.save().lineWidth(2.2).strokeColor(colors.accent);
  path(sheet, [right(meter), meter.y + 38], [railX, meter.y + 38], [railX, bottom]);
  sheet.doc.stroke().restore();
  label(
    sheet,
    words.t('energy.wiring.rail', { voltage: words.number(supply.voltageV, 3) }),
    right(meter) + 6,
    meter.y + 27,
    colors.accent,
  );
  const [planeX, planeY] = setup.plane === 'dut' ? [railX, bottom] : [right(meter), meter.y + 38];
  sheet.doc.circle(planeX, planeY, 4).lineWidth(1.2).fillAndStroke(colors.paper, colors.data2);
  const plane = words.t('energy.wiring.plane');
  label(
    sheet,
    plane,
    setup.plane === 'dut' ? railX + 8 : right(meter) + 8,
    meter.y + (setup.plane === 'dut' ? 4 : 42),
    colors.data2,
  );
}

function drawBox(
  sheet: Sheet,
  box: Box,
  name: string,
  notes: readonly string[],
  color: string = colors.borderStrong,
): void {
  sheet.doc.roundedRect(box.x, box.y, box.width, box.height, 4).lineWidth(0.9).fillAndStroke(colors.ground, color);
  const inner = box.width - 10;
  const height = styles.bold.leading + notes.length * styles.axis.leading;
  const top = box.y + (box.height - height) / 2;
  const middle = box.x + box.width / 2;
  sheet.put(sheet.type.shorten(name, styles.bold, inner), middle, top, styles.bold, 'center');
  notes.forEach((note, i) => {
    const at = top + styles.bold.leading + i * styles.axis.leading;
    sheet.put(sheet.type.shorten(note, styles.axis, inner), middle, at, styles.axis, 'center');
  });
}

function line(sheet: Sheet, ...points: [number, number][]): void {
  sheet.doc.lineWidth(0.9).strokeColor(colors.borderStrong);
  path(sheet, ...points);
  sheet.doc.stroke();
}

function path(sheet: Sheet, ...points: [number, number][]): void {
  points.forEach(([px, py], i) => (i === 0 ? sheet.doc.moveTo(px, py) : sheet.doc.lineTo(px, py)));
}

function label(sheet: Sheet, text: string, x: number, y: number, color: string = colors.muted): void {
  sheet.put(text, x, y, { ...styles.axis, color });
}
