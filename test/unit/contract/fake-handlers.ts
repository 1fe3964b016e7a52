import { LiveTopic } from '../../../src/shared/contract/index.ts';
import type { Handlers, TopicValue } from '../../../src/shared/contract/index.ts';
import { defaultSettings } from '../../../src/shared/domain/settings.ts';

export const simBench: TopicValue<'bench'> = {
  id: 'virtual',
  name: 'Virtual bench',
  simulated: true,
  open: true,
  instruments: [],
};

/** A procedure that a test did not expect to be called. */
function unexpected(): never {
  throw new Error('not expected in this test');
}

export interface FakeParts {
  calls?: Partial<Handlers['calls']>;
  bytes?: Partial<Handlers['bytes']>;
  topics?: Partial<Handlers['topics']>;
}

/** Handlers of which a test gives only those it needs. */
export function fakeHandlers(parts: FakeParts = {}): Handlers {
  const bench = new LiveTopic(simBench);
  const defaults: Partial<Handlers['calls']> = {
    'settings.get': () => Promise.resolve(defaultSettings),
    'settings.set': (input) => Promise.resolve({ ...defaultSettings, ...definedOnly(input) }),
  };
  const rest = { get: (given: Record<string, unknown>, name: string) => given[name] ?? unexpected };
  return {
    calls: new Proxy({ ...defaults, ...parts.calls }, rest) as Handlers['calls'],
    bytes: new Proxy({ ...parts.bytes }, rest) as Handlers['bytes'],
    topics: new Proxy({ bench: () => bench, ...parts.topics }, rest) as Handlers['topics'],
  };
}

function definedOnly<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never;
}
