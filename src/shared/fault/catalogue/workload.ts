export const workloadFaults = {} as const;
