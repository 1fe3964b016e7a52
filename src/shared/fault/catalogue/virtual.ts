export const virtualFaults = {} as const;
