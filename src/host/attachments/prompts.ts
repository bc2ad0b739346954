import { l10n } from 'vscode';
import type { Settings } from '../settings';

type Prompt = Settings['prompts'][number];

/** The user's own prompts, then ours where there is none of the same name. */
export function allPrompts(own: readonly Prompt[]): readonly Prompt[] {
  const named = new Set(own.map(({ name }) => name));
  return [...own, ...builtIn().filter(({ name }) => !named.has(name))];
}

/** For a model that reasons by itself: what is wanted and what counts, not how to think. */
function builtIn(): readonly Prompt[] {
  return [
    {
      name: 'explain',
      description: l10n.t('What it does and why'),
      prompt: l10n.t(
        'Explain what this code does and why it is written this way. Begin with its purpose in a sentence or two, then go through what is not obvious, with the edge cases.',
      ),
    },
    {
      name: 'fix',
      description: l10n.t('Find the bug and correct it'),
      prompt: l10n.t(
        'Find what is wrong with this code and correct it. Name the cause first, then give the corrected code, with no change that the fix does not need.',
      ),
    },
    {
      name: 'refactor',
      description: l10n.t('Make it simpler, doing the same'),
      prompt: l10n.t(
        'Rewrite this code so that it is simpler and easier to read. What it does and how it is called must stay the same. Say in a line what each change is good for.',
      ),
    },
    {
      name: 'tests',
      description: l10n.t('Write tests'),
      prompt: l10n.t(
        'Write tests for this code with the test framework of its project, or else the usual one of its language. Cover the ordinary case, the edges and wrong input, a test for each, named after what it shows.',
      ),
    },
    {
      name: 'document',
      description: l10n.t('Write its documentation'),
      prompt: l10n.t(
        'Write the documentation comments for this code in the style of its language: what it is for, its parameters, what it returns and how it fails. Change nothing else, and repeat nothing that the code says itself.',
      ),
    },
    {
      name: 'review',
      description: l10n.t('Look for faults'),
      prompt: l10n.t(
        'Review this code: mistakes first, then what is unsafe, slow or hard to maintain. For each finding give the place, why it matters and a correction. Leave out matters of taste.',
      ),
    },
  ];
}
