import * as vscode from 'vscode';
import { lazy } from '../../core/lazy';

/** A provider whose models may change. */
export interface LoadedModelProvider {
  readonly provider: vscode.LanguageModelChatProvider;
  readonly onDidChange: vscode.Event<void>;
}

/** Registers the provider of the manifest. Its code is loaded when VS Code first asks for the models. */
export function registerModelProvider(load: () => Promise<LoadedModelProvider>): vscode.Disposable {
  const changes = new vscode.EventEmitter<void>();
  const loaded = lazy(async () => {
    const { provider, onDidChange } = await load();
    onDidChange(() => changes.fire());
    return provider;
  });
  return vscode.Disposable.from(
    changes,
    vscode.lm.registerLanguageModelChatProvider('aimlapi', {
      onDidChangeLanguageModelChatInformation: changes.event,
      provideLanguageModelChatInformation: async (...given) =>
        (await loaded()).provideLanguageModelChatInformation(...given),
      provideLanguageModelChatResponse: async (...given) =>
        (await loaded()).provideLanguageModelChatResponse(...given),
      provideTokenCount: async (...given) => (await loaded()).provideTokenCount(...given),
    }),
  );
}
