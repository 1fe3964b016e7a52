import { EdgeDetector, defaultMark } from '../edge-detector.ts';
import type { ImportedBlock, ImportedEdge, ImportWarning, OpenTraceFileOptions } from './types.ts';

/** More marks than any trace has; a file with more of them is none. */
const mostEdges = 1_000_000;

export interface Survey {
  samples: number;
  edges: ImportedEdge[];
  warnings: ImportWarning[];
}

/** Goes once through all samples: counts them and their gaps, and finds the time marks in the digital inputs. */
export async function survey(
  blocks: AsyncIterable<ImportedBlock>,
  sampleRateHz: number,
  options: OpenTraceFileOptions,
): Promise<Survey> {
  const mark = { ...defaultMark, ...options.mark, ...(options.holdS === undefined ? {} : { holdS: options.holdS }) };
  const detector = new EdgeDetector(mark, sampleRateHz);
  const edges: ImportedEdge[] = [];
  let samples = 0;
  let gaps = 0;
  for await (const { values, digital } of blocks) {
    for (let index = 0; index < values.length; index += 1) {
      if (Number.isNaN(values[index])) gaps += 1;
      if (digital && detector.next(samples + index, digital[index] as number) && edges.length < mostEdges) {
        edges.push({ sampleIndex: samples + index, channel: mark.bit, level: mark.level });
      }
    }
    samples += values.length;
  }
  return { samples, edges, warnings: gaps > 0 ? [{ code: 'gaps', facts: { samples: gaps } }] : [] };
}

/** Remarks on the time marks of an energy run: one single mark, then two for each window (energy monitors, section 1.3). */
export function edgeWarnings(edges: readonly ImportedEdge[], samples: number): ImportWarning[] {
  const warnings: ImportWarning[] = [];
  if (edges.length % 2 === 0 || edges.length < 3) warnings.push({ code: 'oddEdges', facts: { edges: edges.length } });
  const behind = edges.filter(({ sampleIndex }) => sampleIndex > samples).length;
  if (behind > 0) warnings.push({ code: 'edgesBehindEnd', facts: { edges: behind } });
  return warnings;
}
