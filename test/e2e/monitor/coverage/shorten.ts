import type { EnergyMonitor, MonitorEvent } from '../../../../src/main/emon/index.ts';

/**
 * The same monitor, of whose samples fewer make a second: procedures that count their seconds in samples become shorter by `factor`, with a
 * standard error that is larger by its root and enters the certificate as it is. Samples themselves stay what they are.
 */
export function withShortSeconds(monitor: EnergyMonitor, factor: number): EnergyMonitor {
  const start: EnergyMonitor['start'] = async (profile, listener, signal) => {
    const { quantity } = monitor.kind.score;
    // A sample of energy stands for the current of a nominal interval, which is now longer.
    const shortened = (event: MonitorEvent): MonitorEvent =>
      event.kind === 'samples' && quantity === 'energy'
        ? { ...event, values: event.values.map((value) => value * factor) }
        : event;
    const acquisition = await monitor.start(profile, (event) => listener(shortened(event)), signal);
    return {
      quantity: acquisition.quantity,
      sampleRateHz: acquisition.sampleRateHz / factor,
      filter: acquisition.filter,
      edgeResolutionS: acquisition.edgeResolutionS,
      ended: acquisition.ended,
      stop: (stopSignal) => acquisition.stop(stopSignal),
    };
  };
  return new Proxy(monitor, {
    get(target, key): unknown {
      if (key === 'start') return start;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });
}
