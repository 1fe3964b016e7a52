/** A key with its modifiers. `mod` is Cmd on a Mac and Ctrl elsewhere. */
export interface Shortcut {
  /** `KeyboardEvent.key` in lower case, or `KeyboardEvent.code` for keys whose character depends on Alt. */
  key: string;
  mod?: boolean;
  alt?: boolean;
  shift?: boolean;
}

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether a key press is this shortcut. Shift is not asked for where the character already tells it (`?`). */
export function matches(shortcut: Shortcut, press: KeyPress, mac: boolean): boolean {
  if (press.key.toLowerCase() !== shortcut.key && press.code.toLowerCase() !== shortcut.key) return false;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const otherMod = mac ? press.ctrlKey : press.metaKey;
  if (mod !== (shortcut.mod ?? false) || otherMod || press.altKey !== (shortcut.alt ?? false)) return false;
  return shortcut.shift === undefined || press.shiftKey === shortcut.shift;
}

/** Whether the shortcut is a plain character that a text field needs for itself. */
export function isPlain(shortcut: Shortcut): boolean {
  return !shortcut.mod && !shortcut.alt;
}

/** The keys as they are printed: `Ctrl+K`, `⌘K`, `Alt+1`, `?`. */
export function keysOf(shortcut: Shortcut, mac: boolean): readonly string[] {
  const name = shortcut.key.startsWith('digit') ? shortcut.key.slice('digit'.length) : shortcut.key.toUpperCase();
  return [
    ...(shortcut.mod ? [mac ? '⌘' : 'Ctrl'] : []),
    ...(shortcut.alt ? [mac ? '⌥' : 'Alt'] : []),
    ...(shortcut.shift ? [mac ? '⇧' : 'Shift'] : []),
    name,
  ];
}

/** Whether this computer has a Cmd key. */
export function isMac(platform: string): boolean {
  return /mac|iphone|ipad|darwin/i.test(platform);
}
