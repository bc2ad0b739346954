import { l10n } from 'vscode';
import type { Settings } from './settings';

type Prompt = Settings['prompts'][number];

/** The prompts for a question: those of the settings, then the built-in ones whose names are not taken. */
export function allPrompts(own: readonly Prompt[]): readonly Prompt[] {
  const named = new Set<string>(own.map(({ name }) => name));
  // A question in the chat has no cursor.
  return [...own, ...builtIn().filter(({ name }) => !named.has(name) && name !== 'generate')];
}

/** The prompts that commands use; the settings may have others of the same names. */
export type BuiltInPrompt =
  | 'explain'
  | 'problem'
  | 'fix'
  | 'refactor'
  | 'tests'
  | 'document'
  | 'review'
  | 'commit'
  | 'generate'
  | 'math';

/** Stands for the cursor in the prompt `generate`, and in the code that is sent with it. */
export const CURSOR_MARKER = '<CURSOR>';

/** The text of a prompt: that of the settings, or else the built-in one. */
export function promptNamed(name: BuiltInPrompt, own: readonly Prompt[]): string {
  return [...own, ...builtIn()].find((prompt) => prompt.name === name)?.prompt ?? '';
}

/** A reasoning model needs the goal and the criteria, and no instructions on how to think. */
function builtIn(): readonly (Prompt & { readonly name: BuiltInPrompt })[] {
  return [
    {
      name: 'explain',
      description: l10n.t('Explain the Code'),
      prompt: l10n.t(
        'Explain this code. Begin with its purpose in a sentence or two, then cover what is not obvious, why it is written this way, and its edge cases.',
      ),
    },
    {
      name: 'problem',
      description: l10n.t('Explain the Problem'),
      prompt: l10n.t(
        'Explain the problem that is reported for this code: what it means here, what causes it, and how to fix it.',
      ),
    },
    {
      name: 'fix',
      description: l10n.t('Find and Fix the Bug'),
      prompt: l10n.t(
        'Find what is wrong with this code and fix it. State the cause first, then give the corrected code without unrelated changes, in one code block. If other files must change too, give the whole new content of each in a code block below a line with its path.',
      ),
    },
    {
      name: 'refactor',
      description: l10n.t('Simplify Without Changing Behavior'),
      prompt: l10n.t(
        'Rewrite this code to make it simpler and easier to read. Keep its behavior and its interface. Give the rewritten code in one code block, and explain the benefit of each change in one line. If other files must change too, give the whole new content of each in a code block below a line with its path.',
      ),
    },
    {
      name: 'tests',
      description: l10n.t('Write Tests'),
      prompt: l10n.t(
        'Write tests for this code with the test framework of the project, or with the usual one for the language. Cover typical input, edge cases, and invalid input, with one test per case, named after what it verifies.',
      ),
    },
    {
      name: 'document',
      description: l10n.t('Write Documentation'),
      prompt: l10n.t(
        'Write documentation comments for this code in the style of its language: purpose, parameters, return value, and errors. Do not change anything else, and do not repeat what the code already says.',
      ),
    },
    {
      name: 'review',
      description: l10n.t('Review for Problems'),
      prompt: l10n.t(
        'Review this code. Report bugs first, then what is unsafe, slow, or hard to maintain. For each finding, give the location, why it matters, and a fix. Leave out matters of taste.',
      ),
    },
    {
      name: 'commit',
      description: l10n.t('Write a Commit Message'),
      prompt: l10n.t(
        'Write the message of a commit with these changes. Begin with a summary of at most 72 characters in the imperative. If that does not say why, add an empty line and a short explanation of the reason, in lines of at most 72 characters. Follow the wording of an existing message. Answer with the message only, without Markdown.',
      ),
    },
    {
      name: 'generate',
      description: l10n.t('Generate at Cursor'),
      prompt: l10n.t(
        'Write the code that belongs at <CURSOR>; selected code is replaced by it. Answer with that code only, in one fenced code block, in the language and the style of the file. Do not repeat the code around it.',
      ),
    },
    {
      name: 'math',
      description: l10n.t('Solve or Prove'),
      prompt: l10n.t(
        'Solve this problem, or prove the statement. State your assumptions, give the steps so that each can be checked, and end with the result. Write formulas in LaTeX, between $ in a line and between $$ on lines of their own.',
      ),
    },
  ];
}
