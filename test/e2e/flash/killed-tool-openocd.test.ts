import { describeKills } from './kill-suite.ts';

describeKills({ tool: 'openocd', victim: 'tool', kills: 17, from: 0, seed: 21 });
