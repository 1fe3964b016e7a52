/** What the journal says about a recorded trace: with the trace file it gives the whole `TraceSummary`. */
export interface RecordingInputs {
  /** Path inside the session folder. */
  file: string;
  windowRule: 'eembc' | 'mlc';
  windows: {
    number: number;
    inputIndex: number;
    inferences: number;
    /** In samples since the trace began; null where the monitor saw fewer than two. */
    startEdge: number | null;
    endEdge: number | null;
    hostS: number | null;
    edges: number;
  }[];
  rests: { state: 'idle' | 'sleep'; startSample: number; endSample: number }[];
  /** Edges that the commands of the recording must give. */
  expectedEdgeCount: number;
  /** Edges that the monitor reported during those commands; others are stray. */
  accountedEdgeCount: number;
  /** Highest current that the monitor measures, in A: readings above count as saturated. */
  maxCurrentA: number;
  readings: { voltageV: number | null; temperatureC: number | null; hostDurationS: number } | null;
}
