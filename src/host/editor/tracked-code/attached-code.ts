import * as vscode from 'vscode';
import { lastTurn, type Question } from '../../../core/chat/conversation';
import type { Sessions } from '../../../core/chat/sessions';
import type { ChatPlaceholders } from '../../../core/privacy/secret-placeholders';
import type { Attachment } from '../../../core/prompt/attachment';
import { logTo } from '../../error-reporting';

/** Code that was attached to a question, with the place where it was read. */
export interface AttachedCode {
  readonly attachment: Attachment;
  readonly uri: vscode.Uri;
  /** The code as it was in its document, without placeholders for secrets. */
  readonly content: string;
  /** The line on which it began, from 0. */
  readonly line: number;
  /** The column at which it began, from 0; undefined in chats of earlier versions. */
  readonly column: number | undefined;
}

/**
 * The code that a question is about.
 *
 * @param restore puts back the secrets that placeholders stand for
 */
export function attachedCodeOf(
  { attachments = [] }: Question,
  restore: (text: string) => string,
): readonly AttachedCode[] {
  return attachments.flatMap((attachment) => {
    const { kind, source } = attachment;
    if ((kind !== 'selection' && kind !== 'symbol') || !source?.lines) return [];
    const { uri, lines, column } = source;
    const content = restore(attachment.content);
    return [{ attachment, uri: vscode.Uri.parse(uri), content, line: lines[0] - 1, column }];
  });
}

/** The code that a question is about; undefined where it is about none, or about several pieces. */
export function onlyAttachedCodeOf(
  question: Question,
  restore: (text: string) => string,
): AttachedCode | undefined {
  const [attachedCode, ...others] = attachedCodeOf(question, restore);
  return others.length === 0 ? attachedCode : undefined;
}

/** Tracks code through the edits from now on. */
interface Tracker {
  track(attachedCode: AttachedCode): void;
}

/** Tracks the code that new questions are about. The tracker is loaded with the first of these questions. */
export function trackQuestions(
  sessions: Pick<Sessions, 'onChange'>,
  loadCodeTracker: () => Promise<Tracker>,
  placeholders: ChatPlaceholders,
  log: vscode.LogOutputChannel,
): void {
  sessions.onChange(({ conversation }, event) => {
    const question = event ? undefined : lastTurn(conversation)?.question;
    if (!question?.attachments?.length) return;
    const { restore } = placeholders.of(conversation.id);
    const track = (codeTracker: Tracker): void => {
      for (const attachedCode of attachedCodeOf(question, restore)) codeTracker.track(attachedCode);
    };
    loadCodeTracker().then(track).catch(logTo(log, 'Following the code of a question'));
  });
}
