import { env } from 'vscode';
import { confirmHiddenCharacters } from './hidden-characters';

/** Puts a text on the clipboard, once the user agrees to what it hides. */
export async function copyText(text: string): Promise<void> {
  const agreed = await confirmHiddenCharacters(text, 'copy');
  if (agreed !== undefined) await env.clipboard.writeText(agreed);
}

/** The same for an answer: only where it has code is it read as such. */
export async function copyAnswer(markdown: string): Promise<void> {
  if (HOLDS_CODE.test(markdown)) await copyText(markdown);
  else await env.clipboard.writeText(markdown);
}

/** A fence, code in a line, or lines that are indented as code. */
const HOLDS_CODE = /`|~~~|^(?: {4}|\t)/m;
