import { mkdir } from 'node:fs/promises';
import { storeFault } from './store-fault.ts';

/** Makes a folder with all that it lies in; one that is there already is fine. @throws Fault of area `store`. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw storeFault(error, path);
  }
}
