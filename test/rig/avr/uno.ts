import {
  AVRIOPort,
  AVRTimer,
  AVRUSART,
  avrInstruction,
  CPU,
  portBConfig,
  portDConfig,
  timer1Config,
  usart0Config,
} from 'avr8js';

export const clockHz = 16_000_000;
const flashBytes = 32_768;
const ramBytes = 2_048;
const sleepOpcode = 0x9588;
const seiOpcode = 0x9478;
const hostByteCycles = (clockHz / 115_200) * 10;
const receiveComplete = 0x80;
const dutSends = 0; // PB0, D8
const dutReceives = 1; // PB1, D9
const stampPin = 3; // PD3, D3

interface Stimulus {
  cycle: number;
  act: () => void;
}

/**
 * An Arduino UNO in avr8js: the host on its USART, a DUT on the wires of D8 and D9, the timestamp on D3. Time is counted in cycles of
 * 16 MHz. Both serial ports are played from outside bit by bit or byte by byte at their real speed, whether the firmware keeps up or not.
 */
export class Uno {
  /** What the host has received. */
  host = '';
  /** What the DUT has received. */
  dut = '';
  /** Bytes that came to the host's USART before the one before was taken: lost on a real chip, too. */
  overruns = 0;
  /** Frames on D9 without a stop bit. */
  framingErrors = 0;
  /** Called with each complete command that the DUT receives, without its `%`. */
  onDutCommand: (command: string) => void = () => {};
  /** The lowest address that the stack has reached. */
  stackLow = Number.POSITIVE_INFINITY;
  /** Bits per second that the DUT sends with and receives at. */
  dutBaud = 9_600;

  private readonly cpu: CPU;
  private readonly usart: AVRUSART;
  private readonly portB: AVRIOPort;
  private readonly portD: AVRIOPort;
  private readonly stimuli: Stimulus[] = [];
  private hostBusyUntil = 0;
  private dutBusyUntil = 0;
  private receiving = false;
  private command = '';

  constructor(flash: Uint8Array) {
    const program = new Uint16Array(flashBytes / 2);
    new Uint8Array(program.buffer).set(flash);
    this.cpu = new CPU(program, ramBytes);
    this.usart = new AVRUSART(this.cpu, usart0Config, clockHz);
    this.portB = new AVRIOPort(this.cpu, portBConfig);
    this.portD = new AVRIOPort(this.cpu, portDConfig);
    new AVRTimer(this.cpu, timer1Config);
    this.keepReceived();
    this.usart.onByteTransmit = (byte) => {
      this.host += String.fromCharCode(byte);
    };
    this.portB.setPin(dutSends, true);
    this.portD.setPin(stampPin, true);
    this.portB.addListener((now, before) => {
      if (before & ~now & (1 << dutReceives)) this.startBit();
    });
  }

  /** Cycles since reset. */
  get cycles(): number {
    return this.cpu.cycles;
  }

  /** What the USART was set to, in bits per second. */
  get hostBaud(): number {
    return this.usart.baudRate;
  }

  /** The level of D9. */
  get sendPin(): boolean {
    return (this.cpu.data[portBConfig.PIN]! & (1 << dutReceives)) !== 0;
  }

  /** Sends bytes to the USART at 115200 baud, behind what is on its way already. */
  fromHost(bytes: string | Uint8Array): void {
    for (const byte of Buffer.from(bytes as string, 'latin1')) {
      this.hostBusyUntil = Math.max(this.hostBusyUntil, this.cycles) + hostByteCycles;
      this.at(this.hostBusyUntil, () => {
        if (this.cpu.data[usart0Config.UCSRA]! & receiveComplete) this.overruns += 1;
        this.usart.writeByte(byte, true);
      });
    }
  }

  /** Sends bytes on D8, bit by bit, behind what is on its way already. */
  fromDut(bytes: string | Uint8Array): void {
    const bit = clockHz / this.dutBaud;
    for (const byte of Buffer.from(bytes as string, 'latin1')) {
      const start = Math.max(this.dutBusyUntil, this.cycles + 1);
      const frame = (byte << 1) | 0x200;
      for (let index = 0; index < 10; index++) {
        this.dutLevel((frame & (1 << index)) !== 0, start + index * bit);
      }
      this.dutBusyUntil = start + 10 * bit;
    }
  }

