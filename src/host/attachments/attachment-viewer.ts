import * as vscode from 'vscode';
import { sanitizeLine } from '../../core/text/untrusted-text';
import type { AttachmentSource } from '../../core/prompt/attachment';
import { ATTACHMENT_SCHEME } from '../editor/active-editor';
import { showWarning } from '../notifications';
import { openDocument } from '../editor/open-document';
import type { AttachmentResolver } from './attachment-resolver';
import { labelOf, type AttachmentEntry } from './attachment-entry';

/** Opens the source of an attachment, or shows its content as a read-only document if it has none. */
export interface AttachmentViewer {
  open(entry: AttachmentEntry): Promise<void>;
  dispose(): void;
}

export function createAttachmentViewer(resolve: AttachmentResolver): AttachmentViewer {
  const shown = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(ATTACHMENT_SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ query }) => shown.get(query) ?? '',
  });

  async function show(entry: AttachmentEntry): Promise<void> {
    const resolved = await resolve(entry);
    if (resolved.kind === 'unusable') {
      void showWarning(vscode.l10n.t('{0} cannot be opened: {1}.'), [labelOf(entry), resolved.reason]);
      return;
    }
    const { attachment } = resolved;
    if (attachment.source && (await exists(attachment.source))) return openSource(attachment.source);
    shown.set(entry.id, attachment.content);
    const path = `/${sanitizeLine(attachment.label).replaceAll('/', ' ')}`;
    const uri = vscode.Uri.from({ scheme: ATTACHMENT_SCHEME, path, query: entry.id });
    changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const known = (await vscode.languages.getLanguages()).includes(attachment.language);
    if (known) await vscode.languages.setTextDocumentLanguage(document, attachment.language);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  return {
    async open(entry) {
      switch (entry.kind) {
        case 'problems':
          await vscode.commands.executeCommand('workbench.actions.view.problems');
          return;
        case 'file':
        case 'symbol':
        case 'changes':
        case 'snapshot':
          return show(entry);
      }
    },
    dispose: () => void vscode.Disposable.from(provider, changed).dispose(),
  };
}

async function exists({ uri }: AttachmentSource): Promise<boolean> {
  const address = vscode.Uri.parse(uri);
  if (openDocument(address)) return true;
  return Promise.resolve(vscode.workspace.fs.stat(address)).then(
    () => true,
    () => false,
  );
}

async function openSource({ uri, lines }: AttachmentSource): Promise<void> {
  const selection = lines && new vscode.Range(lines[0] - 1, 0, lines[1] - 1, Number.MAX_SAFE_INTEGER);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
    preview: true,
    ...(selection && { selection }),
  });
}
