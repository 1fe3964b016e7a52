import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from './places.ts';

/** Name and version of this program, from its package.json. */
export function appIdentity(): { name: string; version: string } {
  const text = readFileSync(join(projectDir(), 'package.json'), 'utf8');
  const { productName, version } = JSON.parse(text) as { productName: string; version: string };
  return { name: productName, version };
}
