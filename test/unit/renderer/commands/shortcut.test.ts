import { describe, expect, it } from 'vitest';
import { isMac, isPlain, keysOf, matches } from '../../../../src/renderer/commands/shortcut.ts';
import type { KeyPress } from '../../../../src/renderer/commands/shortcut.ts';

const press = (key: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...rest,
});

describe('shortcuts', () => {
  it('take Ctrl, and Cmd on a Mac', () => {
    const palette = { key: 'k', mod: true };
    expect(matches(palette, press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matches(palette, press('K', { ctrlKey: true }), false)).toBe(true);
    expect(matches(palette, press('k', { metaKey: true }), false)).toBe(false);
    expect(matches(palette, press('k', { metaKey: true }), true)).toBe(true);
    expect(matches(palette, press('k', { ctrlKey: true }), true)).toBe(false);
    expect(matches(palette, press('k', { ctrlKey: true, altKey: true }), false)).toBe(false);
    expect(matches(palette, press('k'), false)).toBe(false);
  });

  it('take the key itself where Alt changes its character', () => {
    const go = { key: 'digit1', alt: true };
    expect(matches(go, press('¡', { code: 'Digit1', altKey: true }), true)).toBe(true);
    expect(matches(go, press('1', { code: 'Digit1' }), false)).toBe(false);
  });

  it('do not ask for Shift where the character tells it', () => {
    expect(matches({ key: '?' }, press('?', { shiftKey: true }), false)).toBe(true);
    expect(matches({ key: '?' }, press('?'), false)).toBe(true);
    expect(isPlain({ key: '?' })).toBe(true);
    expect(isPlain({ key: 'k', mod: true })).toBe(false);
  });

  it('are printed as people know them', () => {
    expect(keysOf({ key: 'k', mod: true }, false)).toEqual(['Ctrl', 'K']);
    expect(keysOf({ key: 'k', mod: true }, true)).toEqual(['⌘', 'K']);
    expect(keysOf({ key: 'digit3', alt: true }, false)).toEqual(['Alt', '3']);
    expect(keysOf({ key: 'digit3', alt: true }, true)).toEqual(['⌥', '3']);
    expect(isMac('MacIntel')).toBe(true);
    expect(isMac('Win32')).toBe(false);
  });
});
