import { describeRefusals } from './refusal-suite.ts';

describeRefusals('pyocd');
