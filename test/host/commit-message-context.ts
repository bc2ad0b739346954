import { writeCommitMessage } from '../../src/host/commands/commit-message';
import { createChatServiceContext, type ChatServiceContext } from './chat-service-test-context';
import { closeRepository, openRepository, type OpenRepository } from './git-repositories';
import { errorDescriptions } from './webview-sync-services';

/** The message that the service answers with, unless a test scripts something else. */
export const message = 'Count from two\n\nOne was the wrong start.';

/** Two open repositories, without changes at the beginning of each test. */
export interface CommitMessageContext {
  readonly context: ChatServiceContext;
  first: OpenRepository;
  second: OpenRepository;
  /** Presses the button in the title of a repository. */
  readonly write: (open: OpenRepository) => Promise<void>;
  /** Does something after a message was requested and before it arrives. */
  readonly writeDuring: (open: OpenRepository, act: () => unknown) => Promise<void>;
  readonly stage: (open: OpenRepository, content?: string, name?: string) => Promise<void>;
  readonly sentPrompt: () => string;
}

export function createCommitMessageContext(): CommitMessageContext {
  const context = createChatServiceContext();
  const functions: Omit<CommitMessageContext, 'first' | 'second'> = {
    context,
    write({ repository: { rootUri } }) {
      const services = {
        ...context.metadata,
        sendOneShotRequest: context.sendOneShotRequest,
        errors: errorDescriptions,
      };
      return context.withServer({}, () => writeCommitMessage({ rootUri }, services));
    },
    async writeDuring(open, act) {
      let resume = (): void => undefined;
      const until = new Promise<void>((resolve) => (resume = resolve));
      context.api.clear();
      context.api.script({ kind: 'answer', text: message, until });
      const requested = context.untilRequested();
      const written = shared.write(open);
      await requested;
      await act();
      resume();
      await written;
    },
    async stage({ git, write }, content = 'two\n', name = 'a.txt') {
      write(name, content);
      await git('add', '.');
    },
    sentPrompt: () => context.sentBodies()[0]?.messages.at(-1)?.content ?? '',
  };
  // The hooks assign the repositories.
  const shared = functions as CommitMessageContext;

  before(async () => {
    shared.first = await openRepository();
    shared.second = await openRepository();
  });
  after(async () => {
    for (const each of [shared.first, shared.second]) await closeRepository(each);
  });
  beforeEach(async () => {
    for (const { git, repository } of [shared.first, shared.second]) {
      await git('reset', '--quiet', '--hard');
      repository.inputBox.value = '';
    }
    context.api.script({ kind: 'answer', text: message });
  });
  return shared;
}
