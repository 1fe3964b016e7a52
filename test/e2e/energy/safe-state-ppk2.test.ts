import { describeEndings } from './endings.ts';

describeEndings('ppk2');
