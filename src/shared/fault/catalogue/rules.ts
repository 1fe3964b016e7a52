export const rulesFaults = {} as const;
