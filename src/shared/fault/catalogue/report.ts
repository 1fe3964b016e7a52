export const reportFaults = {} as const;
