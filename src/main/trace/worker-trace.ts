import { parentPort } from 'node:worker_threads';
import { serveRecorder } from './serve-recorder.ts';

// Entry of the worker thread that writes one trace.
if (parentPort) serveRecorder(parentPort);
