import * as vscode from 'vscode';
import type { ModelShelf } from './modelShelf';

/** Asks for the hub's token, which goes to the system's key store and nowhere else. */
export async function askForHubToken(shelf: ModelShelf): Promise<void> {
  const token = await vscode.window.showInputBox({
    title: 'Hugging Face token',
    prompt: 'Only for models that ask for one. Kept in the system’s key store; leave it empty to forget it.',
    placeHolder: 'hf_…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[\x21-\x7e]*$/.test(text.trim()) ? undefined : 'A token has no spaces or special letters.',
  });
  if (token === undefined) return;
  await shelf.setToken(token.trim());
  void vscode.window.showInformationMessage(
    token.trim() === '' ? 'DataVisor: The token is forgotten.' : 'DataVisor: The token is stored.',
  );
}
