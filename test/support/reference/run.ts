/** Runs an int8 model on one input and returns the content of every operator's output. */

import { add, averagePool, convolve, fullyConnect, softmax, type Operand } from './operators.ts';
import { at, elements, only, TENSOR_INT8, type Model, type Operator, type Tensor } from './tflite.ts';
import type { Table } from './flatbuffer.ts';

export interface Step {
  readonly op: string;
  readonly shape: readonly number[];
  readonly data: Int8Array;
}

function optionsOf(operator: Operator): Table {
  if (!operator.options) throw new Error(`${operator.name} without options`);
  return operator.options;
}

function evaluate(operator: Operator, operand: (position: number) => Operand, output: Tensor): DataView {
  const bias = () => ((operator.inputs[2] ?? -1) < 0 ? undefined : operand(2));
  switch (operator.name) {
    case 'CONV_2D':
      return convolve(false, operand(0), operand(1), bias(), output, optionsOf(operator));
    case 'DEPTHWISE_CONV_2D':
      return convolve(true, operand(0), operand(1), bias(), output, optionsOf(operator));
    case 'FULLY_CONNECTED':
      return fullyConnect(operand(0), operand(1), bias(), output, optionsOf(operator));
    case 'AVERAGE_POOL_2D':
      return averagePool(operand(0), output, optionsOf(operator));
    case 'ADD':
      return add(operand(0), operand(1), output, optionsOf(operator));
    case 'SOFTMAX':
      return softmax(operand(0), output, optionsOf(operator));
    case 'RESHAPE':
      return operand(0).data;
    default:
      throw new Error(`${operator.name} is not one of the seven`);
  }
}

export function runSteps(model: Model, input: Int8Array): Step[] {
  const inputTensor = at(model.tensors, model.input);
  if (inputTensor.type !== TENSOR_INT8) throw new Error(`input tensor of type ${inputTensor.type}`);
  if (input.length !== elements(inputTensor.shape)) {
    throw new Error(`${input.length} input bytes for ${elements(inputTensor.shape)}`);
  }
  const computed = new Map([[model.input, new DataView(input.buffer, input.byteOffset, input.byteLength)]]);
  return model.operators.map((operator) => {
    const target = only(operator.outputs, 'operator output');
    const output = at(model.tensors, target);
    if (output.type !== TENSOR_INT8) throw new Error(`${operator.name} makes a tensor of type ${output.type}`);
    const operand = (position: number): Operand => {
      const index = at(operator.inputs, position);
      const tensor = at(model.tensors, index);
      const data = computed.get(index) ?? tensor.data;
      if (!data) throw new Error(`${operator.name}: operand ${position} has no content`);
      return { tensor, data };
    };
    const data = evaluate(operator, operand, output);
    computed.set(target, data);
    return {
      op: operator.name,
      shape: output.shape,
      data: new Int8Array(data.buffer, data.byteOffset, data.byteLength),
    };
  });
}

/** The output tensor alone; the model's last operator writes it. */
export function infer(model: Model, input: Int8Array): Int8Array {
  const last = at(model.operators, model.operators.length - 1);
  if (only(last.outputs, 'operator output') !== model.output) throw new Error('the last operator is not the output');
  const steps = runSteps(model, input);
  return at(steps, steps.length - 1).data;
}
