import * as vscode from 'vscode';

type ModelItem = vscode.QuickPickItem & { readonly model: string };

/**
 * Replaces the list of models with one in which the user picks this model, or cancels.
 *
 * @param afterClosing called in the next task after the list was closed
 */
export async function withPicker(
  picked: string | undefined,
  check: (labels: () => readonly string[]) => Promise<void>,
  afterClosing: () => unknown = () => undefined,
): Promise<void> {
  const { window } = vscode;
  const original = window.createQuickPick;
  const [accept, hide, change] = [1, 2, 3].map(() => new vscode.EventEmitter<void>());
  let items: readonly ModelItem[] = [];
  const picker = {
    value: '',
    activeItems: [] as readonly ModelItem[],
    onDidAccept: accept?.event,
    onDidHide: hide?.event,
    onDidChangeValue: change?.event,
    get items() {
      return items;
    },
    set items(next) {
      items = next;
      // The user decides once the list is complete.
      if (this.busy) return;
      this.activeItems = items.filter(({ model }) => model === picked);
      if (picked === undefined) hide?.fire();
      else accept?.fire();
    },
    busy: false,
    show: () => undefined,
    hide: () => hide?.fire(),
    dispose: () => void setImmediate(afterClosing),
  };
  try {
    Object.assign(window, { createQuickPick: () => picker });
    await check(() => items.map(({ label, description, detail }) => [label, description, detail].join(' ')));
  } finally {
    Object.assign(window, { createQuickPick: original });
  }
}
