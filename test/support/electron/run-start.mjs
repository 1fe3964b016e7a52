// Loads everything that `npm start` loads, in a process where asking the electron package for its program would fail.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') throw new Error('the electron package was asked for its program');
    return next(specifier, context);
  },
});
await import('../../../src/main/desktop/launch/index.ts');
process.stdout.write('electron not asked\n');
