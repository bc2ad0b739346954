import assert from 'node:assert/strict';
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type * as extension from '../../src/extension';
import type { ToWebviewMessage } from '../../src/protocol/messages';
import { scratchFolder } from '../support/scratch-folder';
import { extensionUri, installedExtension } from './installed-extension';

/** Lists the names of all listeners, registrations and resources that are not yet disposed. */
class Ledger {
  private readonly open = new Set<{ readonly name: string }>();

  get names(): readonly string[] {
    return [...this.open].map(({ name }) => name).sort();
  }

  add<T extends { dispose(): unknown }>(name: string, disposable: T): T {
    const entry = { name };
    this.open.add(entry);
    const dispose = disposable.dispose.bind(disposable);
    disposable.dispose = () => {
      this.open.delete(entry);
      return dispose();
    };
    return disposable;
  }

  emitter<T>(name: string): { readonly event: vscode.Event<T>; fire(value: T): void } {
    const emitter = new vscode.EventEmitter<T>();
    const event: vscode.Event<T> = (...listener) => this.add(name, emitter.event(...listener));
    return { event, fire: (value) => emitter.fire(value) };
  }
}

/** The API of VS Code, such that every listener, registration and resource is added to the ledger. */
function watchedApi(ledger: Ledger, stubs: Readonly<Record<string, unknown>>): object {
  const watch = (path: string, target: object): object =>
    new Proxy(
      {},
      {
        get(_, key) {
          const name = `${path}.${String(key)}`;
          const value = stubs[name] ?? (Reflect.get(target, key) as unknown);
          if (name === 'window.tabGroups') return watch(name, value as object);
          if (typeof value !== 'function' || !/\.(?:on|register|create)[A-Z]\w+$/.test(name)) return value;
          return (...values: readonly unknown[]): unknown =>
            ledger.add(name, Reflect.apply(value, target, values) as vscode.Disposable);
        },
      },
    );
  const { window, workspace, commands, languages, lm, chat } = vscode;
  const namespaces = Object.entries({ window, workspace, commands, languages, lm, chat });
  return {
    ...vscode,
    ...Object.fromEntries(namespaces.map(([name, namespace]) => [name, watch(name, namespace)])),
  };
}

interface Container {
  readonly view: vscode.WebviewView & vscode.WebviewPanel;
  /** Resolves when the webview has received its initial state. */
  readonly loaded: Promise<void>;
  close(): void;
}

/** A view or an editor tab, whose webview reports that it is ready. */
function openContainer(ledger: Ledger): Container {
  const messages = ledger.emitter<unknown>('webview.onDidReceiveMessage');
  const visibility = ledger.emitter<unknown>('container.onDidChangeVisibility');
  const disposed = ledger.emitter<unknown>('container.onDidDispose');
  const { promise: loaded, resolve } = Promise.withResolvers<undefined>();
  const webview = {
    cspSource: 'https://webview.test',
    asWebviewUri: (uri: vscode.Uri) => uri,
    onDidReceiveMessage: messages.event,
    postMessage(message: ToWebviewMessage) {
      if (message.type === 'unsaved') resolve(undefined);
      return Promise.resolve(true);
    },
    set html(_: string) {
      queueMicrotask(() => messages.fire({ type: 'ready' }));
    },
  };
  const close = (): void => disposed.fire(undefined);
  const view = {
    webview,
    visible: true,
    title: '',
    reveal: () => undefined,
    onDidChangeVisibility: visibility.event,
    onDidChangeViewState: visibility.event,
    onDidDispose: disposed.event,
    dispose: close,
  };
  return { view: view as unknown as Container['view'], loaded, close };
}

