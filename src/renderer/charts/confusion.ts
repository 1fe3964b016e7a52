/** Names of the classes of a matrix; classes that nobody named are numbered. */
export function classNames(classes: readonly string[] | null, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => classes?.[index] ?? String(index));
}

export interface ConfusionRow {
  name: string;
  total: number;
  /** Share of this class's inputs that were recognised; undefined before the first. */
  recall: number | undefined;
  cells: readonly { name: string; count: number; share: number; right: boolean }[];
}

/** A matrix [true class][predicted class] as rows for a table; shares are of the row's total. */
export function confusionRows(
  confusion: readonly (readonly number[])[],
  names: readonly string[],
): readonly ConfusionRow[] {
  return confusion.map((counts, row) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return {
      name: names[row] ?? String(row),
      total,
      recall: total === 0 ? undefined : (counts[row] ?? 0) / total,
      cells: counts.map((count, column) => ({
        name: names[column] ?? String(column),
        count,
        share: total === 0 ? 0 : count / total,
        right: row === column,
      })),
    };
  });
}

/** The matrix as tab-separated text: true classes down, predicted classes across. */
export function confusionText(confusion: readonly (readonly number[])[], names: readonly string[]): string {
  return [
    ['true\\predicted', ...names].join('\t'),
    ...confusion.map((counts, row) => [names[row] ?? String(row), ...counts].join('\t')),
  ].join('\n');
}
