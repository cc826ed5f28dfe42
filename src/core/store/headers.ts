import type { FailureCode, Header } from '../../protocol/workerApi';
import type { Session } from './session';

/** Why one sample could not be used. */
export interface SampleFailure {
  readonly id: number;
  readonly code: FailureCode;
  readonly message: string;
}

export async function commitHeaders(session: Session, headers: readonly (Header | SampleFailure)[]): Promise<void> {
  const failures = headers.filter((header): header is SampleFailure => 'code' in header);
  const read = headers.filter((header): header is Header => !('code' in header));
  await markFailed(session, failures);
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

/** Their tags stay as they are: a disk that is away for a moment says nothing about an image. */
export async function markFailed(session: Session, failures: readonly SampleFailure[]): Promise<void> {
  if (failures.length === 0) return;
  await session.stage('failed_samples', {
    id: { type: 'INTEGER', values: failures.map(({ id }) => id) },
    code: { type: 'VARCHAR', values: failures.map(({ code }) => code) },
    message: { type: 'VARCHAR', values: failures.map(({ message }) => message) },
  });
  await session.run(`
    UPDATE samples SET tagging_status = 'failed', error_code = code, error = message
    FROM failed_samples WHERE failed_samples.id = samples.id`);
}
