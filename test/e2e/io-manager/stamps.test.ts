import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildIoManager, clockHz, noAvrReason, startUno } from '../../rig/avr/index.ts';
import type { IoManagerBuild, Uno } from '../../rig/avr/index.ts';

if (noAvrReason) console.info(`IO manager: ${noAvrReason}`);

const cyclesPerUs = clockHz / 1e6;
let build: IoManagerBuild;
let uno: Uno;

function command(text: string): void {
  uno.fromHost(`${text}%`);
  uno.runFor(0.02);
  uno.host = '';
}

/** The stamps that have come, in microseconds. */
const stamps = (): number[] => [...uno.host.matchAll(/m-lap-us-(\d+)\r\n/g)].map(([, digits]) => Number(digits));

/** How far each stamp is from its edge, in microseconds, after the first one is laid on its edge. */
function errorsUs(edges: number[]): number[] {
  const found = stamps();
  expect(found).toHaveLength(edges.length);
  return edges.map((edge, index) => found[index]! - found[0]! - (edge - edges[0]!) / cyclesPerUs);
}

/** Low for 1 ms at each of these cycles. */
function pulse(edges: number[]): void {
  for (const edge of edges) {
    uno.stampLevel(false, edge);
    uno.stampLevel(true, edge + clockHz / 1_000);
  }
}

describe.skipIf(noAvrReason)('time stamps of D3', () => {
  beforeAll(() => {
    build = buildIoManager();
  });
  beforeEach(() => {
    uno = startUno(build);
    uno.runFor(0.01);
  });

  it('come only while the timer is on, on any change or on falling edges', () => {
    const edgesSeen = (): number => {
      uno.host = '';
      pulse([uno.cycles + 1_000]);
      uno.runFor(0.02);
      return stamps().length;
    };
    expect(edgesSeen()).toBe(0);
    command('enable-timer');
    expect(edgesSeen()).toBe(2);
    command('tm 0');
    expect(edgesSeen()).toBe(0);
    command('enable-timer');
    expect(edgesSeen()).toBe(1);
    command('disable-timer');
    expect(edgesSeen()).toBe(0);
    command('tm 1');
    command('enable-timer');
    expect(edgesSeen()).toBe(2);
  });

  it('are multiples of 4 us, exact where the edges are, over every overflow of the timer', () => {
    command('tm 0');
    command('enable-timer');
    // 65,521 ticks apart: against the overflow each 65,536 ticks, the edges walk back through it.
    // In the middle of a tick, so that the few cycles by which an interrupt may be late do not matter.
    const first = Math.ceil(uno.cycles / 64) * 64 + 6_432;
    const edges = Array.from({ length: 40 }, (_, index) => first + index * 65_521 * 64);
    pulse(edges);
    uno.runFor(11);
    expect(stamps().every((stamp) => stamp % 4 === 0)).toBe(true);
    expect(errorsUs(edges).every((error) => error === 0)).toBe(true);
  });

  it('are right to one step when the edges come at any time', () => {
    command('tm 0');
    command('enable-timer');
    const edges = Array.from({ length: 60 }, (_, index) => uno.cycles + 1_000 + index * 48_017);
    pulse(edges);
    uno.runFor(0.3);
    for (const error of errorsUs(edges)) expect(Math.abs(error)).toBeLessThan(4.5);
  });

  it('come within an overflow: the edge falls on each tick around it', () => {
    command('tm 0');
    command('enable-timer');
    // Ticks since reset of a first edge show where the next overflow is.
    const first = uno.cycles + 1_000;
    pulse([first]);
    uno.runFor(0.01);
    const toOverflow = 65_536 - ((stamps()[0]! / 4) % 65_536);
    const edges = [first];
    for (let index = 0; index < 24; index++) {
      edges.push(first + (toOverflow + index * 65_536) * 64 + (index - 12) * 11);
    }
    pulse(edges.slice(1));
    uno.runFor(7);
    for (const error of errorsUs(edges)) expect(Math.abs(error)).toBeLessThanOrEqual(8);
  });

  it('stay within three steps while both serial ports are busy', () => {
    command('tm 0');
    command('enable-timer');
    uno.fromDut(`${'m-results-[0.123,0.456]'.repeat(2)}\r\n`.repeat(30));
    for (let index = 0; index < 20; index++) uno.fromHost(`dut db ${'5a'.repeat(26)}%`);
    const edges = Array.from({ length: 80 }, (_, index) => uno.cycles + 1_000 + index * 240_011);
    pulse(edges);
    uno.runFor(2);
    const errors = errorsUs(edges);
    expect(Math.max(...errors) - Math.min(...errors)).toBeLessThanOrEqual(12);
  });

  it('overtake the text of the DUT', () => {
    command('tm 0');
    command('enable-timer');
    uno.fromDut('m-infer-start-10\r\n');
    pulse([uno.cycles + clockHz / 100]);
    uno.runFor(0.05);
    expect(uno.host).toMatch(/^m-lap-us-\d+\r\n\[dut\]: m-infer-start-10\r\n$/);
  });

  it('do not keep a host from switching them off, nor the DUT from being heard, when D3 never rests', () => {
    command('enable-timer');
    for (let edge = 0; edge < 3_000; edge++) uno.stampLevel(edge % 2 === 1, uno.cycles + edge * 5_000);
    uno.fromDut('m-infer-start-10\r\n'.repeat(30));
    uno.runFor(0.7);
    expect(uno.host.match(/^\[dut\]: m-infer-start-10\r$/gm)).toHaveLength(30);
    uno.fromHost('disable-timer%');
    uno.runFor(0.15);
    expect(uno.host).toMatch(/m-timer-disabled\r\nm-ready\r\n$/);
  });

  it('say how many edges were lost when they come too fast', () => {
    command('enable-timer');
    for (let edge = 0; edge < 100; edge++) uno.stampLevel(edge % 2 === 1, uno.cycles + 1_000 + edge * 800);
    uno.runFor(0.2);
    const lost = [...uno.host.matchAll(/e-\[Edges lost: (\d+)\]\r\n/g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
    expect(lost).toBeGreaterThan(0);
    expect(stamps().length + lost).toBe(100);
  });
});
