import type * as v from 'valibot';
import type { policyApi } from '../../protocol/policyApi';
import { DEFAULT_MAX_TAGS, DEFAULT_THRESHOLD } from '../policy';
import { ownThreshold } from './policyMatrix';
import type { Session } from './session';

type Shown = v.InferOutput<(typeof policyApi)['policy']['result']>;

/** What was set for this dataset, what holds without that, and who has said what. */
export type StoredPolicy = Omit<Shown, 'revision' | 'providers'> & {
  readonly providers: readonly Omit<Shown['providers'][number], 'title'>[];
};

export async function readPolicy(session: Session): Promise<StoredPolicy> {
  const rules = await session.rows<StoredPolicy['rules'][number]>(
    `SELECT provider, dimension, threshold, auto_approve AS "autoApprove", hold_unmapped AS "holdUnmapped"
     FROM policies
     WHERE origin = 'dataset' AND (threshold IS NOT NULL OR auto_approve IS NOT NULL OR hold_unmapped IS NOT NULL)
     ORDER BY provider, dimension`,
  );
  const limits = await session.row<{ own: number | null; inherited: number }>(
    `SELECT max(max_tags) FILTER (origin = 'dataset') AS own,
       coalesce(max(max_tags) FILTER (origin = 'settings'), ${DEFAULT_MAX_TAGS}) AS inherited
     FROM policies WHERE provider = '' AND dimension = ''`,
  );
  return {
    rules,
    maxTags: limits.own,
    inherited: { maxTags: limits.inherited, autoApprove: true },
    providers: await readProviders(session),
  };
}

/** What the settings say of the models of `p`, and what these bring themselves. */
const INHERITED = `
  LEFT JOIN policies own ON own.origin = 'settings' AND own.provider = p.model AND own.dimension = ''
  LEFT JOIN policies general ON general.origin = 'settings' AND general.provider = '' AND general.dimension = ''
  LEFT JOIN models m ON m.name = p.model`;

async function readProviders(session: Session): Promise<StoredPolicy['providers']> {
  const said = await session.rows<{ model: string } & StoredPolicy['providers'][number]['dimensions'][number]>(
    `SELECT p.model, p.dimension AS name, coalesce(d.title, p.dimension) AS title, p.predictions,
       coalesce(own.threshold, general.threshold, ${ownThreshold('m.thresholds', 'p.dimension')}, ${DEFAULT_THRESHOLD}) AS threshold
     FROM (SELECT model, dimension, count(*)::INTEGER AS predictions FROM predictions GROUP BY ALL) p
     LEFT JOIN dimensions d ON d.name = p.dimension
     ${INHERITED}
     ORDER BY p.model, d.position NULLS LAST, p.dimension`,
  );
  const thresholds = await session.rows<{ name: string; threshold: number }>(
    `SELECT p.model AS name,
       coalesce(own.threshold, general.threshold, (m.thresholds ->> 'tag')::DOUBLE, ${DEFAULT_THRESHOLD}) AS threshold
     FROM (SELECT DISTINCT model FROM predictions) p
     ${INHERITED}
     ORDER BY p.model`,
  );
  return thresholds.map(({ name, threshold }) => {
    const own = said.filter(({ model }) => model === name);
    return {
      name,
      threshold,
      predictions: own.reduce((total, { predictions }) => total + predictions, 0),
      dimensions: own.map(({ model: _, ...dimension }) => dimension),
    };
  });
}
