import * as v from 'valibot';
import { ViewSettings, type SavedView } from '../../protocol/savedViewApi';
import { UserError } from '../../protocol/userError';
import type { Session } from './session';

const LONGEST_NAME = 100;

interface StoredView {
  readonly id: number;
  readonly name: string;
  readonly view: string;
}

/** By name. What another version or another program wrote there and cannot be understood is left out, with a warning. */
export async function savedViews(session: Session): Promise<SavedView[]> {
  const rows = await session.rows<StoredView>(
    'SELECT id, name, view::VARCHAR AS view FROM saved_views ORDER BY lower(name), id',
  );
  return rows.flatMap((row) => {
    const settings = readSettings(row.view);
    if (settings) return [{ id: row.id, name: row.name, settings }];
    console.warn(`The saved view "${row.name}" is left out: its settings in saved_views are not those of a view.`);
    return [];
  });
}

/** @throws UserError `view-exists`, `view-name` */
export async function saveView(
  session: Session,
  name: string,
  settings: ViewSettings,
  replace: boolean,
): Promise<SavedView> {
  const title = viewName(name);
  const taken = await idOf(session, title);
  if (taken !== null && !replace) throw nameTaken(title);
  const view = JSON.stringify(v.parse(ViewSettings, settings));
  const now = Date.now();
  if (taken === null) {
    await session.run(
      'INSERT INTO saved_views (name, view, made_at) VALUES ($1, $2::JSON, make_timestamp($3::BIGINT * 1000))',
      [title, view, now],
    );
  } else {
    await session.run(
      'UPDATE saved_views SET view = $1::JSON, made_at = make_timestamp($2::BIGINT * 1000) WHERE id = $3',
      [view, now, taken],
    );
  }
  const saved = await session.row<{ id: number; name: string }>(
    'SELECT id, name FROM saved_views WHERE lower(name) = lower($1)',
    [title],
  );
  return { ...saved, settings };
}

/** @throws UserError `view-exists`, `view-name`, `view-missing` */
export async function renameView(session: Session, id: number, name: string): Promise<void> {
  const title = viewName(name);
  const rows = await session.rows<{ name: string }>('SELECT name FROM saved_views WHERE id = $1', [id]);
  if (rows.length === 0) {
    throw new UserError('view-missing', 'This saved view is gone. Save the present view under the new name instead.');
  }
  const taken = await idOf(session, title);
  if (taken !== null && taken !== id) throw nameTaken(title);
  await session.run('UPDATE saved_views SET name = $1 WHERE id = $2', [title, id]);
}

export async function deleteView(session: Session, id: number): Promise<void> {
  await session.run('DELETE FROM saved_views WHERE id = $1', [id]);
}

function readSettings(json: string): ViewSettings | null {
  try {
    const parsed = v.safeParse(ViewSettings, JSON.parse(json));
    return parsed.success ? parsed.output : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function idOf(session: Session, name: string): Promise<number | null> {
  const rows = await session.rows<{ id: number }>('SELECT id FROM saved_views WHERE lower(name) = lower($1)', [name]);
  return rows[0]?.id ?? null;
}

function viewName(name: string): string {
  const trimmed = name.normalize('NFC').trim();
  if (trimmed === '') throw new UserError('view-name', 'A saved view needs a name. Type at least one letter.');
  if (trimmed.length > LONGEST_NAME) {
    throw new UserError('view-name', `The name of a saved view has at most ${LONGEST_NAME} characters. Shorten it.`);
  }
  return trimmed;
}

function nameTaken(name: string): UserError {
  return new UserError('view-exists', `There is a saved view "${name}" already. Choose another name, or replace it.`);
}
