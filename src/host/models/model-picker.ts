import * as vscode from 'vscode';
import { fillIn, inertValue } from '../../core/text/inert';
import { findModel, type CatalogueModel, type CatalogueReading } from '../../core/catalogue';
import { formatCount, formatDay, formatUsd } from '../number-format';

interface ModelItem extends vscode.QuickPickItem {
  readonly model: string;
}

/**
 * Lets the user choose a model from the list of the service, or type the name of one that is not on it.
 *
 * @param reading the list, which may take its time
 * @returns its name; undefined when the user closes the list. Rejects where the list cannot be read
 */
export function pickModel(reading: Promise<CatalogueReading>, current: string): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick<ModelItem>();
  picker.title = vscode.l10n.t('Model');
  picker.placeholder = invitations().fresh;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.ignoreFocusOut = true;
  picker.busy = true;
  let items: readonly ModelItem[] = [];

  const refresh = (): void => {
    const typed = picker.value.trim();
    const named = items.some(({ model }) => model === typed);
    picker.items = typed === '' || named ? items : [...items, typedItem(typed)];
  };
  return new Promise((resolve, reject) => {
    reading
      .then(({ models, source }) => {
        picker.busy = false;
        items = itemsOf(models, current);
        picker.placeholder = invitations()[source];
        refresh();
      })
      .catch((error: unknown) => {
        reject(error instanceof Error ? error : new Error(String(error)));
        picker.hide();
      });
    picker.onDidChangeValue(refresh);
    picker.onDidAccept(() => {
      const [chosen] = picker.activeItems;
      resolve(chosen?.model ?? (picker.value.trim() || undefined));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    refresh();
    picker.show();
  });
}

function invitations(): Readonly<Record<CatalogueReading['source'], string>> {
  return {
    fresh: vscode.l10n.t('Choose a model, or type the name of another'),
    cached: vscode.l10n.t('The service could not be asked: choose from what it had before, or type a name'),
    none: vscode.l10n.t('This service has no list of models: type the name of one'),
  };
}

/** The current model first, then those of the service in its order; retired ones that nobody uses are left out. */
function itemsOf(models: readonly CatalogueModel[], current: string): readonly ModelItem[] {
  const mine = findModel(models, current);
  const others = models.filter((model) => model !== mine && !model.unlisted);
  const first: ModelItem = mine
    ? { ...itemOf(mine), label: `$(check) ${inertValue(current)}`, model: current }
    : {
        label: `$(check) ${inertValue(current)}`,
        model: current,
        description: vscode.l10n.t('not in the list of the service'),
      };
  return [first, ...others.map(itemOf)];
}

function itemOf({ id, context, maxOutput, price, retirement }: CatalogueModel): ModelItem {
  const facts = [
    context && vscode.l10n.t('{0} tokens of context', formatCount(context)),
    maxOutput && vscode.l10n.t('{0} of answer', formatCount(maxOutput)),
    price && vscode.l10n.t('{0} in, {1} out per million', formatUsd(price.input), formatUsd(price.output)),
  ].filter((fact) => fact !== undefined && fact !== 0);
  return {
    label: inertValue(id),
    model: id,
    description: facts.join(' · '),
    ...(retirement && { detail: `$(warning) ${retirementWords(retirement)}` }),
  };
}

function retirementWords({
  status,
  shutdownAt,
  replacedBy,
}: NonNullable<CatalogueModel['retirement']>): string {
  const words = {
    deprecated: vscode.l10n.t('deprecated'),
    superseded: vscode.l10n.t('superseded'),
    withdrawn: vscode.l10n.t('withdrawn'),
  };
  return [
    words[status],
    shutdownAt === undefined ? '' : vscode.l10n.t('shut down on {0}', formatDay(shutdownAt)),
    replacedBy === undefined ? '' : fillIn(vscode.l10n.t('replaced by {0}'), [replacedBy]),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function typedItem(model: string): ModelItem {
  return {
    label: `$(edit) ${inertValue(model)}`,
    model,
    description: vscode.l10n.t('use this name'),
    alwaysShow: true,
  };
}
