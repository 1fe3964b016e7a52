import { LiveTopic } from '../../shared/contract/index.ts';
import { consoleKept, consoleRead, consoleTail } from '../../shared/domain/bench-console.ts';
import type { ConsoleChannel, ConsoleLine, ConsoleTail } from '../../shared/domain/bench-console.ts';
import { tapStream } from '../transport/index.ts';
import type { Tap } from '../transport/index.ts';
import { ConsoleAssembler } from './console-lines.ts';
import type { LineDraft } from './console-lines.ts';

interface Channel {
  topic: LiveTopic<ConsoleTail>;
  lines: ConsoleLine[];
  nextSeq: number;
  /** Lines that viewers have not been told of. */
  fresh: number;
}

/** Lines beyond those that are kept, before they are dropped in one go. */
const slack = 2000;

/** What was said on the lines to the instruments: a bounded history a channel, for however many pages. */
export class Consoles {
  readonly #channels: ReadonlyMap<ConsoleChannel, Channel>;
  readonly #defer: (work: () => void) => void;
  #scheduled = false;

  /** @param defer Runs the work a little later; a bench at full speed shall not drown a page. */
  constructor(defer: (work: () => void) => void) {
    this.#defer = defer;
    const names: readonly ConsoleChannel[] = ['dut', 'monitor', 'ioManager', 'tools'];
    this.#channels = new Map(
      names.map((name) => [
        name,
        {
          topic: new LiveTopic<ConsoleTail>({ firstSeq: 1, lines: [], byHand: null }),
          lines: [],
          nextSeq: 1,
          fresh: 0,
        },
      ]),
    );
  }

  topic(channel: ConsoleChannel): LiveTopic<ConsoleTail> {
    return this.#of(channel).topic;
  }

  /** Up to `consoleRead` lines before a number, oldest first. */
  read(channel: ConsoleChannel, beforeSeq: number): ConsoleLine[] {
    const { lines } = this.#of(channel);
    const first = lines[0]?.seq ?? 0;
    const end = Math.max(0, Math.min(lines.length, beforeSeq - first));
    return lines.slice(Math.max(0, end - consoleRead), end);
  }

  /** All that is kept, oldest first. */
  all(channel: ConsoleChannel): readonly ConsoleLine[] {
    return this.#of(channel).lines;
  }

  add(channel: ConsoleChannel, atEpochMs: number, draft: LineDraft): void {
    const one = this.#of(channel);
    one.lines.push({ seq: one.nextSeq, atEpochMs, ...draft });
    one.nextSeq += 1;
    one.fresh += 1;
    if (one.lines.length > consoleKept + slack) one.lines.splice(0, one.lines.length - consoleKept);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#defer(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  /** Tells viewers what has gathered. */
  flush(): void {
    for (const one of this.#channels.values()) {
      if (one.fresh === 0) continue;
      const values = one.lines.slice(-Math.min(one.fresh, consoleTail));
      one.fresh = 0;
      one.topic.update([
        { op: 'append', path: ['lines'], values, keep: consoleTail },
        { op: 'set', path: ['firstSeq'], value: one.lines[0]?.seq ?? 1 },
      ]);
    }
  }

  setByHand(channel: ConsoleChannel, port: string | null): void {
    this.topic(channel).update([{ op: 'set', path: ['byHand'], value: port }]);
  }

  readonly tap: Tap = (stream, { channel, speech, clock }) => {
    const say = (draft: LineDraft): void => this.add(channel, clock.epochMs(), draft);
    const assembler = new ConsoleAssembler(speech, say);
    const baud = stream.baud === undefined ? '' : ` ${stream.baud}`;
    say({ direction: 'note', kind: 'opened', text: `${stream.label}${baud}` });
    return tapStream(stream, {
      sent: (bytes) => assembler.sent(bytes),
      received: (bytes) => assembler.received(bytes),
      closed: (reason) => {
        assembler.end();
        say({ direction: 'note', kind: reason ? 'lost' : 'closed', text: stream.label });
      },
    });
  };

  #of(channel: ConsoleChannel): Channel {
    const found = this.#channels.get(channel);
    if (!found) throw new RangeError(`no channel ${channel}`);
    return found;
  }
}
