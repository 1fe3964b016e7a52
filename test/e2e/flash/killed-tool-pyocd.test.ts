import { describeKills } from './kill-suite.ts';

describeKills({ tool: 'pyocd', victim: 'tool', kills: 3, from: 3, seed: 22 });
