import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createCatalogue,
  diskDatasetFiles,
  isKnownContent,
  openDataset,
  performanceInputs,
  performanceInputsOrigin,
  readOwnWorkload,
} from '../../../src/main/workload/index.ts';

const folder = resolve(import.meta.dirname, '../../../resources/workloads/demo01');
const files = diskDatasetFiles(process.platform);

describe('the demo workload', () => {
  it('opens as the list and the content that its definition names', async () => {
    const own = await readOwnWorkload(files, folder);
    const workload = createCatalogue([own.workload]).findRunnable('demo01');
    const dataset = await openDataset(files, own.datasetFolder, workload);
    expect(dataset.identity).toMatchObject({ kind: 'own', listName: 'demo01', inputs: workload.ownList?.inputs });
    expect(isKnownContent(workload, dataset.identity.contentSha256 ?? '')).toBe(true);
    expect(performanceInputsOrigin(workload, performanceInputs(dataset.inputs), dataset.inputs)).toBe('listStart');
  });
});
