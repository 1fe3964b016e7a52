import { describeKills } from './kill-suite.ts';

describeKills({ tool: 'openocd', victim: 'app', kills: 17, from: 0, seed: 11 });
