/** Name of the report inside the session; a simulated one says so. */
export function reportName(simulated: boolean): string {
  return simulated ? 'report-SIMULATED.pdf' : 'report.pdf';
}
