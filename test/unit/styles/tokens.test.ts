import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrast } from '../../e2e/ui/tokens.ts';

const css = readFileSync(resolve(import.meta.dirname, '../../../src/renderer/styles/tokens.css'), 'utf8');

/** The colours of one rule of the sheet, by selector. */
function colours(selector: string): Record<string, string> {
  const escaped = selector.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const body = new RegExp(`^${escaped} \\{([^}]*)\\}`, 'm').exec(css)?.[1] ?? '';
  return Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
}

const light = colours(':root');
const dark = { ...light, ...colours(":root[data-theme='dark']") };
const themes = {
  light,
  dark,
  'light, high contrast': { ...light, ...colours(":root[data-contrast='more']") },
  'dark, high contrast': {
    ...dark,
    ...colours(":root[data-contrast='more']"),
    ...colours(":root[data-theme='dark'][data-contrast='more']"),
  },
};
const grounds = ['bg', 'surface', 'raised'];

describe.each(Object.entries(themes))('the tokens, %s', (name, tokens) => {
  const high = name.includes('contrast');
  const at = (token: string): string => tokens[token] ?? '';

  it('have words that can be read on every ground', () => {
    for (const word of ['text', 'muted', 'accent', 'ok', 'warn', 'bad', 'sim']) {
      for (const ground of grounds) {
        expect(contrast(at(word), at(ground)), `${word} on ${ground}`).toBeGreaterThanOrEqual(high ? 7 : 5.3);
      }
    }
    expect(contrast(at('on-accent'), at('accent'))).toBeGreaterThanOrEqual(high ? 7 : 5.4);
  });

  it('have outlines and series that can be seen', () => {
    for (const token of ['border-strong', 'data-1', 'data-2', 'data-3', 'data-4', 'data-5', 'data-6']) {
      expect(contrast(at(token), at('surface')), token).toBeGreaterThanOrEqual(high ? 4.5 : 3);
    }
    if (high) expect(contrast(at('border'), at('surface'))).toBeGreaterThanOrEqual(4.5);
  });

  it('keep the verdicts and the first four series apart for colour-blind eyes', () => {
    for (const set of [
      ['ok', 'bad'],
      ['data-1', 'data-2', 'data-3', 'data-4'],
    ]) {
      for (const [index, one] of set.entries()) {
        for (const other of set.slice(index + 1)) {
          for (const [eye, matrix] of Object.entries(deficiencies)) {
            const apart = difference(seen(at(one), matrix), seen(at(other), matrix));
            expect(apart, `${one} and ${other}, ${eye}`).toBeGreaterThanOrEqual(8);
          }
        }
      }
    }
  });
});

/** Machado, Oliveira and Fernandes, 2009: severity 1, on linear RGB. */
const deficiencies = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

function seen(hex: string, matrix: number[][]): number[] {
  const linear = [1, 3, 5]
    .map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, weight, at) => sum + weight * (linear[at] ?? 0), 0),
      ),
    ),
  );
}

/** CIE 1976 difference of two linear RGB colours; 2.3 is just noticeable side by side. */
function difference(one: number[], other: number[]): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)));
}

function lab([r = 0, g = 0, b = 0]: number[]): number[] {
  const xyz = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
  ].map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116));
  const [x = 0, y = 0, z = 0] = xyz;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
