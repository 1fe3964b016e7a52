import { createHash } from 'node:crypto';
import { renderReport } from '../../../src/main/report/pdf/index.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { session } from './session.ts';

/** Prints the hash of the report of a made-up session: run by tests in a process of its own. */
const bytes = await renderReport(session(), { text: createText(), paper: 'A4' });
process.stdout.write(createHash('sha256').update(bytes).digest('hex'));
