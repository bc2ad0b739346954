import { t } from '@vscode/l10n';
import { element } from '../ui/dom';
import type { Scope } from './chat-groups';

/** A drop-down list with the scopes of the list. */
export interface ScopeSelect {
  readonly element: HTMLElement;
  readonly scope: Scope;
  set(scope: Scope): void;
  /** @param workspace whether a folder is open in this window */
  setWorkspace(workspace: boolean): void;
}

const scopes: readonly Scope[] = ['workspace', 'all', 'deleted'];

export function createScopeSelect(changed: () => void): ScopeSelect {
  const here = element('option', { value: 'workspace' }, t('This Workspace'));
  const select = element(
    'select',
    { class: 'scope-select', 'aria-label': t('Show') },
    here,
    element('option', { value: 'all' }, t('All Chats')),
    element('option', { value: 'deleted' }, t('Recently Deleted')),
  );
  select.addEventListener('change', changed);
  return {
    element: select,
    get scope() {
      return scopes.find((scope) => scope === select.value) ?? 'workspace';
    },
    set(scope) {
      select.value = scope;
      changed();
    },
    setWorkspace(workspace) {
      here.textContent = workspace ? t('This Workspace') : t('No Workspace');
    },
  };
}
