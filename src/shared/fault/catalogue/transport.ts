export const transportFaults = {} as const;
