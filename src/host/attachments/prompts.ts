import { l10n } from 'vscode';
import type { Settings } from '../settings';

type Prompt = Settings['prompts'][number];

/** The prompts of the settings, then the built-in ones whose names are not taken. */
export function allPrompts(own: readonly Prompt[]): readonly Prompt[] {
  const named = new Set(own.map(({ name }) => name));
  return [...own, ...builtIn().filter(({ name }) => !named.has(name))];
}

/** A reasoning model needs the goal and the criteria, and no instructions on how to think. */
function builtIn(): readonly Prompt[] {
  return [
    {
      name: 'explain',
      description: l10n.t('Explain the Code'),
      prompt: l10n.t(
        'Explain what this code does and why it is written this way. Begin with its purpose in a sentence or two, then cover what is not obvious, including edge cases.',
      ),
    },
    {
      name: 'fix',
      description: l10n.t('Find and Fix the Bug'),
      prompt: l10n.t(
        'Find what is wrong with this code and fix it. State the cause first, then give the corrected code without unrelated changes.',
      ),
    },
    {
      name: 'refactor',
      description: l10n.t('Simplify Without Changing Behavior'),
      prompt: l10n.t(
        'Rewrite this code to make it simpler and easier to read. Keep its behavior and its interface. Explain the benefit of each change in one line.',
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
  ];
}
