import * as vscode from 'vscode';

/** A message that was shown to the user. */
export interface ShownMessage {
  readonly message: string;
  readonly detail: string;
  readonly modal: boolean;
  readonly buttons: readonly string[];
}

const methods = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

/** Records the messages that are shown while a check runs, and presses the button that `choose` returns for each. */
export async function withDialogs(
  choose: (shown: ShownMessage) => string | undefined,
  check: (shown: readonly ShownMessage[]) => Promise<void>,
): Promise<void> {
  const shown: ShownMessage[] = [];
  const { window } = vscode;
  const originals = methods.map((name) => [name, window[name]] as const);
  const show = (message: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
    const options = rest.find((part): part is vscode.MessageOptions => typeof part === 'object');
    const buttons = rest.filter((part) => typeof part === 'string');
    const shownMessage = { message, detail: options?.detail ?? '', modal: options?.modal ?? false, buttons };
    shown.push(shownMessage);
    return Promise.resolve(choose(shownMessage));
  };
  try {
    for (const name of methods) Object.assign(window, { [name]: show });
    await check(shown);
  } finally {
    for (const [name, original] of originals) Object.assign(window, { [name]: original });
  }
}

/** The messages that are shown during an action, if the user presses this button of each. */
export async function messagesDuring(
  act: () => Promise<unknown>,
  button?: string,
): Promise<readonly ShownMessage[]> {
  let messages: readonly ShownMessage[] = [];
  await withDialogs(
    () => button,
    async (shown) => {
      await act();
      messages = shown;
    },
  );
  return messages;
}
