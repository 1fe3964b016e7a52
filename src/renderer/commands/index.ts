export { keysOf } from './shortcut.ts';
export type { Shortcut } from './shortcut.ts';
export { provideCommands, useCommands } from './use-commands.ts';
export type { Command, CommandGroup } from './use-commands.ts';
