/** Reads the parts of a .tflite file that an int8 inference needs. Field numbers are those of the public schema, version 3. */

import { Table } from './flatbuffer.ts';

export const TENSOR_INT32 = 2;
export const TENSOR_INT8 = 9;

export interface Tensor {
  readonly shape: readonly number[];
  readonly type: number;
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  /** The constant content, if there is any. */
  readonly data: DataView | undefined;
}

export interface Operator {
  readonly name: string;
  /** Tensor indices; -1 stands for an operand left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: Table | undefined;
}

export interface Model {
  readonly tensors: readonly Tensor[];
  readonly operators: readonly Operator[];
  readonly input: number;
  readonly output: number;
}

const OPERATOR_NAMES = new Map([
  [0, 'ADD'],
  [1, 'AVERAGE_POOL_2D'],
  [3, 'CONV_2D'],
  [4, 'DEPTHWISE_CONV_2D'],
  [9, 'FULLY_CONNECTED'],
  [22, 'RESHAPE'],
  [25, 'SOFTMAX'],
]);

export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} among ${items.length}`);
  return item;
}

export function only<T>(items: readonly T[], what: string): T {
  if (items.length !== 1) throw new Error(`expected one ${what}, found ${items.length}`);
  return at(items, 0);
}

export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function readTensor(table: Table, buffers: readonly Table[]): Tensor {
  const quantisation = table.table(4);
  const data = at(buffers, table.int32(2)).bytes(0);
  return {
    shape: table.int32s(0),
    type: table.int8(1),
    scales: quantisation?.float32s(2) ?? [],
    zeroPoints: quantisation?.int64s(3) ?? [],
    data: data && data.byteLength > 0 ? data : undefined,
  };
}

function operatorName(code: Table): string {
  // Old writers fill the byte-wide field only, new ones both.
  const number = Math.max(code.int8(0), code.int32(3));
  // A file may list operators that it never uses, so an unknown one is refused only where it is run.
  return OPERATOR_NAMES.get(number) ?? `operator ${number}`;
}

export function readModel(file: Uint8Array): Model {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const root = Table.root(view);
  if (root.int32(0) !== 3) throw new Error(`schema version ${root.int32(0)}`);
  const names = root.tables(1).map(operatorName);
  const graph = only(root.tables(2), 'subgraph');
  const buffers = root.tables(4);
  return {
    tensors: graph.tables(0).map((table) => readTensor(table, buffers)),
    operators: graph.tables(3).map((table) => ({
      name: at(names, table.int32(0)),
      inputs: table.int32s(1),
      outputs: table.int32s(2),
      options: table.table(4),
    })),
    input: only(graph.int32s(1), 'input'),
    output: only(graph.int32s(2), 'output'),
  };
}
