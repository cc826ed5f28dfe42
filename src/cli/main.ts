import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../protocol/userError';
import type { ReadyCommand } from './commandArguments';
import type { CommandResult } from './commandResult';
import { parseArguments, type CommandLine, type ModelsCommandLine } from './parseArguments';
import { ProgressBar } from './progressBar';
import { remoteProviders } from './remoteProviders';
import { USAGE } from './usage';

const EXIT = { done: 0, failed: 1, usage: 2, alarm: 3, cancelled: 130 } as const;
/** Errors in what was typed, not in what was found. */
const USAGE_CODES = [
  'usage',
  'filter-syntax',
  'model-unknown',
  'model-unable',
  'dtype-unknown',
  'dimension-unknown',
  'view-missing',
  'endpoint-invalid',
];

const bar = new ProgressBar(process.stderr);

async function main(args: readonly string[]): Promise<number> {
  const json = args.includes('--json'); // also when the rest of the call is wrong
  try {
    const line = parseArguments(
      args,
      remoteProviders((text) => bar.message(text)),
    );
    if (line === 'help') return answer(json, { usage: USAGE }, USAGE);
    if (line === 'version') return answer(json, { version: version() }, `${version()}\n`);
    const signal = cancelOnSignals();
    const result = await run(line, signal);
    answer(json, result.json, result.text);
    return result.cancelled || signal.aborted ? EXIT.cancelled : result.alarm ? EXIT.alarm : EXIT.done;
  } catch (error) {
    return fail(error, json);
  }
}

/** The commands are loaded when they are needed: `help` and wrong usage load no database engine. */
async function run(line: CommandLine | ModelsCommandLine | ReadyCommand, signal: AbortSignal): Promise<CommandResult> {
  if ('run' in line) return line.run(bar, signal);
  if (line.command === 'models') {
    const { modelsCommand } = await import('./modelsCommand');
    return modelsCommand(line, bar, signal);
  }
  const { command } = line;
  if (command === 'info' || command === 'facets') {
    const { readCommand } = await import('./readCommand');
    return readCommand(command, line);
  }
  if (command === 'failures') {
    const { failuresCommand } = await import('./failuresCommand');
    return failuresCommand(line);
  }
  if (line.slice) {
    const { shardCommand } = await import('./shardCommand');
    return shardCommand(line, line.slice, bar, signal);
  }
  const { jobCommand } = await import('./jobCommand');
  return jobCommand(command, line, bar, signal);
}

function answer(json: boolean, object: Readonly<Record<string, unknown>>, text: string): number {
  process.stdout.write(json ? `${JSON.stringify(object)}\n` : text);
  return EXIT.done;
}

function fail(error: unknown, json: boolean): number {
  const isUserError = error instanceof UserError;
  const code = isUserError ? error.code : 'internal';
  const message = error instanceof Error ? error.message : String(error);
  const isUsage = USAGE_CODES.includes(code);
  const detail = isUserError || !(error instanceof Error) ? message : `This is a bug: ${error.stack ?? message}`;
  bar.clear();
  process.stderr.write(`datavisor: ${detail}\n`);
  if (code === 'usage') process.stderr.write('Run "datavisor help" to see how it is used.\n');
  if (json) answer(true, { error: { code, message } }, '');
  return isUsage ? EXIT.usage : EXIT.failed;
}

/** The first signal cancels, which takes up to a second; the second one ends the process on the spot. */
function cancelOnSignals(): AbortSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT.cancelled);
    bar.message('Cancelling… (once more to stop at once)');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

// Who reads our output may leave early (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT.failed));

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  // Writing to a pipe can take its time; an idle database engine must not keep the process after that.
  process.stdout.write('', () => process.exit(code));
});
