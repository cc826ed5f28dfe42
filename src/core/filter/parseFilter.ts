import type { FilterExpression } from './filterExpression';
export type { FilterExpression } from './filterExpression';
export declare function parseFilter(text: string): FilterExpression | null;
