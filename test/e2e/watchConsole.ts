import { expect, type Page } from '@playwright/test';

/** Keeps what a window's console says; every frame's lines come to it. */
export function watchConsole(page: Page): { lines: string[]; expectNoFaultOfOurs(): void } {
  const lines: string[] = [];
  const faults: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    lines.push(`${message.type()}: ${message.text()} (${url})`);
    if (message.type() === 'error' && isOurs(message.text(), url)) faults.push(message.text());
  });
  page.on('pageerror', (error) => {
    const text = error.stack ?? error.message;
    lines.push(`pageerror: ${text}`);
    if (isOurs(text, '')) faults.push(text);
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { lines, expectNoFaultOfOurs: () => expect(faults).toEqual([]) };
}

/** VS Code has complaints of its own, and repeats error notifications. */
function isOurs(text: string, url: string): boolean {
  return /dist\/webview\/|datavisor/i.test(url) || /dist\/webview\/|Content Security Policy/i.test(text);
}
