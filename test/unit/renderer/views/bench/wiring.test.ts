import { describe, expect, it } from 'vitest';
import { wiringPlan } from '../../../../../src/renderer/views/bench/wiring/plan.ts';
import type { WiringPlan, WiringSetup } from '../../../../../src/renderer/views/bench/wiring/plan.ts';
import { en } from '../../../../../src/shared/locales/en/index.ts';

const setups: WiringSetup[] = [
  { mode: 'performance', monitor: 'lpm01a', ioManager: false },
  ...(['lpm01a', 'ppk2', 'ppk2-ampere'] as const).flatMap((monitor) =>
    [false, true].map((ioManager): WiringSetup => ({ mode: 'energy', monitor, ioManager })),
  ),
];
const nameOf = ({ mode, monitor, ioManager }: WiringSetup): string =>
  mode === 'performance' ? mode : `${monitor}${ioManager ? ' with IO manager' : ''}`;

function pinPlaces({ boxes }: WiringPlan): { box: string; pin: string; x: number; y: number }[] {
  return boxes.flatMap((box) =>
    box.pins.map((pin) => ({
      box: box.id,
      pin: pin.id,
      x: pin.side === 'top' ? pin.at : pin.side === 'left' ? box.x : box.x + box.width,
      y: pin.side === 'top' ? box.y : pin.at,
    })),
  );
}

describe.each(setups.map((setup) => [nameOf(setup), setup] as const))('%s', (_name, setup) => {
  const plan = wiringPlan(setup);

  it('has wires that end at pins, at a corner of another wire or inside the level shifter, and run along the axes', () => {
    const places = pinPlaces(plan);
    const shifter = plan.boxes.find(({ id }) => id === 'shifter');
    for (const { points } of plan.wires) {
      for (const [x, y] of [points[0], points.at(-1)].filter((point) => point !== undefined)) {
        const atPin = places.some((place) => place.x === x && place.y === y);
        const atShifter = shifter !== undefined && (x === shifter.x || x === shifter.x + shifter.width);
        const atWire = plan.wires.some(
          (other) => other.points !== points && other.points.slice(1, -1).some(([cx, cy]) => cx === x && cy === y),
        );
        expect(atPin || atShifter || atWire, `${x},${y}`).toBe(true);
      }
      points.slice(1).forEach(([x, y], index) => {
        const [fromX, fromY] = points[index] ?? [x, y];
        expect(x === fromX || y === fromY).toBe(true);
      });
    }
  });

  it('keeps its boxes apart and inside the drawing, and its pins on their boxes', () => {
    for (const box of plan.boxes) {
      expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= plan.width && box.y + box.height <= plan.height).toBe(
        true,
      );
      for (const pin of box.pins) {
        if (pin.side === 'top') expect(pin.at > box.x && pin.at < box.x + box.width).toBe(true);
        else expect(pin.at > box.y + 28 && pin.at < box.y + box.height, `${box.id} ${pin.id}`).toBe(true);
      }
      for (const other of plan.boxes) {
        if (other === box) continue;
        const apart =
          other.x >= box.x + box.width ||
          other.x + other.width <= box.x ||
          other.y >= box.y + box.height ||
          other.y + other.height <= box.y;
        expect(apart, `${box.id} and ${other.id}`).toBe(true);
      }
    }
  });

  it('has a check list of its own, with words', () => {
    const words: Record<string, string> = en.ui.wiring.check;
    expect(new Set(plan.checks).size).toBe(plan.checks.length);
    for (const check of plan.checks) expect(words[check]).toMatch(/\w/);
  });
});

it('supplies the DUT from the measured output alone, and the level shifter never from it', () => {
  for (const setup of setups.filter(({ mode }) => mode === 'energy')) {
    const plan = wiringPlan(setup);
    const supply = pinPlaces(plan).find(({ box, pin }) => box === 'dut' && pin === 'supply');
    const ending = plan.wires.filter(({ points }) => points.some(([x, y]) => x === supply?.x && y === supply.y));
    expect(ending.map(({ kind }) => kind)).toEqual(['measured']);
    const low = pinPlaces(plan).find(({ box, pin }) => box === 'shifter' && pin === 'low');
    const feeding = plan.wires.filter(({ points }) => points.some(([x, y]) => x === low?.x && y === low.y));
    expect(feeding.map(({ kind }) => kind)).toEqual(setup.ioManager ? ['unmeasured'] : []);
  }
});
