import type { ConsoleLine } from '../domain/bench-console.ts';
import type { Text } from './index.ts';

const signs = { out: '>', in: '<', note: '#' } as const;

/** What stands in a line: its text, or the words for what it stands for. */
export function consoleLineText(
  text: Pick<Text, 'locale'> & { t(key: string, values?: object): string },
  line: ConsoleLine,
): string {
  if (line.kind === 'samples' || line.kind === 'bytes')
    return text.t(`ui.console.${line.kind}`, { count: line.count ?? 0 });
  return line.direction === 'note' ? text.t(`ui.console.note.${line.kind}`, { text: line.text }) : line.text;
}

/** A line as it is copied and saved: UTC time, direction (`>` sent, `<` received, `#` note), text, with tabs between them. */
export function consoleLineRecord(text: Parameters<typeof consoleLineText>[0], line: ConsoleLine): string {
  return [new Date(line.atEpochMs).toISOString(), signs[line.direction], consoleLineText(text, line)].join('\t');
}
