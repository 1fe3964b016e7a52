import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { schemaFiles } from './schemas.ts';

// `npm run schemas`: writes docs/schemas from the zod schemas; a unit test compares them.
const folder = resolve(import.meta.dirname, '../../docs/schemas');
await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(schemaFiles())) await writeFile(join(folder, name), text);
