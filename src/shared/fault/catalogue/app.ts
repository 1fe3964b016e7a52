export const appFaults = {} as const;
