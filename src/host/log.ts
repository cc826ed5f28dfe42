import * as vscode from 'vscode';
import { UserError } from '../protocol/userError';
import { nextStepAfter } from './nextSteps';

/** The "DataVisor" output channel, and the one way in which failures reach the person at the screen. */
export class Log implements vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('DataVisor', { log: true });

  info(message: string): void {
    this.channel.info(message);
  }

  error(context: string, error: unknown): void {
    this.channel.error(`${context}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  /**
   * Shows a failure: a `UserError` says itself what to do next; anything else is a bug, so its stack goes to the log
   * and the message offers to open that.
   */
  async show(context: string, error: unknown): Promise<void> {
    if (error instanceof UserError) {
      this.channel.warn(`${context}: ${error.message}`);
      const step = nextStepAfter(error);
      const titles = step ? [step.title] : [];
      const answer = await vscode.window.showErrorMessage(`DataVisor: ${error.message}`, ...titles);
      if (step && answer === step.title) await vscode.commands.executeCommand(step.command, step.argument);
      return;
    }
    this.error(context, error);
    const showLog = 'Show Log';
    const text = error instanceof Error ? error.message : String(error);
    const answer = await vscode.window.showErrorMessage(`DataVisor: ${context} failed unexpectedly: ${text}`, showLog);
    if (answer === showLog) this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }
}
