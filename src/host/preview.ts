import * as vscode from 'vscode';
import { chatBody, curlCommand, type Endpoint, type CompatibilityMemory } from '../core/api';
import { toMessages } from '../core/prompt/messages';
import type { Composition } from './chat/composition';
import { requestScheme as scheme } from './editor/active-editor';
import { showError, showInformation } from './notifications';
import { readEndpoint } from './service-address';
import { readSettings } from './settings';
import type { KeyStore } from './storage/keys';

/** The request as it would be sent now, without the key. */
export interface RequestPreview {
  dispose(): void;
  /** Opens its JSON as a document that cannot be edited. */
  open(): Promise<void>;
  /** Puts the same request on the clipboard as a command. */
  copyAsCurl(): Promise<void>;
}

interface Shown {
  readonly url: URL;
  readonly headers: Endpoint['headers'];
  readonly withKey: boolean;
  readonly body: ReturnType<typeof chatBody>;
}

export function createRequestPreview(
  composition: Composition,
  shelf: { readonly refresh: () => unknown },
  compatibility: CompatibilityMemory,
  keys: KeyStore,
): RequestPreview {
  const uri = vscode.Uri.from({ scheme, path: '/request.json' });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let shown: Shown | undefined;

  async function request(): Promise<Shown | undefined> {
    const { settings } = readSettings();
    const endpoint = readEndpoint(settings);
    if (typeof endpoint === 'string') return undefined;
    // What nobody tells of, as a commit in a terminal, has to be looked for.
    shelf.refresh();
    const { history } = composition;
    const question = await composition.question;
    const messages = toMessages(history, question, settings.userName);
    const { instructions, model } = settings;
    const learned = compatibility.of(endpoint, model);
    const body = chatBody({ parameters: settings, instructions, messages }, learned);
    const withKey = await sendsKey(endpoint, keys);
    return { url: endpoint.chatCompletions, headers: endpoint.headers, withKey, body };
  }

  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => (shown ? `${JSON.stringify(shown.body, null, 2)}\n` : ''),
  });

  return {
    async open() {
      shown = await request();
      if (!shown) {
        sayNoAddress();
        return;
      }
      changed.fire(uri);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { preview: true, viewColumn: columnFor(document) });
    },
    async copyAsCurl() {
      // What is on the screen is what is copied.
      shown ??= await request();
      if (!shown) {
        sayNoAddress();
        return;
      }
      const { url, headers, withKey, body } = shown;
      await vscode.env.clipboard.writeText(curlCommand(url, body, withKey, headers));
      const words = withKey
        ? vscode.l10n.t('Copied. The command is for a POSIX shell, with your key in $AIMLAPI_API_KEY.')
        : vscode.l10n.t('Copied. The command is for a POSIX shell.');
      void showInformation(words);
    },
    dispose: () => void vscode.Disposable.from(provider, changed).dispose(),
  };
}

/** Where no key is known yet it is asked for before the question is sent, but for this machine. */
async function sendsKey({ loopback, origin }: Endpoint, keys: KeyStore): Promise<boolean> {
  const key = await keys.get(origin);
  return key === undefined ? !loopback : key !== '';
}

/** Beside the code, which stays in sight and attached: the preview must not change what it shows. */
function columnFor(document: vscode.TextDocument): vscode.ViewColumn {
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  return open?.viewColumn ?? vscode.ViewColumn.Beside;
}

function sayNoAddress(): void {
  void showError(
    vscode.l10n.t('o1mini.baseUrl cannot be used as an address, so there is no request to show.'),
  );
}
