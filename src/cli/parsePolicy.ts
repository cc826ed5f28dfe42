import { commandArguments, usage, type ReadyCommand } from './commandArguments';
import type { PolicySetting } from './policyCommandLine';

const MOST_TAGS = 100;

/** `policy FOLDER [--threshold …] [--auto-approve …] [--max-tags N]`. @throws UserError 'usage' */
export function parsePolicy(args: readonly string[]): ReadyCommand {
  const { values, folder, database } = commandArguments(args, {
    threshold: { type: 'string', multiple: true },
    'auto-approve': { type: 'string', multiple: true },
    'max-tags': { type: 'string' },
  });
  const thresholds = (values.threshold ?? []).map((text) => setting('--threshold', text, threshold));
  const autoApprove = (values['auto-approve'] ?? []).map((text) => setting('--auto-approve', text, onOrOff));
  const maxTags = mostTags(values['max-tags']);
  return {
    run: async () => {
      const { policyCommand } = await import('./policyCommand');
      return policyCommand({ folder, database, thresholds, autoApprove, maxTags });
    },
  };
}

function setting<T>(option: string, text: string, valueOf: (text: string) => T | undefined): PolicySetting<T> {
  const [, provider = '', dimension = '', given = ''] = /^([^:=]*)(?::([^=]*))?=(.*)$/.exec(text) ?? [];
  const value = given === 'default' ? null : valueOf(given);
  if (value === undefined) {
    throw usage(`${option} needs PROVIDER=VALUE or PROVIDER:DIMENSION=VALUE, VALUE may be "default"; not "${text}".`);
  }
  return { provider, dimension, value };
}

function threshold(text: string): number | undefined {
  const number = Number(text);
  return /^\d+(\.\d+)?$/.test(text) && number <= 100 ? number : undefined;
}

function onOrOff(text: string): boolean | undefined {
  return text === 'on' ? true : text === 'off' ? false : undefined;
}

function mostTags(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === 'default') return null;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= MOST_TAGS) return number;
  throw usage(`--max-tags needs a number from 1 to ${MOST_TAGS}, or "default"; not "${text}".`);
}