describe('The extension', () => {
  let ledger: Ledger;
  let context: vscode.ExtensionContext;
  let extensionModule: typeof extension;
  let provider: vscode.WebviewViewProvider;
  let serializer: vscode.WebviewPanelSerializer;

  // Otherwise VS Code would activate a module of `loadWith` as the installed extension.
  before(() => installedExtension().activate());

  beforeEach(() => {
    ledger = new Ledger();
    const nothing = { dispose: () => undefined };
    // Objects that VS Code has only once stay those of the installed extension.
    const stubs = {
      'lm.registerLanguageModelChatProvider': () => ({ ...nothing }),
      'chat.createChatParticipant': () => ({ ...nothing }),
      'commands.registerCommand': () => ({ ...nothing }),
      'window.registerWebviewViewProvider': (_: string, given: vscode.WebviewViewProvider) => {
        provider = given;
        return { ...nothing };
      },
      'window.registerWebviewPanelSerializer': (_: string, given: vscode.WebviewPanelSerializer) => {
        serializer = given;
        return { ...nothing };
      },
    };
    extensionModule = loadWith(watchedApi(ledger, stubs));
    context = contextIn(scratchFolder(), ledger);
    extensionModule.activate(context);
  });

  async function deactivate(): Promise<void> {
    await extensionModule.deactivate();
    vscode.Disposable.from(...context.subscriptions).dispose();
  }

  async function openAndClose(): Promise<void> {
    const [view, editor] = [openContainer(ledger), openContainer(ledger)];
    const token = new vscode.CancellationTokenSource().token;
    await provider.resolveWebviewView(view.view, { state: undefined }, token);
    await serializer.deserializeWebviewPanel(editor.view, undefined);
    await Promise.all([view.loaded, editor.loaded]);
    view.close();
    editor.close();
  }

  it('leaks nothing when the view and the editor are opened and closed ten times', async () => {
    await openAndClose();
    const once = ledger.names;
    for (let time = 0; time < 10; time++) await openAndClose();
    assert.deepEqual(ledger.names, once);
    assert.ok(once.length > 10, 'the ledger contains what is open');
    await deactivate();
  });

  it('disposes of everything if it is deactivated with the view and the editor open', async () => {
    const [view, editor] = [openContainer(ledger), openContainer(ledger)];
    const token = new vscode.CancellationTokenSource().token;
    await provider.resolveWebviewView(view.view, { state: undefined }, token);
    await serializer.deserializeWebviewPanel(editor.view, undefined);
    await Promise.all([view.loaded, editor.loaded]);
    await deactivate();
    assert.deepEqual(ledger.names, []);
  });

  it('disposes of everything if it is deactivated without having been used', async () => {
    await deactivate();
    assert.deepEqual(ledger.names, []);
  });
});

/** Loads the built extension with this in place of the API of VS Code. */
function loadWith(api: object): typeof extension {
  const loader = Module as unknown as { _load: (request: string, ...others: unknown[]) => unknown };
  const original = loader._load;
  const dist = join(extensionUri().fsPath, 'dist');
  const load = createRequire(join(dist, 'extension.js'));
  loader._load = function (request, ...others) {
    const [parent] = others as [{ readonly filename?: string } | undefined];
    const isOurs = request === 'vscode' && parent?.filename?.startsWith(dist);
    return isOurs ? api : Reflect.apply(original, this, [request, ...others]);
  };
  for (const file of Object.keys(load.cache))
    if (file.startsWith(dist)) Reflect.deleteProperty(load.cache, file);
  return load('./extension.js') as typeof extension;
}

function contextIn(folder: string, ledger: Ledger): vscode.ExtensionContext {
  const memento = { get: (_: string, value?: unknown) => value, update: () => Promise.resolve() };
  const secrets = {
    get: () => Promise.resolve(undefined),
    onDidChange: ledger.emitter('secrets.onDidChange').event,
  };
  return {
    subscriptions: [],
    extensionUri: extensionUri(),
    globalStorageUri: vscode.Uri.file(join(folder, 'global', 'o1mini.o1-mini-chat')),
    storageUri: undefined,
    secrets,
    globalState: memento,
    workspaceState: memento,
    extension: { packageJSON: { contributes: { commands: [] } } },
  } as unknown as vscode.ExtensionContext;
}
