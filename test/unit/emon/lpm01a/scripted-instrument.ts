import type { ByteStream } from '../../../../src/main/transport/byte-stream.ts';
import { createPipe } from '../../../../src/main/transport/index.ts';
import { ascii, join } from './collect.ts';

/** What the instrument does with a command: text or bytes to send; undefined for the ordinary acknowledgement. */
export type Script = (command: string) => string | Uint8Array | undefined;

/** A little instrument that acknowledges everything, unless its script knows better. It sends samples only when told to. */
export class ScriptedInstrument {
  readonly host: ByteStream;
  readonly commands: string[] = [];
  supplyOn = true;
  acquiring = false;
  firmware = '1.0.6';
  script: Script = () => undefined;
  readonly #far: ByteStream;
  #line = '';

  constructor() {
    const [host, far] = createPipe({ labels: ['LPM01A', 'far'] });
    this.host = host;
    this.#far = far;
    far.onData((chunk) => {
      for (const char of Buffer.from(chunk).toString('latin1')) {
        if (char !== '\n') this.#line += char;
        else {
          const command = this.#line.replaceAll('\r', '');
          this.#line = '';
          if (command !== '') this.#execute(command);
        }
      }
    });
  }

  send(...parts: (string | Uint8Array)[]): void {
    void this.#far.write(join(...parts.map((part) => (typeof part === 'string' ? ascii(part) : part))));
  }

  unplug(): void {
    void this.#far.close();
  }

  #execute(command: string): void {
    this.commands.push(command);
    const answer = this.script(command);
    if (answer !== undefined) {
      if (answer.length > 0) this.send(answer);
      return;
    }
    if (command.startsWith('pwr o')) this.supplyOn = command.startsWith('pwr on');
    if (command === 'start') this.acquiring = true;
    if (command === 'powershield') return this.send(ack('powershield 540619864-1110659081-4784204'));
    if (command === 'version') return this.send(ack(`version: ${this.firmware}`));
    if (command === 'volt get') return this.send(ack('volt get 3292-03'));
    if (command === 'temp degc') return this.send(ack('temp degc 28.0'));
    if (command === 'stop') {
      const wasAcquiring = this.acquiring;
      this.acquiring = false;
      this.send(wasAcquiring ? '\r\nend\r\n\r\nsummary beg\r\n0002-08\r\n1676-08\r\nsummary end\r\n' : '');
      return this.send('\r\nPowerShield > Acquisition completed\r\n');
    }
    this.send(ack(command));
  }
}

export function ack(text: string): string {
  return `\r\nPowerShield > ack ${text}\r\n\r\n`;
}
