/** `jsonl`: one JSON object a line. `csv`: comma separated, quoted where needed, with a header. */
export const LOG_FORMATS = ['jsonl', 'csv'] as const;
export type DecisionLogFormat = (typeof LOG_FORMATS)[number];
