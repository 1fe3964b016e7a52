import { commandOf } from './command.ts';
import { Keeper } from './keeper.ts';
import type { RunnerCommand } from './command.ts';

/** What `script.async` asks the runner to send. */
export interface Script {
  steps: number;
  /** One for each `infer`, with the file loaded before it. */
  infers: { file: string | null; offsetBytes: number; inferences: number; warmups: number }[];
  /** Why reading ended early; null for a whole script. */
  broken: { reason: 'syntax' | 'tooLarge' | 'truncated'; at: number } | null;
}

const scriptLimits = { bytes: 256 * 1024 * 1024, steps: 400_000, textCharacters: 4096 } as const;

/**
 * Reads `script.async`: the literal of a JavaScript array of objects with the keys `cmd`, `ms` and `ack` (results and submission,
 * section 3). It is read as text, never evaluated; what does not follow that form ends the reading, and the answer says where.
 */
export async function readScript(pieces: AsyncIterable<Uint8Array>): Promise<Script> {
  const scanner = new ScriptScanner();
  const decoder = new TextDecoder('utf-8');
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > scriptLimits.bytes) return scanner.end('tooLarge');
    if (!scanner.push(decoder.decode(piece, { stream: true }))) return scanner.end('syntax');
  }
  return scanner.end('truncated');
}

type State =
  | 'start'
  | 'item'
  | 'key'
  | 'inKey'
  | 'colon'
  | 'value'
  | 'string'
  | 'escape'
  | 'regex'
  | 'regexEscape'
  | 'regexClass'
  | 'regexClassEscape'
  | 'flags'
  | 'bare'
  | 'afterValue'
  | 'afterItem'
  | 'slash'
  | 'comment'
  | 'star'
  | 'done';

const space = /\s/;
const backslash = 0x5c;
const apostrophe = 0x27;
const quotationMark = 0x22;
const asterisk = 0x2a;
const blank = 0x20;
/** States in which blanks mean nothing. */
const skipsSpace: ReadonlySet<State> = new Set([
  'start',
  'item',
  'key',
  'colon',
  'value',
  'afterValue',
  'afterItem',
  'done',
]);

class ScriptScanner {
  #state: State = 'start';
  /** State to go on with after a comment. */
  #after: State = 'start';
  #at = 0;
  #token = '';
  #key = '';
  #quote = '';
  #command: string | undefined;
  #loaded: Extract<RunnerCommand, { kind: 'load' }> | undefined;
  readonly #keep = new Keeper();
  readonly #script: Script = { steps: 0, infers: [], broken: null };

  /** False where the text is no script. */
  push(text: string): boolean {
    for (let at = 0; at < text.length; at += 1) {
      // What a string, a comment or the space between steps consists of is passed over at once: it is most of a script.
      const end = this.#endOfRun(text, at);
      if (end > at) {
        if (this.#state === 'string') this.#add(text.slice(at, end));
        this.#at += end - at;
        at = end;
        if (at === text.length) break;
      }
      this.#at += 1;
      if (!this.#next(text.charAt(at))) return false;
    }
    return true;
  }

  /** End of the characters from `at` on that change nothing but the token. */
  #endOfRun(text: string, at: number): number {
    let end = at;
    switch (this.#state) {
      case 'string':
        for (; end < text.length; end += 1) {
          const code = text.charCodeAt(end);
          if (code === backslash || code === apostrophe || code === quotationMark) break;
        }
        return end;
      case 'comment':
        while (end < text.length && text.charCodeAt(end) !== asterisk) end += 1;
        return end;
      default:
        if (skipsSpace.has(this.#state)) while (end < text.length && text.charCodeAt(end) === blank) end += 1;
        return end;
    }
  }

  end(reason: 'syntax' | 'tooLarge' | 'truncated'): Script {
    return {
      ...this.#script,
      broken: this.#state === 'done' && reason === 'truncated' ? null : { reason, at: this.#at },
    };
  }

  #next(char: string): boolean {
    switch (this.#state) {
      case 'string':
        if (char === '\\') return this.#to('escape');
        return char === this.#quote ? this.#value(this.#token) : this.#add(char);
      case 'escape':
        this.#state = 'string';
        return this.#add(char);
      case 'regex':
        if (char === '\\') return this.#to('regexEscape');
        if (char === '[') return this.#to('regexClass');
        return char === '/' ? this.#to('flags') : char !== '\n' && this.#add(char);
      case 'regexEscape':
        return this.#to('regex');
      case 'regexClass':
        if (char === '\\') return this.#to('regexClassEscape');
        return char === ']' ? this.#to('regex') : char !== '\n';
      case 'regexClassEscape':
        return this.#to('regexClass');
      case 'flags':
        if (/[a-z]/.test(char)) return this.#add(char);
        return this.#value('') && this.#next(char);
      case 'inKey':
        if (/\w/.test(char)) return this.#add(char);
        this.#key = this.#token;
        return this.#to('colon') && this.#next(char);
      case 'bare':
        if (/[\w.+-]/.test(char)) return this.#add(char);
        return this.#value(this.#token) && this.#next(char);
      case 'slash':
        return char === '*' && this.#to('comment');
      case 'comment':
        return this.#to(char === '*' ? 'star' : 'comment');
      case 'star':
        return this.#to(char === '/' ? this.#after : char === '*' ? 'star' : 'comment');
      default:
        if (char === '/' && this.#state !== 'value') {
          this.#after = this.#state;
          return this.#to('slash');
        }
        return space.test(char) || char === '\ufeff' || this.#structure(char);
    }
  }

  #structure(char: string): boolean {
    switch (this.#state) {
      case 'start':
        return char === '[' && this.#to('item');
      case 'item':
        if (char === ']') return this.#to('done');
        this.#command = undefined;
        return char === '{' && this.#to('key');
      case 'key':
        if (char === '}') return this.#item();
        if (!/[A-Za-z_]/.test(char)) return false;
        this.#token = char;
        return this.#to('inKey');
      case 'colon':
        return char === ':' && this.#to('value');
      case 'value':
        this.#token = '';
        if (char === "'" || char === '"') {
          this.#quote = char;
          return this.#to('string');
        }
        if (char === '/') return this.#to('regex');
        if (!/[\w-]/.test(char)) return false;
        this.#token = char;
        return this.#to('bare');
      case 'afterValue':
        if (char === ',') return this.#to('key');
        return char === '}' && this.#item();
      case 'afterItem':
        if (char === ',') return this.#to('item');
        return char === ']' && this.#to('done');
      default:
        return char === ';';
    }
  }

  #to(state: State): true {
    this.#state = state;
    return true;
  }

  #add(char: string): boolean {
    const room = scriptLimits.textCharacters - this.#token.length;
    if (room > 0) this.#token += char.length > room ? char.slice(0, room) : char;
    return true;
  }

  #value(text: string): boolean {
    if (this.#key === 'cmd') this.#command = text;
    return this.#to('afterValue');
  }

  #item(): boolean {
    const script = this.#script;
    script.steps += 1;
    if (script.steps > scriptLimits.steps) return false;
    const command = commandOf(this.#command ?? '');
    if (command.kind === 'load') this.#loaded = command;
    if (command.kind === 'infer')
      script.infers.push({
        file: this.#loaded ? this.#keep.text(this.#loaded.file) : null,
        offsetBytes: this.#loaded?.offsetBytes ?? 0,
        inferences: command.inferences,
        warmups: command.warmups,
      });
    return this.#to('afterItem');
  }
}
