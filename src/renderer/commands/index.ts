export { keysOf } from './shortcut.ts';
export type { Shortcut } from './shortcut.ts';
export { provideCommands, useCommands } from './use-commands.ts';
export type { Command } from './use-commands.ts';
