import { describe, expect, it } from 'vitest';
import { EdgeReader, guardedCommand, instructionClockHz, qemuArguments } from '../../../src/main/qemu/index.ts';

describe("QEMU's command line", () => {
  it('holds the machine until the host is there, on local sockets in the order of the UARTs', () => {
    const args = qemuArguments({
      machine: 'mps2-an386',
      kernel: 'a.elf',
      uarts: [{ path: '/t/u0' }, { path: '/t/u1' }],
    });
    expect(args).toEqual(
      '-M mps2-an386 -display none -monitor none -kernel a.elf -icount shift=5 -serial unix:/t/u0,server=on,wait=on -serial unix:/t/u1,server=on,wait=on'.split(
        ' ',
      ),
    );
  });

  it('uses the loopback on Windows, and doubles commas in paths', () => {
    const args = qemuArguments({
      machine: 'm',
      kernel: 'k',
      uarts: [{ host: '127.0.0.1', port: 7001 }, { path: '/a,b' }],
    });
    expect(args).toContain('tcp:127.0.0.1:7001,nodelay=on,server=on,wait=on');
    expect(args).toContain('unix:/a,,b,server=on,wait=on');
  });

  it('counts 32 ns an instruction', () => {
    expect(instructionClockHz).toBe(31_250_000);
  });

  it('stands behind a shell that ends it, except on Windows', () => {
    expect(guardedCommand('qemu', ['-M', 'a b'], 'win32')).toEqual({ program: 'qemu', args: ['-M', 'a b'] });
    const { program, args } = guardedCommand('qemu', ['-M', 'a b'], 'linux');
    expect(program).toBe('sh');
    expect(args.slice(2)).toEqual(['sh', 'qemu', '-M', 'a b']);
  });
});

describe('the records of edges', () => {
  const records = Uint8Array.of(0, 0x78, 0x56, 0x34, 0x12, 1, 0, 0, 0, 0x80);
  const edges = [
    { level: 0, atUs: 0x12345678 },
    { level: 1, atUs: 0x80000000 },
  ];

  it('are read whatever way they were cut', () => {
    for (let cut = 0; cut <= records.length; cut++) {
      const reader = new EdgeReader();
      expect([...reader.push(records.subarray(0, cut)), ...reader.push(records.subarray(cut))]).toEqual(edges);
    }
  });

  it('begin with a level', () => {
    expect(new EdgeReader().push(Uint8Array.of(7, 0xff, ...records))).toEqual(edges);
  });
});
