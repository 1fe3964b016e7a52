export const modelFaults = {} as const;
