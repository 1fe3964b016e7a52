export const runnerFaults = {} as const;
