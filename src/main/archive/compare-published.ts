import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedResultsSchema } from '../../shared/domain/published.ts';
import type { PublishedResults } from '../../shared/domain/published.ts';
import { Fault } from '../../shared/fault/index.ts';

/** Our table of published results (`resources/published/results.json`). @throws Fault `report.badPublished`. */
export async function readPublished(resourcesDir: string): Promise<PublishedResults> {
  const path = join(resourcesDir, 'published', 'results.json');
  try {
    return publishedResultsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new Fault('report.badPublished', { path, reason: String(error).slice(0, 400) }, { cause: error });
  }
}