  /** D8 goes to this level at that cycle. */
  dutLevel(high: boolean, cycle: number): void {
    this.at(cycle, () => {
      this.portB.setPin(dutSends, high);
    });
  }

  /** D3 goes to this level at that cycle. */
  stampLevel(high: boolean, cycle: number): void {
    this.at(cycle, () => {
      this.portD.setPin(stampPin, high);
    });
  }

  /** Runs until the condition holds; false when it does not within this many seconds of the board. */
  runUntil(holds: () => boolean, limitS: number): boolean {
    const end = this.cycles + limitS * clockHz;
    while (!holds()) {
      if (this.cycles >= end) return false;
      this.run(Math.min(end, this.cycles + 2_000));
    }
    return true;
  }

  /** Runs for this many seconds of the board. */
  runFor(durationS: number): void {
    this.run(this.cycles + durationS * clockHz);
  }

  private run(end: number): void {
    const { cpu } = this;
    while (cpu.cycles < end) {
      const opcode = cpu.progMem[cpu.pc];
      const asleep = opcode === sleepOpcode;
      avrInstruction(cpu);
      // The instruction after it comes before any interrupt (data sheet, 7.7); avr8js leaves that out.
      if (opcode === seiOpcode) continue;
      const { pc } = cpu;
      this.step();
      // Asleep until an interrupt changes the program counter: from event to event.
      while (asleep && cpu.pc === pc && cpu.cycles < end) {
        const next = Math.min(this.nextPeripheralEvent(), this.stimuli[0]?.cycle ?? Number.POSITIVE_INFINITY, end);
        cpu.cycles = Math.max(cpu.cycles + 1, Math.ceil(next));
        this.step();
      }
      if (cpu.SP < this.stackLow && cpu.SP > 0) this.stackLow = cpu.SP;
    }
  }

  private step(): void {
    for (let next = this.stimuli[0]; next && next.cycle <= this.cpu.cycles; next = this.stimuli[0]) {
      this.stimuli.shift();
      next.act();
    }
    this.cpu.tick();
  }

  /** When the timer or the USART does something next; avr8js keeps that to itself. */
  private nextPeripheralEvent(): number {
    const event: unknown = Reflect.get(this.cpu, 'nextClockEvent');
    if (typeof event !== 'object' || event === null || !('cycles' in event)) return Number.POSITIVE_INFINITY;
    return Number(event.cycles);
  }

  private at(cycle: number, act: () => void): void {
    let index = this.stimuli.length;
    while (index > 0 && this.stimuli[index - 1]!.cycle > cycle) index -= 1;
    this.stimuli.splice(index, 0, { cycle, act });
  }

  /** D9 fell: reads it in the middle of every bit, as a receiver of the nominal rate does. */
  private startBit(): void {
    if (this.receiving) return;
    this.receiving = true;
    const bit = clockHz / this.dutBaud;
    const start = this.cycles;
    let byte = 0;
    for (let index = 1; index <= 8; index++) {
      this.at(start + (index + 0.5) * bit, () => {
        byte = (byte >> 1) | (this.sendPin ? 0x80 : 0);
      });
    }
    this.at(start + 9.5 * bit, () => {
      this.receiving = false;
      if (!this.sendPin) this.framingErrors += 1;
      this.dut += String.fromCharCode(byte);
      if (byte !== 0x25) {
        this.command += String.fromCharCode(byte);
        return;
      }
      const command = this.command;
      this.command = '';
      this.onDutCommand(command);
    });
  }

  /** avr8js forgets a received byte when the firmware writes UCSR0B meanwhile (to switch its sending on); a chip does not. */
  private keepReceived(): void {
    const { cpu } = this;
    const hook = cpu.writeHooks[usart0Config.UCSRB]!;
    cpu.writeHooks[usart0Config.UCSRB] = (value, ...rest) => {
      const pending = cpu.data[usart0Config.UCSRA]! & receiveComplete;
      const done = hook(value, ...rest);
      if (pending) {
        cpu.setInterruptFlag({
          address: usart0Config.rxCompleteInterrupt,
          flagRegister: usart0Config.UCSRA,
          flagMask: receiveComplete,
          enableRegister: usart0Config.UCSRB,
          enableMask: receiveComplete,
          constant: true,
        });
      }
      return done;
    };
  }
}
