import * as vscode from 'vscode';
import type { Question } from '../../core/chat/conversation';
import type { Attachment } from '../../core/prompt/attachment';
import { promptNamed, type BuiltInPrompt } from '../prompts';
import type { AttachmentResolver } from '../attachments/attachment-resolver';
import { readRanges } from '../editor/selection';
import { readSettings } from '../settings';

/** A question to the participant, with what could not be attached to it. */
export interface ParticipantQuestion {
  readonly question: Question;
  readonly unusable: readonly Unusable[];
}

interface Unusable {
  readonly label: string;
  readonly reason: string;
}

export interface QuestionServices {
  readonly resolve: AttachmentResolver;
  /** The selected code or the function around the cursor; empty if there is none. */
  readonly readCode: (prompt: BuiltInPrompt) => Promise<readonly Attachment[]>;
}

const COMMANDS: readonly string[] = ['explain', 'fix', 'tests', 'math'] satisfies BuiltInPrompt[];

/**
 * Reads a question: the prompt of its command, the text, and everything that the user has attached. A command about code
 * without any reference is about the selected code, if there is any.
 *
 * @param isFirst whether the question begins its thread
 * @returns undefined if there is nothing to ask
 */
export async function readParticipantQuestion(
  { prompt, command, references }: Pick<vscode.ChatRequest, 'prompt' | 'command' | 'references'>,
  isFirst: boolean,
  services: QuestionServices,
): Promise<ParticipantQuestion | undefined> {
  const name = isCommand(command) ? command : undefined;
  const resolved = await Promise.all(references.map((reference) => readReference(reference, services)));
  const attached = resolved.flatMap((each) => ('reason' in each ? [] : each.attachments));
  const unusable = resolved.flatMap((each) => ('reason' in each ? [each] : []));
  const isAboutCode = name !== undefined && name !== 'math' && (isFirst || prompt.trim() === '');
  const code = isAboutCode && references.length === 0 ? await services.readCode(name) : [];
  const attachments = [...attached, ...code];
  const instruction = name ? promptNamed(name, readSettings().settings.prompts) : '';
  const text = [instruction, prompt.trim()].filter((part) => part !== '').join('\n\n');
  if (prompt.trim() === '' && attachments.length === 0) return undefined;
  return { question: { text, ...(attachments.length > 0 && { attachments }) }, unusable };
}

function isCommand(name: string | undefined): name is BuiltInPrompt {
  return name !== undefined && COMMANDS.includes(name);
}

type ReadReference = { readonly attachments: readonly Attachment[] } | Unusable;

/** VS Code adds the file of the active editor, or its selection, as the user has chosen in its chat. */
async function readReference(
  { value, id, modelDescription }: vscode.ChatPromptReference,
  { resolve }: QuestionServices,
): Promise<ReadReference> {
  if (value instanceof vscode.Uri) {
    const resolved = await resolve({ kind: 'file', id: value.toString(), uri: value.toString() });
    return resolved.kind === 'usable'
      ? { attachments: [resolved.attachment] }
      : { label: value.path, reason: resolved.reason };
  }
  if (value instanceof vscode.Location) return readLocation(value);
  if (typeof value === 'string') {
    const label = modelDescription ?? vscode.l10n.t('Attached text');
    return { attachments: [{ kind: 'paste', label, language: '', content: value }] };
  }
  return { label: id, reason: vscode.l10n.t('this kind of attachment is not supported') };
}

async function readLocation({ uri, range }: vscode.Location): Promise<ReadReference> {
  try {
    const result = readRanges(await vscode.workspace.openTextDocument(uri), [range]);
    if (result.kind === 'code') return result;
    return { label: uri.path, reason: vscode.l10n.t('binary file') };
  } catch {
    return { label: uri.path, reason: vscode.l10n.t('cannot be read') };
  }
}
