import * as vscode from 'vscode';
import { formatMessage, sanitizeLine } from '../../core/text/untrusted-text';
import { readEndpoint } from '../models/service-endpoint';
import { showDialog, showInformation } from '../notifications';
import { readSettings } from '../settings';

/** The extensions that the user allows to send requests. */
export interface ExtensionAccess {
  /** Asks the user about an extension that was not allowed before. Throws if the extension may send nothing. */
  require(extensionId: string, justification: string | undefined): Promise<void>;
  /** Lets the user revoke permissions. */
  manage(): Promise<void>;
}

const STATE_KEY = 'allowedExtensions';

/** @param memento keeps the IDs of the allowed extensions, in lower case */
export function createExtensionAccess(memento: vscode.Memento): ExtensionAccess {
  /** Dialogs that are open: an extension may send several requests at once. */
  const openDialogs = new Map<string, Promise<boolean>>();
  /** Extensions that the user has declined in this window. */
  const declined = new Set<string>();

  const allowed = (): readonly string[] => memento.get<readonly string[]>(STATE_KEY, []);

  function askOnce(
    key: string,
    extension: vscode.Extension<unknown>,
    justification: string | undefined,
  ): Promise<boolean> {
    const answer =
      openDialogs.get(key) ?? ask(key, extension, justification).finally(() => openDialogs.delete(key));
    openDialogs.set(key, answer);
    return answer;
  }

  async function ask(
    key: string,
    extension: vscode.Extension<unknown>,
    justification: string | undefined,
  ): Promise<boolean> {
    const isAllowed = await confirmAccess(extension, justification);
    if (isAllowed) await memento.update(STATE_KEY, [...new Set([...allowed(), key])]);
    else declined.add(key);
    return isAllowed;
  }

  return {
    async require(extensionId, justification) {
      const extension = vscode.extensions.getExtension(extensionId);
      if (!extension) {
        const text = vscode.l10n.t('The extension {0} is not installed.');
        throw vscode.LanguageModelError.NoPermissions(formatMessage(text, [extensionId]));
      }
      const key = extension.id.toLowerCase();
      if (allowed().includes(key)) return;
      if (declined.has(key) || !(await askOnce(key, extension, justification))) {
        const text = vscode.l10n.t('The user does not allow the extension {0} to send requests.');
        throw vscode.LanguageModelError.NoPermissions(formatMessage(text, [extension.id]));
      }
    },
    async manage() {
      const ids = [...new Set([...allowed(), ...declined])].sort();
      if (ids.length === 0) {
        void showInformation(vscode.l10n.t('No extension has asked to send requests with o1-mini Chat.'));
        return;
      }
      const items = ids.map((id) => ({
        label: sanitizeLine(nameOf(vscode.extensions.getExtension(id)) ?? id),
        description: id,
        picked: allowed().includes(id),
      }));
      const chosen = await vscode.window.showQuickPick(items, {
        canPickMany: true,
        title: vscode.l10n.t('Manage Extension Access'),
        placeHolder: vscode.l10n.t('Select the extensions that may send requests with your API key'),
      });
      if (!chosen) return;
      const kept = chosen.map(({ description }) => description);
      await memento.update(STATE_KEY, kept);
      for (const id of ids) {
        if (kept.includes(id)) declined.delete(id);
        else declined.add(id);
      }
    },
  };
}

async function confirmAccess(extension: vscode.Extension<unknown>, justification?: string): Promise<boolean> {
  const endpoint = readEndpoint(readSettings().settings);
  const allow = vscode.l10n.t('Allow');
  const reason =
    justification === undefined
      ? []
      : [formatMessage(vscode.l10n.t('The extension says: {0}'), [justification])];
  const chosen = await showDialog({
    severity: 'warning',
    text: vscode.l10n.t('Do you want to allow the extension {0} to send requests with o1-mini Chat?'),
    values: [`${nameOf(extension) ?? ''} (${extension.id})`.trim()],
    detail: [
      formatMessage(
        vscode.l10n.t(
          'The requests of this extension are sent to {0} with your API key, and you pay for them. o1-mini Chat does not show you their content.',
        ),
        [typeof endpoint === 'string' ? readSettings().settings.baseUrl : endpoint.origin],
      ),
      ...reason,
      vscode.l10n.t('Use the command "o1-mini: Manage Extension Access" to revoke this permission.'),
    ].join('\n\n'),
    buttons: [allow],
  });
  return chosen === allow;
}

function nameOf(extension: vscode.Extension<unknown> | undefined): string | undefined {
  const { displayName } = (extension?.packageJSON ?? {}) as { readonly displayName?: unknown };
  return typeof displayName === 'string' ? displayName : undefined;
}
