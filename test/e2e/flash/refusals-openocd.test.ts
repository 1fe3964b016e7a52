import { describeRefusals } from './refusal-suite.ts';

describeRefusals('openocd');
