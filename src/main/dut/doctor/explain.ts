import type { DoctorDiagnosis } from '../../../shared/domain/doctor.ts';
import type { Fault } from '../../../shared/fault/index.ts';

/** The diagnosis behind a fault of the connection itself. */
export function explainFault(fault: Fault, port: string, baud: number | undefined): DoctorDiagnosis {
  switch (fault.code) {
    case 'transport.busy':
      return { code: 'busy', facts: { port } };
    case 'transport.busyHeld': {
      const { program, pid } = (fault as Fault<'transport.busyHeld'>).facts;
      return { code: 'busyHeld', facts: { port, program, pid } };
    }
    case 'transport.permission':
      return { code: 'permission', facts: { port } };
    case 'transport.permissionGroup':
      return {
        code: 'permissionGroup',
        facts: { port, group: (fault as Fault<'transport.permissionGroup'>).facts.group },
      };
    case 'transport.notFound':
      return { code: 'notFound', facts: { port } };
    case 'transport.baudUnsupported':
      return { code: 'baudUnsupported', facts: { port, baud: baud ?? 0 } };
    case 'transport.unplugged':
    case 'transport.lost':
    case 'transport.closed':
    case 'transport.writeFailed':
      return { code: 'lost', facts: { port } };
    case 'transport.refused':
      return { code: 'refused', facts: { port } };
    case 'transport.unknownHost':
    case 'transport.unreachable':
      return { code: 'unreachable', facts: { port } };
    case 'transport.openTimeout':
      return { code: 'openTimeout', facts: { port } };
    case 'transport.openFailed':
      return { code: 'cannotOpen', facts: { port, reason: (fault as Fault<'transport.openFailed'>).facts.reason } };
    default:
      return { code: 'cannotOpen', facts: { port, reason: fault.code } };
  }
}
