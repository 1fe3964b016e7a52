import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/main/dut/index.ts';
import type { DoctorOptions } from '../../../../src/main/dut/index.ts';
import { createPipe } from '../../../../src/main/transport/index.ts';
import type { ByteStream } from '../../../../src/main/transport/index.ts';
import {
  doctorDiagnosisSchema,
  doctorReportSchema,
  instrumentDiagnoses,
} from '../../../../src/shared/domain/doctor.ts';
import type { DoctorReport } from '../../../../src/shared/domain/doctor.ts';
import { Fault } from '../../../../src/shared/fault/index.ts';
import { createText } from '../../../../src/shared/text/index.ts';
import { ScriptedDut } from '../../../rig/dut/index.ts';
import type { ScriptedDutOptions } from '../../../rig/dut/index.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

/** What a receiver at another rate makes of the bytes. */
const garble = (byte: number, index: number): readonly number[] => (index % 3 === 0 ? [] : [(byte * 37) | 0x80]);

/** A device on a line with a rate: bytes at another one arrive as garbage, both ways. */
type Device = (far: ByteStream, clock: ManualClock, baud: number | undefined) => void;

const dut =
  (options: ScriptedDutOptions, trueBaud = 115_200): Device =>
  (far, clock, baud) => {
    const wrong = baud !== undefined && baud !== trueBaud;
    new ScriptedDut(far, clock, wrong ? { ...options, mangleIn: garble, mangleOut: garble } : options);
  };

const text = createText('en');
const sentences = new Map<string, string>();

async function examine(device: Device, options: Partial<DoctorOptions> = {}): Promise<DoctorReport> {
  const clock = new ManualClock();
  let open = 0;
  const report = await clock.until(
    diagnose({
      port: 'COM7',
      baud: 115_200,
      clock,
      open: async (baud) => {
        open += 1;
        if (open > 1) throw new Error('the stream before is still open');
        const [host, far] = createPipe({ labels: ['COM7', 'far'], ...(baud === undefined ? {} : { baud }) });
        far.onClose(() => (open -= 1));
        device(far, clock, baud);
        return Promise.resolve(host);
      },
      ...options,
    }),
  );
  doctorReportSchema.parse(report);
  const sentence = text.t(`doctor.diagnosis.${report.diagnosis.code}`, report.diagnosis.facts);
  sentences.set(report.diagnosis.code, sentence);
  expect(sentence).toMatch(/^[A-Z].*\.$/);
  expect(sentence).toContain('COM7');
  expect(sentence).not.toMatch(/[{}]|undefined|doctor\./);
  // The contract gives an examination two minutes.
  expect(clock.nowS()).toBeLessThan(90);
  return report;
}

const running = { noBoot: true };

describe('a DUT that answers', () => {
  it('is healthy', async () => {
    const steps: string[] = [];
    const report = await examine(dut(running), { onStep: (step) => steps.push(`${step.kind} ${step.outcome}`) });
    expect(report.diagnosis).toEqual({ code: 'healthy', facts: { port: 'COM7', baud: 115_200, model: 'kws01' } });
    expect(report.identity).toMatchObject({ model: 'kws01', timestampMode: 'performance' });
    expect(steps).toEqual(['open done', 'listen silent', 'name dut', 'identify done', 'repeat done']);
    expect(report.steps.map((step) => `${step.kind} ${step.outcome}`)).toEqual(steps);
    expect(report.askedBaud).toBe(115_200);
  });

  it('without a rate (TCP, pipe)', async () => {
    const report = await examine(dut({}), { baud: undefined });
    expect(report.diagnosis).toEqual({ code: 'healthyNoBaud', facts: { port: 'COM7', model: 'kws01' } });
  });

  it('with echo and prompt all the same', async () => {
    const report = await examine(dut({ ...running, echo: 'percent', prompt: '> ' }));
    expect(report.diagnosis.code).toBe('healthy');
    expect(report.identity?.quirks).toContain('echo');
  });

  it('that starts anew on opening, also slowly', async () => {
    expect((await examine(dut({ bootS: 0.4 }))).diagnosis).toMatchObject({ code: 'resetOnOpen', facts: { bootS: 1 } });
    expect((await examine(dut({ bootS: 3 }))).diagnosis).toMatchObject({ code: 'resetOnOpen', facts: { bootS: 6 } });
  });

  it('at another rate', async () => {
    for (const baud of [921_600, 9600, 57_600]) {
      const report = await examine(dut(running, baud));
      expect(report.diagnosis).toEqual({
        code: 'otherBaud',
        facts: { port: 'COM7', baud, model: 'kws01', asked: 115_200 },
      });
    }
    const booting = await examine(dut({ bootS: 0.1 }, 9600));
    expect(booting.diagnosis).toMatchObject({ code: 'otherBaud', facts: { baud: 9600 } });
    expect(booting.steps.find((step) => step.kind === 'listen')?.outcome).toBe('garbage');
  });

  it('in the wrong build', async () => {
    expect((await examine(dut({ ...running, energyBuild: true }))).diagnosis.code).toBe('energyBuild');
    expect((await examine(dut(running), { expect: { timestampMode: 'energy' } })).diagnosis.code).toBe(
      'performanceBuild',
    );
    const wanted = await examine(dut({ ...running, energyBuild: true }), { expect: { timestampMode: 'energy' } });
    expect(wanted.diagnosis.code).toBe('healthy');
  });

  it('with another model', async () => {
    const report = await examine(dut({ ...running, model: 'ic01' }), { expect: { model: 'kws01' } });
    expect(report.diagnosis).toMatchObject({ code: 'otherModel', facts: { model: 'ic01', expected: 'kws01' } });
  });

  it('not every time', async () => {
    const lossy = (byte: number, index: number): readonly number[] => (index % 59 === 40 ? [] : [byte]);
    const report = await examine(dut({ ...running, mangleIn: lossy }));
    expect(report.diagnosis).toMatchObject({ code: 'unstable', facts: { tried: 20 } });
  });

  it('but not to profile', async () => {
    const report = await examine(dut({ ...running, rewrite: (line) => (line.startsWith('m-profile') ? [] : [line]) }));
    expect(report.diagnosis).toMatchObject({ code: 'incomplete', facts: { command: 'profile' } });
  });
});

