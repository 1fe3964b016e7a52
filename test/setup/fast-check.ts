import fc from 'fast-check';

// In CI the same cases each time, so that a change is judged by what it changes; everywhere else new ones with every run, which find what nobody thought of.
if (process.env['CI']) fc.configureGlobal({ seed: 20_261_124 });
