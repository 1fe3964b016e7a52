import type { DutIdentity } from '../../shared/domain/dut.ts';

/** Vendors by which the firmware of this project names itself where no board is: WebAssembly, this computer, QEMU. */
const simulatedVendors: readonly string[] = [
  'joulebench-virtual',
  'joulebench-host',
  'joulebench-mps2-an386',
  'joulebench-mps2-an500',
  'joulebench-mps3-an547',
  'joulebench-netduinoplus2',
];

/**
 * Whether a DUT is one of our simulations, reached through a port or a socket as if it were a board. What it measures must be marked
 * SIMULATED, which only a bench that knows of it does.
 */
export function isSimulatedDut({ vendor }: Pick<DutIdentity, 'vendor'>): boolean {
  return simulatedVendors.includes(vendor);
}