describe('something else at the port', () => {
  it('another class of device', async () => {
    const report = await examine(dut({ ...running, deviceClass: 'ebaz-4205' }));
    expect(report.diagnosis).toMatchObject({ code: 'otherDevice', facts: { name: 'ebaz-4205' } });
  });

  it('an interface board', async () => {
    const board = (line: string): readonly string[] => [
      line.startsWith('m-name') ? 'tinyML Enhanced Interface Board' : line,
    ];
    expect((await examine(dut({ ...running, rewrite: board }))).diagnosis).toMatchObject({
      code: 'otherDevice',
      facts: { name: 'tinyML Enhanced Interface Board' },
    });
  });

  it('a loop of wire', async () => {
    const report = await examine((far) => void far.onData((chunk) => void far.write(chunk)));
    expect(report.diagnosis.code).toBe('echo');
    expect(report.steps.map((step) => step.kind)).toEqual(['open', 'listen', 'name', 'lineEnd']);
  });

  it('a console that echoes and waits for a line end', async () => {
    const report = await examine((far) => {
      far.onData((chunk) => {
        const sent = Buffer.from(chunk).toString();
        void far.write(chunk);
        if (sent.includes('\n')) void far.write(Buffer.from('sh: name%name%name%: not found\r\n# '));
      });
    });
    expect(report.diagnosis).toMatchObject({ code: 'console' });
  });

  it('a console that answers at once', async () => {
    const report = await examine((far) => void far.onData(() => void far.write(Buffer.from('Unknown command\r\n=> '))));
    expect(report.diagnosis).toMatchObject({ code: 'console' });
  });

  it('firmware of another kind that talks', async () => {
    const report = await examine((far, clock) => {
      const talk = (): void => {
        far.write(Buffer.from('temperature 21.5\r\n')).catch(() => undefined);
        if (clock.nowS() < 150) clock.setTimer(0.3, talk);
      };
      talk();
    });
    expect(report.diagnosis).toMatchObject({ code: 'chatter', facts: { text: 'temperature 21.5' } });
  });

  it('a talker that cannot be read keeps to its time too', async () => {
    const report = await examine((far, clock) => {
      const talk = (): void => {
        far.write(Uint8Array.of(0xfe, 0x80, 0x0a)).catch(() => undefined);
        if (clock.nowS() < 150) clock.setTimer(0.1, talk);
      };
      talk();
    });
    expect(report.diagnosis.code).toBe('garbage');
  });

  it('a DUT that knows no name', async () => {
    const deaf = (line: string): readonly string[] => [line.startsWith('m-name') ? 'e-[Unknown command: name]' : line];
    expect((await examine(dut({ ...running, rewrite: deaf }))).diagnosis).toMatchObject({ code: 'chatter' });
  });

  it('garbage at every rate', async () => {
    const report = await examine(dut({ bootS: 0.1 }, 1_500_000), { bauds: [115_200, 9600] });
    expect(report.diagnosis).toEqual({ code: 'garbage', facts: { port: 'COM7', tried: [115_200, 9600] } });
  });

  it('nothing but NULs', async () => {
    const report = await examine(dut({ bootS: 0.1, mangleOut: () => [0] }), { bauds: [115_200] });
    expect(report.diagnosis.code).toBe('garbage');
    expect(report.steps[1]).toMatchObject({ kind: 'listen', outcome: 'garbage' });
  });

  it('nothing', async () => {
    const report = await examine(() => undefined);
    expect(report.diagnosis.code).toBe('silent');
    expect(report.steps.filter((step) => step.kind === 'open').length).toBeGreaterThan(5);
    expect(
      (await examine(() => undefined, { baud: undefined })).steps.filter((step) => step.kind === 'open'),
    ).toHaveLength(1);
  });
});

