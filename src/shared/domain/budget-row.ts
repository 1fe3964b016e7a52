/** The word key of a budget row's id, and the range where it names one: `cal.fit.2` is `cal.fit` of range 2. */
export function budgetRowKey(id: string): { key: string; range: number | null } {
  const match = /^(.*)\.(\d+)$/.exec(id);
  return match ? { key: match[1] as string, range: Number(match[2]) } : { key: id, range: null };
}
