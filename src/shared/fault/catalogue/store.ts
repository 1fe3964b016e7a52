export const storeFaults = {} as const;
