/**
 * What has to change to make something wrong that was found out. `tags`: decisions and rules, or anything else. `files`:
 * what lies in the folder and what models said of it, which decisions and rules leave alone.
 */
export type Subject = 'tags' | 'files';
