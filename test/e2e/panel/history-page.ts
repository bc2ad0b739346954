import type { Locator } from 'playwright-core';
import type { HistoryRequest } from '../../../src/protocol/history';
import type { ChatView, HistoryUpdate } from '../../../src/protocol/history';
import type { PanelPage } from '../../support/panel-page';
import { noProblems, some, type ListProblems } from './history-content';
import { usePanel } from '../../support/use-panel';
import { snapshot } from './views';

/** History as its user finds it, and what the host tells it. */
export interface HistoryPage {
  readonly panel: PanelPage;
  readonly row: (name: string | RegExp) => Locator;
  readonly search: () => Locator;
  readonly key: (name: string) => Promise<void>;
  readonly tell: (...update: readonly HistoryUpdate[]) => Promise<void>;
  /** Tells the whole list, and how many files are not in it. */
  readonly listed: (chats: readonly ChatView[], problems?: Partial<ListProblems>) => Promise<void>;
  /** Opens History as a command of the host does, with these chats in it. */
  readonly open: (chats?: readonly ChatView[]) => Promise<void>;
  readonly requests: () => Promise<readonly HistoryRequest[]>;
  readonly last: () => Promise<HistoryRequest | undefined>;
}

/** Opens the panel with an empty conversation before each test of the suite that calls this. */
export function useHistory(): HistoryPage {
  const panel = usePanel();
  beforeEach(async () => {
    await panel.say(snapshot());
  });

  const search = (): Locator => panel.page.getByRole('searchbox', { name: 'Search Chats' });
  const tell = (...update: readonly HistoryUpdate[]): Promise<void> =>
    panel.say(...update.map((each) => ({ type: 'history', update: each }) as const));
  const listed = (chats: readonly ChatView[], problems: Partial<ListProblems> = {}): Promise<void> =>
    tell(
      { kind: 'list', chats, drafts: [], workspace: 'orbits' },
      { kind: 'verified', problems: { ...noProblems, ...problems } },
    );
  const requests = async (): Promise<readonly HistoryRequest[]> =>
    (await panel.said('history')).map(({ request }) => request);

  return {
    panel,
    row: (name) => panel.page.getByRole('row', { name }),
    search,
    key: (name) => panel.page.keyboard.press(name),
    tell,
    listed,
    async open(chats = some()) {
      await tell({ kind: 'show' });
      await search().waitFor();
      await listed(chats);
    },
    requests,
    last: async () => (await requests()).at(-1),
  };
}
