import type { Header } from '../../protocol/workerApi';
import { noteFileFailures } from './sampleFailures';
import type { Session } from './session';
import type { SampleFailure } from './taggingFailures';

export async function commitHeaders(session: Session, headers: readonly (Header | SampleFailure)[]): Promise<void> {
  const failures = headers.filter((header): header is SampleFailure => 'code' in header);
  const read = headers.filter((header): header is Header => !('code' in header));
  await noteFileFailures(session, null, failures);
  if (read.length === 0) return;
  await session.stage('staged', {
    id: { type: 'INTEGER', values: read.map(({ id }) => id) },
    width: { type: 'INTEGER', values: read.map(({ width }) => width) },
    height: { type: 'INTEGER', values: read.map(({ height }) => height) },
    format: { type: 'VARCHAR', values: read.map(({ format }) => format) },
    captured_at: { type: 'VARCHAR', values: read.map(({ capturedAt }) => capturedAt) },
    camera: { type: 'VARCHAR', values: read.map(({ camera }) => camera) },
  });
  // Cameras write impossible dates; those count as none.
  await session.run(`
    UPDATE samples SET width = staged.width, height = staged.height, format = staged.format,
      captured_at = try_cast(staged.captured_at AS TIMESTAMP), camera = staged.camera
    FROM staged WHERE staged.id = samples.id`);
}
