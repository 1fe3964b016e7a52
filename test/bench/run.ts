/** `npm run bench`: all benchmarks of the host, one after the other. Firmware has its own: `npm run bench:firmware`. */
await import('./dut-cost.ts');
await import('./line-share.ts');
await import('./loop-lag.ts');
await import('./trace.ts');
await import('./coverage.ts');
await import('./audit.ts');
await import('./sessions.ts');
export {};
