import { z } from 'zod';

/**
 * A page must import this before anything else: zod otherwise tries `new Function` when its schemas are built, which the
 * page's content security policy forbids and reports.
 */
z.config({ jitless: true });
