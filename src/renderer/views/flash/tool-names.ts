import type { FlashToolId } from '../../../shared/domain/flash.ts';

/** As their makers write them; names are not translated. */
export const toolNames: Readonly<Record<FlashToolId, string>> = { openocd: 'OpenOCD', pyocd: 'pyOCD' };
