import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measured } from './measure.ts';

interface Baseline {
  instructions: number;
  operators: number[];
}

/** Figures of CMSIS-NN to stand beside ours; null for models that it was not measured with. */
function baselineOf(model: string): Baseline | null {
  const text = readFileSync(join(import.meta.dirname, 'cmsis-nn.json'), 'utf8');
  const { models } = JSON.parse(text) as { models: Record<string, Baseline> };
  return models[model.replace(/-folded$/, '')] ?? null;
}

const count = (value: number): string => value.toLocaleString('en-US');
const ratio = (ours: number, theirs: number | undefined): string => (theirs ? `${(ours / theirs).toFixed(2)}x` : '');

/** Lines of a table for a terminal: numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        /^[\d,.x ]*$/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** Every operator of one model on one target, beside CMSIS-NN's where the operator is one of the model's own. */
export function operatorTable({ target, model, compiled, count: counted, instructions }: Measured): string[] {
  const baseline = baselineOf(model.name);
  const shape = (h: number, w: number, c: number): string => `${h}x${w}x${c}`;
  const rows = counted.operators.map((op, index) => {
    const record = compiled.plan.ops[index];
    if (!record) return [String(index)];
    const theirs = baseline?.operators[record.sourceOp];
    return [
      String(index),
      record.kernelName,
      `${record.kernelH}x${record.kernelW}`,
      `${shape(record.inH, record.inW, record.inC)} -> ${shape(record.outH, record.outW, record.outC)}`,
      count(op.instructions),
      theirs ? count(theirs) : '',
      ratio(op.instructions, theirs),
    ];
  });
  return [
    `${target} ${model.name}: ${count(instructions)} instructions ${ratio(instructions, baseline?.instructions)}`,
    ...aligned([['#', 'kernel', 'window', 'shapes', 'instructions', 'CMSIS-NN', 'ratio'], ...rows]),
  ];
}

interface Row {
  model: string;
  cells: string[];
}

function summaryRows(measured: readonly Measured[], targets: readonly string[]): { head: string[]; rows: Row[] } {
  const names = [...new Set(measured.map(({ model }) => model.name))];
  const rows = names.map((name): Row => {
    const of = measured.filter(({ model }) => model.name === name);
    const baseline = baselineOf(name)?.instructions;
    const cells = targets.flatMap((target) => {
      const found = of.find((one) => one.target === target);
      return found ? [count(found.instructions), ratio(found.instructions, baseline)] : ['', ''];
    });
    const [first] = of;
    const memory = first ? [count(first.compiled.plan.arenaBytes), count(first.compiled.image.length)] : ['', ''];
    return {
      model: `${first?.model.workloadId ?? name}${first?.model.fold ? ', folded' : ''}`,
      cells: [baseline ? count(baseline) : '', ...cells, ...memory],
    };
  });
  const heads = targets.flatMap((target) => [target, 'ratio']);
  return { head: ['model', 'CMSIS-NN, M4', ...heads, 'arena', 'plan'], rows };
}

/** All models on all targets, for a terminal. */
export function summaryTable(measured: readonly Measured[], targets: readonly string[]): string[] {
  const { head, rows } = summaryRows(measured, targets);
  return aligned([head, ...rows.map(({ model, cells }) => [model, ...cells])]);
}

/** The same for Markdown. */
export function summaryMarkdown(measured: readonly Measured[], targets: readonly string[]): string {
  const { head, rows } = summaryRows(measured, targets);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(({ model, cells }) => line([model, ...cells]))].join('\n');
}