describe('a port that cannot be used', () => {
  const port = 'COM7';
  it.each([
    [new Fault('transport.busy', { port }), 'busy'],
    [new Fault('transport.busyHeld', { port, program: 'minicom', pid: 12 }), 'busyHeld'],
    [new Fault('transport.permission', { port }), 'permission'],
    [new Fault('transport.permissionGroup', { port, group: 'dialout' }), 'permissionGroup'],
    [new Fault('transport.notFound', { port }), 'notFound'],
    [new Fault('transport.baudUnsupported', { port, baud: 115_200 }), 'baudUnsupported'],
    [new Fault('transport.openFailed', { port, reason: 'Unknown error code 31' }), 'cannotOpen'],
    [new Fault('transport.openTimeout', { port, deadlineS: 10 }), 'openTimeout'],
    [new Fault('transport.refused', { address: port }), 'refused'],
    [new Fault('transport.unknownHost', { host: port }), 'unreachable'],
    [new Fault('transport.unreachable', { address: port }), 'unreachable'],
    [new Fault('transport.linesUnsupported', { port }), 'cannotOpen'],
  ])('%s', async (fault, code) => {
    const report = await examine(() => undefined, { open: () => Promise.reject(fault) });
    expect(report.diagnosis.code).toBe(code);
    expect(report.steps).toMatchObject([{ kind: 'open', outcome: 'failed' }]);
  });

  it('a rate that the port does not know does not end the sweep', async () => {
    const clock = new ManualClock();
    const opened: (number | undefined)[] = [];
    const report = await clock.until(
      diagnose({
        port,
        baud: 115_200,
        clock,
        open: (baud) => {
          opened.push(baud);
          if (baud === 921_600) return Promise.reject(new Fault('transport.baudUnsupported', { port, baud }));
          const [host, far] = createPipe({ labels: [port, 'far'], baud: baud ?? 0 });
          dut(running, 9600)(far, clock, baud);
          return Promise.resolve(host);
        },
      }),
    );
    expect(opened).toEqual([115_200, 921_600, 9600]);
    expect(report.diagnosis).toMatchObject({ code: 'otherBaud', facts: { baud: 9600 } });
  });

  it('that vanishes meanwhile', async () => {
    const report = await examine((far, clock) => void clock.setTimer(2, () => void far.close()));
    expect(report.diagnosis.code).toBe('lost');
  });

  it('an abort is no diagnosis, and nothing stays open', async () => {
    const controller = new AbortController();
    const clock = new ManualClock();
    let closed = false;
    const outcome = diagnose({
      port,
      baud: 115_200,
      clock,
      signal: controller.signal,
      open: () => {
        const [host, far] = createPipe();
        far.onClose(() => (closed = true));
        return Promise.resolve(host);
      },
    }).catch((error: unknown) => error);
    await clock.advance(1);
    controller.abort(new Error('stop'));
    expect(await outcome).toMatchObject({ message: 'stop' });
    expect(closed).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('a defect of ours is no diagnosis', async () => {
    const failing = examine(() => undefined, { open: () => Promise.reject(new TypeError('defect')) });
    await expect(failing).rejects.toThrow('defect');
  });
});

it('every diagnosis was met, each with its sentence', () => {
  const others = new Set<string>(instrumentDiagnoses);
  const codes = doctorDiagnosisSchema.options.map((option) => option.shape.code.value);
  expect([...sentences.keys()].sort()).toEqual(codes.filter((code) => !others.has(code)).sort());
});
