import * as v from 'valibot';
import { UserError } from './userError';

/** One call of a contract. `progress` is what the callee may report while the call is under way. */
export interface Method {
  readonly params: v.GenericSchema;
  readonly result: v.GenericSchema;
  readonly progress?: v.GenericSchema;
}

/** What one side of a boundary offers to the other. Types and run-time validation both derive from it. */
export type Contract = Readonly<Record<string, Method>>;

type Output<S> = S extends v.GenericSchema ? v.InferOutput<S> : never;

export interface CallOptions<P = never> {
  signal?: AbortSignal;
  onProgress?: (progress: P) => void;
}

export type Client<C extends Contract> = {
  readonly [K in keyof C]: (
    params: Output<C[K]['params']>,
    options?: CallOptions<Output<C[K]['progress']>>,
  ) => Promise<Output<C[K]['result']>>;
};

export interface CallContext<P = never> {
  readonly signal: AbortSignal;
  progress(value: P): void;
}

export type Handlers<C extends Contract> = {
  readonly [K in keyof C]: (
    params: Output<C[K]['params']>,
    context: CallContext<Output<C[K]['progress']>>,
  ) => Promise<Output<C[K]['result']>> | Output<C[K]['result']>;
};

/** Carries messages to the other side in order. Structured-clone values, typed arrays included, pass unchanged. */
export interface Transport {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/**
 * Why a call failed. `cancelled`: by its signal; `closed`: the other side is gone; `invalid`: a message did not match
 * the contract; `internal`: the other side threw something that is a bug there.
 */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  constructor(
    readonly code: 'cancelled' | 'closed' | 'invalid' | 'internal',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const id = v.pipe(v.number(), v.integer());

const Message = v.variant('kind', [
  v.object({ kind: v.literal('call'), id, method: v.string(), params: v.unknown() }),
  v.object({ kind: v.literal('result'), id, value: v.unknown() }),
  v.object({
    kind: v.literal('error'),
    id,
    error: v.object({ type: v.picklist(['user', 'rpc']), code: v.string(), message: v.string() }),
  }),
  v.object({ kind: v.literal('progress'), id, value: v.unknown() }),
  v.object({ kind: v.literal('cancel'), id }),
]);
type Message = v.InferOutput<typeof Message>;

interface Pending {
  readonly method: Method;
  readonly name: string;
  readonly onProgress: ((progress: never) => void) | undefined;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * One end of a boundary between processes (host and worker, host and webview): offers `local`, calls `remote`.
 * Every message is validated where it enters; `close` settles every pending call, so that none hangs.
 */
export class Endpoint<Local extends Contract, Remote extends Contract> {
  readonly remote: Client<Remote>;
  private readonly pending = new Map<number, Pending>();
  private readonly serving = new Map<number, AbortController>();
  private nextId = 1;
  private closed: RpcError | undefined;

  /** @param onViolation hears of messages that match no contract; they are dropped. */
  constructor(
    private readonly transport: Transport,
    private readonly local: Local,
    private readonly handlers: Handlers<Local>,
    private readonly remoteContract: Remote,
    private readonly onViolation: (error: RpcError) => void,
  ) {
    const names = Object.keys(remoteContract);
    this.remote = Object.fromEntries(
      names.map((name) => [name, (params: unknown, options?: CallOptions) => this.call(name, params, options)]),
    ) as unknown as Client<Remote>;
    transport.onMessage((message) => this.receive(message));
  }

  /** Rejects all pending calls with `closed` and aborts all calls being served. Later calls reject at once. */
  close(reason: string): void {
    if (this.closed) return;
    this.closed = new RpcError('closed', reason);
    for (const call of this.pending.values()) call.reject(this.closed);
    this.pending.clear();
    for (const controller of this.serving.values()) controller.abort(this.closed);
    this.serving.clear();
  }

  private call(name: string, params: unknown, options: CallOptions = {}): Promise<unknown> {
    const { signal } = options;
    if (this.closed) return Promise.reject(this.closed);
    if (signal?.aborted) return Promise.reject(new RpcError('cancelled', `${name} was cancelled`));
    const callId = this.nextId++;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        if (!this.pending.delete(callId)) return;
        this.transport.post({ kind: 'cancel', id: callId } satisfies Message);
        reject(new RpcError('cancelled', `${name} was cancelled`));
      };
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          signal?.removeEventListener('abort', onAbort);
          then(value);
        };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.pending.set(callId, {
        name,
        method: this.remoteContract[name],
        onProgress: options.onProgress,
        resolve: settle(resolve),
        reject: settle(reject),
      });
      try {
        this.transport.post({ kind: 'call', id: callId, method: name, params } satisfies Message);
      } catch (error) {
        this.pending.get(callId)?.reject(new RpcError('closed', `${name} could not be sent`, { cause: error }));
        this.pending.delete(callId);
      }
    });
  }

  private receive(raw: unknown): void {
    if (this.closed) return;
    const parsed = v.safeParse(Message, raw);
    if (!parsed.success) {
      this.onViolation(new RpcError('invalid', `a message that is none: ${v.summarize(parsed.issues)}`));
      return;
    }
    const message = parsed.output;
    switch (message.kind) {
      case 'call':
        void this.serve(message.id, message.method, message.params);
        return;
      case 'cancel':
        this.serving.get(message.id)?.abort(new RpcError('cancelled', 'cancelled by the caller'));
        return;
      case 'progress':
        this.receiveProgress(message.id, message.value);
        return;
      case 'result':
      case 'error':
        this.receiveReply(message);
    }
  }

  private receiveProgress(callId: number, value: unknown): void {
    const call = this.pending.get(callId);
    if (!call?.onProgress || !call.method.progress) return;
    const parsed = v.safeParse(call.method.progress, value);
    if (parsed.success) call.onProgress(parsed.output as never);
    else this.onViolation(new RpcError('invalid', `progress of ${call.name}: ${v.summarize(parsed.issues)}`));
  }

  private receiveReply(message: Extract<Message, { kind: 'result' | 'error' }>): void {
    const call = this.pending.get(message.id);
    if (!call) return; // a late answer to a call that was cancelled
    this.pending.delete(message.id);
    if (message.kind === 'error') {
      const { type, code, message: text } = message.error;
      call.reject(
        type === 'user'
          ? new UserError(code, text)
          : new RpcError(code === 'cancelled' || code === 'invalid' ? code : 'internal', `${call.name}: ${text}`),
      );
      return;
    }
    const parsed = v.safeParse(call.method.result, message.value);
    if (parsed.success) call.resolve(parsed.output);
    else call.reject(new RpcError('invalid', `reply to ${call.name}: ${v.summarize(parsed.issues)}`));
  }

  private async serve(callId: number, name: string, rawParams: unknown): Promise<void> {
    const controller = new AbortController();
    this.serving.set(callId, controller);
    try {
      if (!Object.hasOwn(this.local, name)) throw new RpcError('invalid', `no method ${name}`);
      const params = v.safeParse(this.local[name].params, rawParams);
      if (!params.success) throw new RpcError('invalid', `parameters of ${name}: ${v.summarize(params.issues)}`);
      const progress = (value: unknown) => this.reply({ kind: 'progress', id: callId, value });
      const value: unknown = await this.handlers[name](params.output as never, {
        signal: controller.signal,
        progress,
      });
      this.reply({ kind: 'result', id: callId, value });
    } catch (error) {
      this.reply({ kind: 'error', id: callId, error: describe(error, controller.signal) });
    } finally {
      this.serving.delete(callId);
    }
  }

  private reply(message: Message): void {
    if (!this.closed) this.transport.post(message);
  }
}

function describe(error: unknown, signal: AbortSignal): Extract<Message, { kind: 'error' }>['error'] {
  if (error instanceof UserError) return { type: 'user', code: error.code, message: error.message };
  if (signal.aborted) return { type: 'rpc', code: 'cancelled', message: 'cancelled' };
  if (error instanceof RpcError) return { type: 'rpc', code: error.code, message: error.message };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: 'rpc', code: 'internal', message: text };
}
