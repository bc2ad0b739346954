import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment';
import { attachmentText } from '../../core/prompt/messages';
import type { TokenCounter } from '../../core/tokens/count';
import type { AttachedView, ToWebviewMessage } from '../../protocol/messages';
import { formatCount } from '../chat/numbers';
import type { ActiveEditor } from '../editor/active-editor';
import { readSelection } from '../editor/selection';
import type { Draft } from '../storage/draft';
import { iconOf, shortLabelOf, titleOf, type Reference } from './reference';
import type { Entry, Resolved } from './resolved';

/** Says of everything that goes with the question what it takes, or why it cannot go. */
export interface Gauge {
  /**
   * Tells at once what was last known, and what is so now when it is.
   *
   * @param resolved all of the references as they are now
   */
  measure(references: readonly Reference[], resolved: Promise<readonly Entry[]>, post: Post): void;
}

export interface GaugeServices {
  readonly draft: Draft;
  readonly editor: ActiveEditor;
  readonly counter: TokenCounter;
}

type Post = (message: ToWebviewMessage) => void;
type Known = Pick<AttachedView, 'tokens' | 'problem'>;

export function createGauge({ draft, editor, counter }: GaugeServices): Gauge {
  let latest = 0;
  let known: ReadonlyMap<string, Known> = new Map();
  let selected: string | undefined;

  async function look(entries: Promise<readonly Entry[]>, mine: number): Promise<string | undefined> {
    const now = new Map<string, Known>();
    for (const [{ id }, resolved] of await entries) {
      now.set(id, await describe(resolved, counter));
      if (mine !== latest) return undefined;
    }
    known = now;
    const selection = draft.kept.withSelection ? readSelection(editor.current) : undefined;
    return selection?.kind === 'code' ? tokensOf(selection.attachment, counter) : undefined;
  }

  return {
    measure(references, resolved, post) {
      const mine = ++latest;
      const say = (): void =>
        post({
          type: 'attached',
          attached: references.map((reference) => viewOf(reference, known.get(reference.id))),
          ...(selected !== undefined && { selection: selected }),
        });
      say();
      void look(resolved, mine).then((selection) => {
        if (mine !== latest) return;
        selected = selection;
        say();
      });
    },
  };
}

function viewOf(reference: Reference, { tokens, problem }: Known = { tokens: '' }): AttachedView {
  return {
    id: reference.id,
    icon: iconOf(reference),
    label: shortLabelOf(reference),
    title: titleOf(reference),
    tokens,
    ...(problem !== undefined && { problem }),
    pasted: reference.kind === 'kept' && reference.attachment.kind === 'paste',
  };
}

async function describe(resolved: Resolved, counter: TokenCounter): Promise<Known> {
  if (resolved.kind === 'unusable') return { tokens: '', problem: resolved.reason };
  return { tokens: await tokensOf(resolved.attachment, counter) };
}

async function tokensOf(attachment: Attachment, counter: TokenCounter): Promise<string> {
  return vscode.l10n.t('{0} tokens', formatCount(await counter.count(attachmentText(attachment))));
}
