import * as vscode from 'vscode';
import { isParameterValue } from '../../../core/models/parameter-values';

/** The scope of a selected value. */
type ValueScope = 'question' | 'chat' | 'all';

export interface ValueChoice {
  /** `default` leaves the value to the model. */
  readonly value: string;
  readonly scope: ValueScope;
}

/** The texts of the picker of a parameter. */
export interface ValuePickerTexts {
  readonly title: string;
  readonly placeholder: string;
  /** The setting of the parameter. */
  readonly setting: string;
}

export interface ValuePickerOptions {
  readonly texts: ValuePickerTexts;
  readonly values: readonly string[];
  readonly current: string;
  readonly scope: ValueScope;
  /** Describes a value, or the default of the model; empty if there is nothing to say. */
  readonly describe: (value: string | undefined) => string;
}

type ValueItem = vscode.QuickPickItem & {
  readonly value?: string;
  readonly scope?: ValueScope;
};

/** Lets the user select a value and its scope, or type one that is not listed. Undefined if the user cancels. */
export function showValuePicker(options: ValuePickerOptions): Promise<ValueChoice | undefined> {
  const picker = vscode.window.createQuickPick<ValueItem>();
  let { scope } = options;
  picker.title = options.texts.title;
  picker.placeholder = options.texts.placeholder;
  picker.matchOnDescription = true;
  const refresh = (): void => {
    const typed = picker.value.trim();
    const values = valueItems(options, typed);
    const scopes = scopeItems(scope, options.texts.setting);
    picker.items = [...values, separator(vscode.l10n.t('Applies To')), ...scopes];
    const active = scopes.find((item) => item.scope === scope);
    if (picker.activeItems[0]?.scope !== undefined && active) picker.activeItems = [active];
  };
  return new Promise((resolve) => {
    picker.onDidChangeValue(refresh);
    picker.onDidAccept(() => {
      const [item] = picker.activeItems;
      if (item?.scope !== undefined) {
        // The list stays open, because the scope alone changes nothing.
        scope = item.scope;
        refresh();
      } else if (item?.value !== undefined) {
        resolve({ value: item.value, scope });
        picker.hide();
      }
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    refresh();
    picker.show();
  });
}

function valueItems(options: ValuePickerOptions, typed: string): readonly ValueItem[] {
  const { values, current, describe } = options;
  const listed = values.map((value): ValueItem => ({
    label: value,
    value,
    description: describe(value),
  }));
  const standard: ValueItem = {
    label: vscode.l10n.t('Model Default'),
    value: 'default',
    description: describe(undefined),
  };
  const items = [...listed, standard].map((item) =>
    item.value === current ? { ...item, label: `$(check) ${item.label}` } : item,
  );
  const isNew = isParameterValue(typed) && typed !== 'default' && !values.includes(typed);
  return isNew ? [...items, typedItem(typed)] : items;
}

/** New models bring values that no list has. */
function typedItem(value: string): ValueItem {
  return {
    label: `$(edit) ${value}`,
    value,
    description: vscode.l10n.t('use this value'),
    alwaysShow: true,
  };
}

function scopeItems(current: ValueScope, setting: string): readonly ValueItem[] {
  const names: readonly (readonly [ValueScope, string, string])[] = [
    ['chat', vscode.l10n.t('This Chat'), ''],
    ['question', vscode.l10n.t('Next Question Only'), ''],
    ['all', vscode.l10n.t('All Chats'), vscode.l10n.t('changes the setting {0}', setting)],
  ];
  return names.map(([scope, name, description]) => ({
    label: `$(${scope === current ? 'circle-filled' : 'circle-outline'}) ${name}`,
    scope,
    description: scope === current ? vscode.l10n.t('selected') : description,
    alwaysShow: true,
  }));
}

function separator(label: string): ValueItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
