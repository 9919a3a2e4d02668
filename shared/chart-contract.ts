/** Charts as files: what a window draws, and main writes where a person chose. */

import { z } from 'zod';

export const CHART_FORMS = ['svg', 'png', 'csv'] as const;
export type ChartForm = (typeof CHART_FORMS)[number];

/** Charts are small; a table of groups has a line for each. */
const CONTENT_MAX = 32 * 1024 * 1024;

export const chartFileSchema = z.strictObject({
  name: z.string().max(200),
  form: z.enum(CHART_FORMS),
  /** Text; of a PNG in base64. */
  content: z.string().max(CONTENT_MAX),
});
export type ChartFile = Readonly<z.infer<typeof chartFileSchema>>;
