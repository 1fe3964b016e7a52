import { parentPort } from 'node:worker_threads';
import { serveRecorder } from '../../../src/main/trace/serve-recorder.ts';
import { diskFiles } from '../../../src/main/trace/trace-files.ts';

// A recorder's worker whose disk has room for 20,000 bytes.
let left = 20_000;
if (parentPort)
  serveRecorder(parentPort, {
    async create(path) {
      const file = await diskFiles.create(path);
      return {
        ...file,
        async append(bytes) {
          left -= bytes.length;
          if (left < 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
          await file.append(bytes);
        },
      };
    },
  });
