import * as vscode from 'vscode';

/** One text to ask for. */
export interface InputStep {
  readonly name: string;
  readonly prompt: string;
  readonly placeholder?: string;
  /** What stands there at first. */
  readonly value?: string;
  readonly password?: boolean;
  /** Why a text cannot be taken, or a warning with one that can; undefined for one that is fine. */
  readonly check: (text: string) => string | vscode.InputBoxValidationMessage | undefined;
}

/**
 * Asks for some texts, one after the other, with a way back to the one before.
 * @param stepsAfter what to ask with the answers so far, by name; null when that was all
 * @returns the answers without spaces around them, `back` from the first step, or null when it is dismissed
 */
export async function askInSteps(
  title: string,
  stepsAfter: (answers: ReadonlyMap<string, string>) => Promise<InputStep | null>,
): Promise<ReadonlyMap<string, string> | 'back' | null> {
  const answers: [name: string, text: string][] = [];
  for (;;) {
    const step = await stepsAfter(new Map(answers));
    if (!step) return new Map(answers);
    const answer = await askOne(title, step, answers.length + 1);
    if (answer === null) return null;
    if (answer !== 'back') answers.push([step.name, answer.text.trim()]);
    else if (answers.length === 0) return 'back';
    else answers.pop();
  }
}

async function askOne(
  title: string,
  { prompt, placeholder, value = '', password = false, check }: InputStep,
  number: number,
): Promise<{ readonly text: string } | 'back' | null> {
  const box = vscode.window.createInputBox();
  Object.assign(box, { title, prompt, value, password, step: number, ignoreFocusOut: true });
  if (placeholder !== undefined) box.placeholder = placeholder;
  box.buttons = [vscode.QuickInputButtons.Back];
  const show = () => (box.validationMessage = check(box.value.trim()));
  try {
    return await new Promise((resolve) => {
      box.onDidChangeValue(show);
      box.onDidTriggerButton(() => resolve('back'));
      box.onDidAccept(() => {
        const wrong = show();
        if (isTaken(wrong)) resolve({ text: box.value });
      });
      box.onDidHide(() => resolve(null));
      if (value !== '') show();
      box.show();
    });
  } finally {
    box.dispose();
  }
}

function isTaken(message: ReturnType<InputStep['check']>): boolean {
  return (
    message === undefined || (typeof message !== 'string' && message.severity < vscode.InputBoxValidationSeverity.Error)
  );
}
