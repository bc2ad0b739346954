import { lazy } from '../core/lazy';
import type { ChatServices, SharedServices } from './chat-services';
import type { CodeGenerator } from './commands/generate-at-cursor';
import type { CodeBlockActions } from './editor/code-block-actions';
import { trackQuestions } from './editor/tracked-code/attached-code';

/** The services that change documents. The code of each is loaded with its first use. */
export interface EditorServices {
  readonly loadCodeBlockActions: () => Promise<CodeBlockActions>;
  readonly loadCodeGenerator: () => Promise<CodeGenerator>;
}

/** Creates these services, and follows the code that the questions of the chats are about. */
export function createEditorServices({
  options,
  persistence,
  placeholders,
  store,
  errors,
  chat,
}: SharedServices & { readonly chat: ChatServices }): EditorServices {
  const { editor, platform, log } = options;
  const loadCodeTracker = lazy(async () => {
    const { createCodeTracker } = await import('./editor/tracked-code/code-tracker');
    return store.add(createCodeTracker());
  });
  trackQuestions(persistence.sessions, loadCodeTracker, placeholders, log);
  const loadCodeBlockActions = lazy(async () => {
    const { createCodeBlockActions } = await import('./editor/code-block-actions');
    return store.add(createCodeBlockActions(editor, await loadCodeTracker(), log, platform.realPath));
  });
  const loadCodeGenerator = lazy(async () => {
    const { createCodeGenerator } = await import('./commands/generate-at-cursor');
    const codeTracker = await loadCodeTracker();
    return store.add(
      createCodeGenerator({ ...chat, editor, codeTracker, errors, loadCodeBlockActions, log }),
    );
  });
  return { loadCodeBlockActions, loadCodeGenerator };
}
