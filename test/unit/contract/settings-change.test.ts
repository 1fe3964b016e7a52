import { expect, it } from 'vitest';
import { contract } from '../../../src/shared/contract/index.ts';
import { settingsSchema } from '../../../src/shared/domain/settings.ts';

const { input } = contract['settings.set'];

it('a change of the settings carries only what it names', () => {
  expect(input.parse({ operator: 'Ada' })).toEqual({ operator: 'Ada' });
  expect(input.parse({})).toEqual({});
});

it('every setting can be changed, and nothing else', () => {
  const all = Object.keys(settingsSchema.parse({})).filter((name) => name !== 'version');
  expect(Object.keys(input.shape).sort()).toEqual(all.sort());
  expect(input.safeParse({ colour: 'red' }).success).toBe(false);
  expect(input.safeParse({ theme: 'pink' }).success).toBe(false);
});
