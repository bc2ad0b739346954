import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { writeCommitMessage } from '../../src/host/commands/commit-message';
import { createChatServiceContext } from './chat-service-test-context';
import { messagesDuring } from './dialogs';
import { withQuickPick } from './quick-picks';
import { errorDescriptions } from './webview-sync-services';
import { withGit } from './with-git';

describe('A commit message that is requested from the Command Palette', () => {
  const context = createChatServiceContext();

  /** The first message that is shown with this in place of the Git extension. */
  async function firstMessage(git: object): Promise<string> {
    const { sendOneShotRequest, metadata, withServer } = context;
    const services = { ...metadata, sendOneShotRequest, errors: errorDescriptions };
    const shown = await messagesDuring(() =>
      withGit(git, () => withServer({}, () => writeCommitMessage(undefined, services))),
    );
    return shown[0]?.message ?? '';
  }

  function gitWith(...repositories: readonly object[]): object {
    return { enabled: true, getAPI: () => ({ repositories }) };
  }

  function repository(name: string, selected: boolean): object {
    return {
      rootUri: vscode.Uri.file(`/${name}`),
      ui: { selected },
      inputBox: { value: '' },
      diff: () => Promise.resolve(''),
    };
  }

  it('needs Git and a repository, and says which is missing', async () => {
    assert.match(await firstMessage(gitWith()), /No Git repository is open/);
    assert.match(await firstMessage({ enabled: false }), /Git is not available/);
  });

  it('is written for the repository that is selected', async () => {
    const git = gitWith(repository('one', false), repository('two', true));
    assert.match(await firstMessage(git), /in two\./);
  });

  it('is otherwise written for the repository that the user picks by its name', () =>
    withQuickPick(
      (items) => items[1],
      async (shown) => {
        const git = gitWith(repository('$(trash) one', false), repository('[x](command:evil)', false));
        assert.doesNotMatch(await firstMessage(git), /\]\(command/);
        assert.deepEqual(
          shown[0]?.map(({ label }) => label),
          ['$ (trash) one', '[x] (command:evil)'],
        );
      },
    ));
});
