import { expect, it } from 'vitest';
import type { z } from 'zod';
import { dutQuirkSchema, dutWarningCodeSchema } from '../../../src/shared/domain/dut.ts';
import { faultCatalogue } from '../../../src/shared/fault/index.ts';
import type { FaultCode } from '../../../src/shared/fault/index.ts';
import { faultWords } from '../../../src/shared/locales/en/faults/index.ts';
import { createText } from '../../../src/shared/text/index.ts';

const text = createText('en');

it.each(dutWarningCodeSchema.options)('the warning %s has its words', (code) => {
  expect(text.t(`dut.warning.${code}`, { count: 3, text: 'm-x' })).toMatch(/^[A-Z][^{}]*\.$/);
});

it.each(dutQuirkSchema.options)('the quirk %s has its words', (quirk) => {
  expect(text.t(`dut.quirk.${quirk}`)).toMatch(/^[a-z]+s .*[^.]$/);
});

const areas = Object.entries(faultCatalogue).filter(([code]) => /^(dut|transport)\./.test(code));

it.each(areas)('the words of %s name only its facts', (code, definition) => {
  const words = faultWords[code as FaultCode];
  const known = Object.keys((definition.facts as z.ZodObject).shape);
  for (const line of [words.what, ...words.causes, ...words.remedies]) {
    for (const [, name] of line.matchAll(/\{(\w+)\}/g)) expect(known).toContain(name);
  }
  expect(words.remedies.length).toBeGreaterThan(0);
  expect(words.causes.length).toBeGreaterThan(0);
});
