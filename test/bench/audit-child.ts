import { auditFolder, auditReport } from '../../src/main/audit/index.ts';
import { createText } from '../../src/shared/text/index.ts';

/** Audits one folder and prints how long it took and the most memory that the process had: all threads together. */
const path = process.argv[2] ?? '';
const started = performance.now();
const outcome = await auditFolder({ kind: 'folder', path }, { scope: 'package' });
const report = auditReport(outcome, createText(), 'benchmark');
const seconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage();
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(
  JSON.stringify({
    seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    peakBytes,
    runs: report.counts.runs,
    E: report.counts.E,
  }),
);
