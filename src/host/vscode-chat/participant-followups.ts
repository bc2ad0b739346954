import { l10n, type ChatFollowup } from 'vscode';

/** Questions that usually follow an answer to a command. They are about the code or the problem of the thread. */
export function followupsFor(command: unknown): ChatFollowup[] {
  const tests: ChatFollowup = {
    label: l10n.t('Write Tests'),
    prompt: l10n.t('Use the code of this conversation.'),
    command: 'tests',
  };
  switch (command) {
    case 'explain':
      return [
        {
          label: l10n.t('Find and Fix the Bug'),
          prompt: l10n.t('Use the code of this conversation.'),
          command: 'fix',
        },
        tests,
      ];
    case 'fix':
      return [tests];
    case 'tests':
      return [{ prompt: l10n.t('Which cases do these tests not cover?') }];
    case 'math':
      return [
        { prompt: l10n.t('Check each step of your answer and correct mistakes.') },
        { prompt: l10n.t('Give a numerical example.') },
      ];
    default:
      return [];
  }
}
