import { Fault } from '../../shared/fault/index.ts';
import type { PackageSystem, RequestedSystem } from '../audit/index.ts';

/**
 * Which sessions are of which system: of the only one, or each by the name in front of it, `NAME=SESSION`. An equals sign in a path is part of the path
 * where what stands before it is no system.
 * @throws Fault `package.whichSystem`, `package.nothingOf`, `package.sameSystem`.
 */
export function assignSources(sessions: readonly string[], systems: readonly PackageSystem[]): RequestedSystem[] {
  const assigned = new Map(systems.map((one) => [one.system, { ...one, sources: [] as string[] }]));
  if (assigned.size < systems.length) {
    const twice = systems.find(({ system }, k) => systems.findIndex((other) => other.system === system) < k);
    throw new Fault('package.sameSystem', { system: twice?.system ?? '' });
  }
  const only = systems.length === 1 ? systems[0]?.system : undefined;
  for (const session of sessions) {
    const at = session.indexOf('=');
    const named = at > 0 ? assigned.get(session.slice(0, at)) : undefined;
    const target = named ?? (only === undefined ? undefined : assigned.get(only));
    if (!target) throw new Fault('package.whichSystem', { session, systems: [...assigned.keys()] });
    target.sources.push(named ? session.slice(at + 1) : session);
  }
  const [empty] = [...assigned.values()].filter(({ sources }) => sources.length === 0);
  if (empty) throw new Fault('package.nothingOf', { system: empty.system });
  return [...assigned.values()];
}
