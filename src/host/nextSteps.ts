/** What a button under a failure's message does. */
export interface NextStep {
  readonly title: string;
  readonly command: string;
  readonly argument?: string;
}

const SET_KEY: NextStep = { title: 'Set Key…', command: 'datavisor.setApiKey' };
const CHOOSE: NextStep = { title: 'Choose Provider…', command: 'datavisor.chooseProvider' };

/** By the code of the error. */
const NEXT_STEPS: Readonly<Record<string, NextStep>> = {
  'api-key-missing': SET_KEY,
  'remote-unauthorized': SET_KEY,
  'remote-not-found': CHOOSE,
  'remote-moved': CHOOSE,
  'remote-unknown': CHOOSE,
  'endpoint-invalid': CHOOSE,
  'not-embedded': { title: 'Embed and Map…', command: 'datavisor.embedAndMap' },
  'workspace-untrusted': { title: 'Manage Trust…', command: 'workbench.trust.manage' },
  'remote-limits-invalid': {
    title: 'Open Settings',
    command: 'workbench.action.openSettings',
    argument: 'datavisor.remoteLimits',
  },
};

/** The step that a failure asks for, where one command does it. */
export function nextStepAfter({ code }: { readonly code: string }): NextStep | null {
  return NEXT_STEPS[code] ?? null;
}
