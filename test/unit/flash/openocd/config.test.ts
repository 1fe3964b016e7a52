import { describe, expect, it } from 'vitest';
import { openocdConfig, tclWord } from '../../../../src/main/flash/openocd/config.ts';
import { openocdVersion } from '../../../../src/main/flash/openocd/version.ts';
import { compareVersions } from '../../../../src/main/flash/tools.ts';
import { board } from './scripted.ts';

const target = 'target/stm32f4x.cfg';
const stlink = { serial: '066D', kind: 'stlink' as const, usb: { vendorId: '0483', productId: '374B' } };

describe('the version', () => {
  it.each([
    ['Open On-Chip Debugger 0.12.0', '0.12.0'],
    ['Open On-Chip Debugger 0.12.0+dev-01517-g5a1f1e9 (2024-05-01-10:00)', '0.12.0+dev'],
    ['xPack Open On-Chip Debugger 0.12.0-01004-g9ea7f3d64-dirty', '0.12.0'],
    ['Open On-Chip Debugger v1.2', '1.2.0'],
  ])('%s', (said, text) => expect(openocdVersion(said)?.text).toBe(text));

  it('is not in other words', () => expect(openocdVersion('0.12.0')).toBeUndefined());

  it('is ordered', () => {
    const ordered = ['0.11.0', '0.12.0', '0.12.0+dev', '0.12.1', '0.13.0', '1.0.0'];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
    expect(compareVersions('0.12', '0.12.0')).toBe(0);
  });
});

describe('the configuration', () => {
  it('for 0.12.0: spellings of its own, no server but Tcl, nothing at once', () => {
    expect(openocdConfig('0.12.0', board, stlink, target)).toBe(
      [
        'gdb_port disabled',
        'telnet_port disabled',
        'tcl_port 0',
        'noinit',
        'adapter driver st-link',
        'st-link vid_pid 0x0483 0x374b',
        'transport select dapdirect_swd',
        'adapter serial 066D',
        'source [find target/stm32f4x.cfg]',
        '',
      ].join('\n'),
    );
  });

  it('for newer ones: the new spellings, the old ones behind', () => {
    const text = openocdConfig('0.12.0+dev', board, stlink, target);
    expect(text).toContain('if {[catch {adapter usb vid_pid 0x0483 0x374b}]} {st-link vid_pid 0x0483 0x374b}');
    expect(text).toContain('if {[catch {transport select swd}]} {transport select dapdirect_swd}');
  });

  it('for the virtual probe: its port, every ST-LINK, no serial that is not known', () => {
    const probe = { serial: '', kind: 'stlink' as const, usb: null, remote: { stlinkPort: 4321, pyocdPort: 1 } };
    const text = openocdConfig('0.12.0', board, probe, target);
    expect(text).toContain('st-link backend tcp 4321\n');
    expect(text).toContain('0x0483 0x3748 0x0483 0x374a');
    expect(text).not.toContain('serial');
  });

  it('for CMSIS-DAP and J-Link', () => {
    const usb = { vendorId: '0x2E8A', productId: 'c' };
    const dap = openocdConfig('0.12.0', board, { serial: 'E66', kind: 'cmsisDap', usb }, target);
    expect(dap).toContain('adapter driver cmsis-dap\ncmsis_dap_vid_pid 0x2e8a 0x000c\ntransport select swd\n');
    expect(openocdConfig('0.12.0', board, { serial: '1', kind: 'jlink', usb: null }, target)).toContain(
      'adapter driver jlink\ntransport select swd\nadapter serial 1\n',
    );
  });

  it('no text becomes a command', () => {
    expect(tclWord('a b')).toBe('a\\ b');
    expect(tclWord('x; exit [foo] $bar {')).toBe('x\\;\\ exit\\ \\[foo\\]\\ \\$bar\\ \\{');
    expect(openocdConfig('0.12.0', board, { ...stlink, serial: 'A\nexit' }, target)).not.toContain('\nexit');
  });
});
