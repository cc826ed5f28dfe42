import { UserError } from '../../protocol/userError';

const MEMORY =
  /out of memory|bad_alloc|bad allocation|failed to allocate|allocation failed|not enough memory|ENOMEM|array buffer allocation|E_OUTOFMEMORY/i;

/** Whether a failure of loading or running a model says that memory ran out. */
export function ranOutOfMemory(error: unknown): boolean {
  if (error instanceof UserError) return error.code === 'out-of-memory';
  return error instanceof Error && MEMORY.test(error.message);
}

/** The first line of what went wrong, without the place in ONNX Runtime's source that some messages begin with. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const said = text.replace(/^\w+: Error: /, '').replace(/^\/\S+:\d+ [^]*? was false\. /, '');
  return (said.split('\n')[0] ?? '').trim().replace(/\.$/, '').slice(0, 300);
}
