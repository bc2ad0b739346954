import * as vscode from 'vscode';

/** A message that the user was shown. */
export interface Shown {
  readonly message: string;
  readonly detail: string;
  readonly modal: boolean;
  readonly buttons: readonly string[];
}

const methods = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

/** The messages of the window while a check runs, each answered at once with the button that `choose` names. */
export async function withDialogs(
  choose: (shown: Shown) => string | undefined,
  check: (shown: readonly Shown[]) => Promise<void>,
): Promise<void> {
  const shown: Shown[] = [];
  const { window } = vscode;
  const originals = methods.map((name) => [name, window[name]] as const);
  const show = (message: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
    const options = rest.find((part): part is vscode.MessageOptions => typeof part === 'object');
    const buttons = rest.filter((part) => typeof part === 'string');
    const entry = { message, detail: options?.detail ?? '', modal: options?.modal ?? false, buttons };
    shown.push(entry);
    return Promise.resolve(choose(entry));
  };
  try {
    for (const name of methods) Object.assign(window, { [name]: show });
    await check(shown);
  } finally {
    for (const [name, original] of originals) Object.assign(window, { [name]: original });
  }
}
