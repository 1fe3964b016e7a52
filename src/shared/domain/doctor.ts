import { z } from 'zod';

/** What an examination of a connection found. */
export const doctorReportSchema = z.object({ port: z.string() });
export type DoctorReport = z.infer<typeof doctorReportSchema>;
