export const dutFaults = {} as const;
