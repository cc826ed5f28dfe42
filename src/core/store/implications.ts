import type { Session } from './session';

const ANCESTORS = `
  CREATE OR REPLACE TEMP TABLE ancestors AS
  WITH RECURSIVE canonical AS (
    SELECT name, coalesce(alias_of, name) AS tag FROM tags
  ), named AS (
    SELECT name, unnest(implies) AS implied FROM tags
  ), edges AS (
    SELECT DISTINCT c.tag, coalesce(p.tag, named.implied) AS parent
    FROM named JOIN canonical c USING (name) LEFT JOIN canonical p ON p.name = named.implied
  ), closure AS (
    SELECT tag, parent AS ancestor FROM edges
    UNION
    SELECT closure.tag, edges.parent FROM closure JOIN edges ON edges.tag = closure.ancestor
  )
  SELECT tag, ancestor FROM closure
  WHERE tag <> ancestor AND ancestor NOT IN (SELECT name FROM tags WHERE deleted_after IS NOT NULL)`;

/** Makes the temporary table `ancestors`, `(tag, ancestor)`: all that a tag brings along, near or far; false for nothing. */
export async function stageAncestors(session: Session): Promise<boolean> {
  const { some } = await session.row<{ some: boolean }>('SELECT EXISTS (FROM tags WHERE len(implies) > 0) AS some');
  if (!some) return false;
  await session.run(ANCESTORS);
  return true;
}
