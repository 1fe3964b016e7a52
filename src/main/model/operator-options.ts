import type { FlatTable } from './flat-file.ts';
import { activations, paddings, slots } from './schema.ts';
import type { Padding } from './schema.ts';

/** Fused activation by its name in the schema; unknown codes keep their number. */
export type ActivationName = (typeof activations)[number] | `activation${number}`;

export interface WindowOptions {
  padding: Padding | `padding${number}`;
  strideH: number;
  strideW: number;
  activation: ActivationName;
}

/** The options of the operators that the compiler knows; `none` for all others. */
export type OperatorOptions =
  | ({ kind: 'conv'; dilationH: number; dilationW: number } & WindowOptions)
  | ({ kind: 'depthwise'; dilationH: number; dilationW: number; depthMultiplier: number } & WindowOptions)
  | ({ kind: 'pool'; filterH: number; filterW: number } & WindowOptions)
  | { kind: 'fullyConnected'; activation: ActivationName; weightsFormat: number }
  | { kind: 'softmax'; beta: number }
  | { kind: 'add'; activation: ActivationName }
  | { kind: 'none' };

/** Options of an operator table; a missing table means that every field has the schema's default. */
export function readOptions(operator: FlatTable, name: string): OperatorOptions {
  const table = operator.table(slots.operator.options, 'builtin_options');
  const fields = new Fields(table);
  switch (name) {
    case 'CONV_2D':
      return { kind: 'conv', ...fields.window(slots.conv), ...fields.dilation(slots.conv) };
    case 'DEPTHWISE_CONV_2D': {
      const depthMultiplier = fields.int(slots.depthwise.depthMultiplier, 'depth_multiplier');
      return {
        kind: 'depthwise',
        ...fields.window(slots.depthwise),
        ...fields.dilation(slots.depthwise),
        depthMultiplier,
      };
    }
    case 'AVERAGE_POOL_2D': {
      const filterH = fields.int(slots.pool.filterH, 'filter_height');
      return {
        kind: 'pool',
        ...fields.window(slots.pool),
        filterH,
        filterW: fields.int(slots.pool.filterW, 'filter_width'),
      };
    }
    case 'FULLY_CONNECTED': {
      const weightsFormat = fields.byte(slots.fullyConnected.weightsFormat, 'weights_format');
      return { kind: 'fullyConnected', activation: fields.activation(slots.fullyConnected.activation), weightsFormat };
    }
    case 'SOFTMAX':
      return { kind: 'softmax', beta: table ? table.float(slots.softmax.beta, 'beta') : 0 };
    case 'ADD':
      return { kind: 'add', activation: fields.activation(slots.add.activation) };
    default:
      return { kind: 'none' };
  }
}

/** Reads the fields that several option tables share. */
class Fields {
  private readonly table: FlatTable | undefined;

  constructor(table: FlatTable | undefined) {
    this.table = table;
  }

  int(slot: number, name: string, absent = 0): number {
    return this.table ? this.table.int(slot, name, absent) : absent;
  }

  byte(slot: number, name: string): number {
    return this.table ? this.table.byte(slot, name) : 0;
  }

  activation(slot: number): ActivationName {
    const code = this.byte(slot, 'fused_activation_function');
    return activations[code] ?? `activation${code}`;
  }

  window(slot: { padding: number; strideH: number; strideW: number; activation: number }): WindowOptions {
    const code = this.byte(slot.padding, 'padding');
    return {
      padding: paddings[code] ?? `padding${code}`,
      strideH: this.int(slot.strideH, 'stride_h'),
      strideW: this.int(slot.strideW, 'stride_w'),
      activation: this.activation(slot.activation),
    };
  }

  dilation(slot: { dilationH: number; dilationW: number }): { dilationH: number; dilationW: number } {
    return {
      dilationH: this.int(slot.dilationH, 'dilation_h_factor', 1),
      dilationW: this.int(slot.dilationW, 'dilation_w_factor', 1),
    };
  }
}
