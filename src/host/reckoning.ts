import { lazy } from '../core/lazy';
import * as vscode from 'vscode';
import type { Catalogue } from '../core/catalogue';
import type { TokenCounter } from '../core/tokens/count';
import { createWaits, type Waits } from './chat/thinking-time-stats';
import { systemClock } from './clock';
import { createModelBook, type ModelBook } from './models/model-metadata';
import type { Platform } from './platform';
import { createCatalogueCache } from './storage/model-list-cache';
import { openStorageFolder } from './storage/workspace-folder';
import { createSpending, type Spending } from './storage/spending';
import { createPackagedTokenCounter } from './models/token-counter';

/** What questions take: tokens, money and time, learned by all windows of this machine. */
export interface Reckoning {
  readonly counter: TokenCounter;
  readonly spending: Spending;
  readonly models: ModelBook;
  readonly waits: Waits;
}

/** @param onChange called when more is known of models than before */
export function createReckoning(
  context: vscode.ExtensionContext,
  { transport, loadTokenizer, openDiskFolder }: Platform,
  log: vscode.LogOutputChannel,
  onChange: () => void,
): Reckoning {
  const folder = (name: string): vscode.Uri => vscode.Uri.joinPath(context.globalStorageUri, name);
  const loadCatalogue = lazy(async (): Promise<Catalogue> => {
    const { createCatalogue } = await import('./features');
    const models = openStorageFolder(folder('models'), openDiskFolder);
    return createCatalogue(transport, systemClock, createCatalogueCache(models, log));
  });
  const models: Catalogue['models'] = async (...question) => (await loadCatalogue()).models(...question);
  return {
    counter: createPackagedTokenCounter(context.extensionUri, loadTokenizer, log),
    spending: createSpending(folder('spending'), systemClock, log),
    models: createModelBook({ models }, systemClock, log, onChange),
    waits: createWaits(context.globalState),
  };
}
