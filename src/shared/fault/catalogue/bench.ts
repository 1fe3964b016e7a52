export const benchFaults = {} as const;
