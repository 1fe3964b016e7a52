import { describeKills } from './kill-suite.ts';

describeKills({ tool: 'pyocd', victim: 'app', kills: 3, from: 3, seed: 12 });
