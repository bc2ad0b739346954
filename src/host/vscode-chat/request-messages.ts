import * as vscode from 'vscode';
import type { ChatMessage } from '../../core/api';

/** The messages of a request as they are sent, and the texts of its system messages. */
export interface RequestMessages {
  readonly instructions: string;
  readonly messages: readonly ChatMessage[];
}

/** VS Code's own chat sends messages of this role, which the stable API does not name. */
const SYSTEM_ROLE = 3;

/** Converts messages of VS Code's language model API. Parts that no service understands are left out. */
export function readRequestMessages(
  given: readonly vscode.LanguageModelChatRequestMessage[],
): RequestMessages {
  const isSystem = ({ role }: vscode.LanguageModelChatRequestMessage): boolean =>
    (role as number) === SYSTEM_ROLE;
  return {
    instructions: given
      .filter(isSystem)
      .map(textOf)
      .filter((text) => text !== '')
      .join('\n\n'),
    messages: given.filter((message) => !isSystem(message)).flatMap(readMessage),
  };
}

/** The text in a message, with that of the results of tools. */
export function textOf({ content }: Pick<vscode.LanguageModelChatRequestMessage, 'content'>): string {
  return content.map(textOfPart).join('');
}

/** The results of tools precede the text, because they follow the message with the calls. */
function readMessage({
  role,
  content,
  name,
}: vscode.LanguageModelChatRequestMessage): readonly ChatMessage[] {
  const results = content.flatMap((part): readonly ChatMessage[] =>
    part instanceof vscode.LanguageModelToolResultPart
      ? [{ role: 'tool', callId: part.callId, content: part.content.map(textOfPart).join('') }]
      : [],
  );
  const toolCalls = content.flatMap((part) =>
    part instanceof vscode.LanguageModelToolCallPart
      ? [{ id: part.callId, name: part.name, arguments: JSON.stringify(part.input) }]
      : [],
  );
  const images = content.flatMap((part) => imageOf(part) ?? []);
  const text = content
    .filter((part) => !(part instanceof vscode.LanguageModelToolResultPart))
    .map(textOfPart)
    .join('');
  if (text === '' && toolCalls.length === 0 && images.length === 0) return results;
  const message: ChatMessage = {
    role: role === vscode.LanguageModelChatMessageRole.Assistant ? 'assistant' : 'user',
    content: text,
    ...(name !== undefined && NAME.test(name) && { name }),
    ...(images.length > 0 && { images }),
    ...(toolCalls.length > 0 && { toolCalls }),
  };
  return [...results, message];
}

/** Services reject other names. */
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

function textOfPart(part: unknown): string {
  if (part instanceof vscode.LanguageModelTextPart) return part.value;
  if (part instanceof vscode.LanguageModelToolResultPart) return part.content.map(textOfPart).join('');
  if (part instanceof vscode.LanguageModelPromptTsxPart) return JSON.stringify(part.value);
  if (part instanceof vscode.LanguageModelDataPart && /^text\/|[/+]json$/.test(part.mimeType))
    return new TextDecoder().decode(part.data);
  return '';
}

/** An image as a data URL. */
function imageOf(part: unknown): string | undefined {
  if (!(part instanceof vscode.LanguageModelDataPart) || !part.mimeType.startsWith('image/'))
    return undefined;
  return `data:${part.mimeType};base64,${toBase64(part.data)}`;
}

/** Bytes that are converted at once: a function takes a limited number of arguments. */
const SLICE_BYTES = 32 * 1024;

function toBase64(data: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < data.length; start += SLICE_BYTES)
    binary += String.fromCharCode(...data.subarray(start, start + SLICE_BYTES));
  return btoa(binary);
}
