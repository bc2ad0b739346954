import type { Locator } from 'playwright-core';
import type { ChatListItem, HistoryRequest, HistoryUpdate } from '../../../src/protocol/history';
import type { PanelPage } from '../../support/panel-page';
import { noProblems, sampleChats, type ListProblems } from './sample-chats';
import { usePanel } from '../../support/use-panel';
import { snapshot } from './views';

type SearchRequest = Extract<HistoryRequest, { readonly kind: 'search' }>;

/** The list of chats, with helpers to use it and to post messages of the host. */
export interface HistoryPage {
  readonly panel: PanelPage;
  readonly row: (name: string | RegExp) => Locator;
  readonly search: () => Locator;
  readonly key: (name: string) => Promise<void>;
  readonly post: (...updates: readonly HistoryUpdate[]) => Promise<void>;
  /** Posts a complete list, and the numbers of files that are not in it. */
  readonly postList: (chats: readonly ChatListItem[], problems?: Partial<ListProblems>) => Promise<void>;
  /** Opens the list as a command of the host does, with these chats. */
  readonly open: (chats?: readonly ChatListItem[]) => Promise<void>;
  readonly requests: () => Promise<readonly HistoryRequest[]>;
  readonly last: () => Promise<HistoryRequest | undefined>;
  /** Waits until the last request is a search, and returns it. */
  readonly searchRequest: () => Promise<SearchRequest>;
}

/** Opens the panel with an empty conversation before each test of the suite that calls this. */
export function useHistory(): HistoryPage {
  const panel = usePanel();
  beforeEach(async () => {
    await panel.post(snapshot());
  });

  const search = (): Locator => panel.page.getByRole('searchbox', { name: 'Search Chats' });
  const post = (...updates: readonly HistoryUpdate[]): Promise<void> =>
    panel.post(...updates.map((each) => ({ type: 'history', update: each }) as const));
  const postList = (chats: readonly ChatListItem[], problems: Partial<ListProblems> = {}): Promise<void> =>
    post(
      { kind: 'list', chats, drafts: [], workspace: 'orbits' },
      { kind: 'verified', problems: { ...noProblems, ...problems } },
    );
  const requests = async (): Promise<readonly HistoryRequest[]> =>
    (await panel.receivedOf('history')).map(({ request }) => request);

  return {
    panel,
    row: (name) => panel.page.getByRole('row', { name }),
    search,
    key: (name) => panel.page.keyboard.press(name),
    post,
    postList,
    async open(chats = sampleChats()) {
      await post({ kind: 'show' });
      await search().waitFor();
      await postList(chats);
    },
    requests,
    last: async () => (await requests()).at(-1),
    async searchRequest() {
      await panel.page.waitForFunction(
        () =>
          (window as unknown as { received: { request?: { kind: string } }[] }).received.at(-1)?.request
            ?.kind === 'search',
      );
      return (await requests()).at(-1) as SearchRequest;
    },
  };
}
