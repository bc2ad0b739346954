import * as vscode from 'vscode';
import type { ModelListResult } from '../../core/models/model-list';
import type { ListedModel } from '../../core/models/model-parser';
import { findModel } from '../../core/models/retirement';
import { sanitizeLine } from '../../core/text/untrusted-text';
import { limitsAndPriceLabel, retirementText } from './model-labels';

interface ModelItem extends vscode.QuickPickItem {
  readonly model: string;
}

/**
 * Lets the user choose a model from the list of the service, or type the name of one that is not on it.
 *
 * @param list the list, which may take seconds to arrive
 * @returns its name; undefined when the user closes the list. Rejects if the list cannot be read
 */
export function showModelPicker(
  list: Promise<ModelListResult>,
  current: string,
): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick<ModelItem>();
  picker.title = vscode.l10n.t('Model');
  picker.placeholder = placeholders().fresh;
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
    list
      .then(({ models, source }) => {
        picker.busy = false;
        items = itemsOf(models, current);
        picker.placeholder = placeholders()[source];
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

function placeholders(): Readonly<Record<ModelListResult['source'], string>> {
  return {
    fresh: vscode.l10n.t('Select a model, or enter the name of another model'),
    cached: vscode.l10n.t(
      'The service is not available. Select one of the last known models, or enter the name of a model',
    ),
    none: vscode.l10n.t('This service does not list its models. Enter the name of a model'),
  };
}

/** The current model first, then those of the service in its order; retired models that are not in use are left out. */
function itemsOf(models: readonly ListedModel[], current: string): readonly ModelItem[] {
  const mine = findModel(models, current);
  const others = models.filter((model) => model !== mine && !model.unlisted);
  const first: ModelItem = mine
    ? { ...itemOf(mine), label: `$(check) ${sanitizeLine(current)}`, model: current }
    : {
        label: `$(check) ${sanitizeLine(current)}`,
        model: current,
        description: vscode.l10n.t('not listed by the service'),
      };
  return [first, ...others.map(itemOf)];
}

function itemOf(model: ListedModel): ModelItem {
  const { id, retirement } = model;
  return {
    label: sanitizeLine(id),
    model: id,
    description: limitsAndPriceLabel(model),
    ...(retirement && { detail: `$(warning) ${retirementText(retirement)}` }),
  };
}

function typedItem(model: string): ModelItem {
  return {
    label: `$(edit) ${sanitizeLine(model)}`,
    model,
    description: vscode.l10n.t('use this name'),
    alwaysShow: true,
  };
}
