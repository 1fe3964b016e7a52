import type { LoweredOp } from './plan-op.ts';
import type { ChannelRanges } from './ranges.ts';

/**
 * Which channels of which tensors are kept. Tensors that an operator reads and writes channel by channel (depthwise, pool, addition) have
 * to keep the same ones: they form a class. A class that something else sees as a whole is kept as a whole.
 */
export class ChannelClasses {
  private readonly parents = new Map<number, number>();
  private readonly kept = new Map<number, boolean[]>();
  private readonly channels: ReadonlyMap<number, number>;

  /** `whole`: tensors that keep every channel. */
  constructor(ops: readonly LoweredOp[], ranges: ReadonlyMap<number, ChannelRanges>, whole: readonly number[]) {
    this.channels = new Map([...ranges].map(([tensor, { length }]) => [tensor, length]));
    const pinned = [...whole];
    for (const op of ops) {
      const tensors = [...op.inputs, op.output];
      if (isChannelwise(op))
        tensors.forEach((tensor) => { this.join(tensor, op.output); }); // prettier-ignore
      else if (op.kernel === 'convS8') continue;
      else if (op.kernel !== 'fullyConnectedS8') pinned.push(...tensors);
      else if (op.inShape[2] % this.channelsOf(op.inputs[0] ?? -1) !== 0) pinned.push(...op.inputs);
    }
    for (const tensor of this.channels.keys()) {
      const root = this.rootOf(tensor);
      if (!this.kept.has(root)) this.kept.set(root, Array<boolean>(this.channelsOf(root)).fill(false));
    }
    for (const tensor of pinned) this.kept.get(this.rootOf(tensor))?.fill(true);
  }

  channelsOf(tensor: number): number {
    return this.channels.get(tensor) ?? 0;
  }

  isKept(tensor: number, channel: number): boolean {
    return this.kept.get(this.rootOf(tensor))?.[channel] ?? true;
  }

  keep(tensor: number, channel: number): void {
    const kept = this.kept.get(this.rootOf(tensor));
    if (kept) kept[channel] = true;
  }

  /** The kept channels of a tensor, in order. */
  keptOf(tensor: number): number[] {
    return (this.kept.get(this.rootOf(tensor)) ?? []).flatMap((kept, channel) => (kept ? [channel] : []));
  }

  /** Keeps a few more channels where their number is 0 or no multiple of `unit`; whether it kept any. */
  roundUp(unit: number): boolean {
    let changed = false;
    for (const kept of this.kept.values()) {
      const count = kept.filter(Boolean).length;
      let missing = Math.min(Math.max(Math.ceil(count / unit), 1) * unit, kept.length) - count;
      for (let channel = 0; missing > 0; channel++) {
        if (kept[channel]) continue;
        kept[channel] = true;
        changed = true;
        missing--;
      }
    }
    return changed;
  }

  private rootOf(tensor: number): number {
    let root = tensor;
    for (let parent = this.parents.get(root); parent !== undefined; parent = this.parents.get(root)) root = parent;
    return root;
  }

  private join(a: number, b: number): void {
    const [from, to] = [this.rootOf(a), this.rootOf(b)];
    if (from !== to) this.parents.set(from, to);
  }
}

/** Whether output channel c depends on input channel c alone, and both tensors have the same channels. */
function isChannelwise(op: LoweredOp): boolean {
  const same = op.inShape[2] === op.outShape[2];
  return same && ['depthwiseConvS8', 'averagePoolS8', 'addS8', 'reshape'].includes(op.kernel);
}
