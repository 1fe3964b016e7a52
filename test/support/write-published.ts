import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { dataPath } from './data.ts';
import { publishedTable } from './published.ts';

// `node test/support/write-published.ts`: restates the facts of the list of published results (JOULEBENCH_DATA) as our own table.
const target = resolve(import.meta.dirname, '../../resources/published/results.json');
const table = publishedTable(await readFile(dataPath('published-results.csv'), 'utf8'));
const options = await resolveConfig(target);
await writeFile(target, await format(JSON.stringify(table), { ...options, parser: 'json' }));
console.log(`${table.results.length} results: ${target}`);
