export const apiFaults = {} as const;
