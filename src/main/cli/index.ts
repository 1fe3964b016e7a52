import type { Command } from 'commander';
import { registerAudit } from './audit.ts';
import { registerCalibrate } from './calibrate.ts';
import { registerCompare } from './compare.ts';
import type { CliContext } from './context.ts';
import { registerDevices } from './devices.ts';
import { registerDoctor } from './doctor.ts';
import { registerFlash } from './flash.ts';
import { registerFirmware } from './firmware.ts';
import { registerModel } from './model.ts';
import { registerPackage } from './package.ts';
import { registerReport } from './report.ts';
import { registerRun } from './run.ts';
import { registerKeys } from './keys.ts';
import { registerServe } from './serve.ts';
import { registerSessions } from './sessions.ts';
import { registerSign } from './sign.ts';
import { registerTrace } from './trace.ts';
import { registerVerify } from './verify.ts';
import { registerVirtual } from './virtual.ts';
import { registerWorkloads } from './workloads.ts';

/** All commands, one file each. */
export function registerCommands(program: Command, context: CliContext): void {
  registerRun(program, context);
  registerCalibrate(program, context);
  registerReport(program, context);
  registerSessions(program, context);
  registerVerify(program, context);
  registerSign(program, context);
  registerKeys(program, context);
  registerAudit(program, context);
  registerPackage(program, context);
  registerCompare(program, context);
  registerDevices(program, context);
  registerDoctor(program, context);
  registerModel(program, context);
  registerFirmware(program, context);
  registerFlash(program, context);
  registerWorkloads(program, context);
  registerTrace(program, context);
  registerServe(program, context);
  registerVirtual(program, context);
}
