import { currentAnswer, isAnswering, type Conversation, type Turn } from '../../core/chat/conversation';
import { canSummarize } from '../../core/chat/turns-to-send';
import type { ChatPlaceholders } from '../../core/privacy/secret-placeholders';
import type { Clock } from '../../core/clock';
import type { ToWebviewMessage, TurnView } from '../../protocol/messages';
import type { ErrorDescriptions } from '../chat/error-messages/load-error-descriptions';
import { changesBetween, viewTurn, type ViewContext } from './view-model/view-model';

/** Keeps one webview in sync with the conversation: a snapshot, then numbered changes, at most one message a frame. */
export interface WebviewSync {
  /** Posts the last turns of the conversation. */
  postSnapshot(): void;
  /** Posts some of the turns before those that the webview has, which requests them once it has painted those. */
  postEarlierTurns(): void;
  /** Posts the changes at once, or together with later ones at the end of the frame. */
  conversationChanged(): void;
  /** Posts no more changes until `resume`, because the webview is hidden. */
  pause(): void;
  /** Posts the changes since `pause`. */
  resume(): void;
}

/** Duration of a frame at 60 Hz. */
const FRAME_MS = 1000 / 60;
/**
 * How far the messages may run ahead of one per frame, in frames. This lets the first text of an answer follow its
 * status at once; on average, there is still one message per frame.
 */
const MAX_FRAMES_AHEAD = 2;
/** Turns in a snapshot: more than a webview shows at once. The webview requests the others once it has painted these. */
const SNAPSHOT_TURNS = 10;
/** Turns in one of the messages that follow a snapshot. */
const EARLIER_TURNS = 200;

export interface WebviewSyncServices {
  readonly conversation: () => Conversation;
  readonly clock: Clock;
  readonly typicalThinkingTime: ViewContext['typicalThinkingTime'];
  readonly placeholders: ChatPlaceholders;
  readonly errors: ErrorDescriptions;
}

export function createWebviewSync(
  services: WebviewSyncServices,
  post: (message: ToWebviewMessage) => void,
): WebviewSync {
  const { conversation: current, clock, typicalThinkingTime, placeholders, errors } = services;
  let posted: Conversation | undefined;
  let seq = 0;
  let lastPost = -Infinity;
  /** The time at which the messages so far would have been posted at a rate of one per frame. */
  let scheduledUntil = -Infinity;
  let cancel: (() => void) | undefined;
  /** The turns of the snapshot that are not posted yet. */
  let earlier: readonly Turn[] = [];
  /**
   * The conversation whose error descriptions could not be loaded. It is posted without them, and the next change
   * tries to load them again.
   */
  let undescribed: Conversation | undefined;

  const context = (): ViewContext => ({
    now: lastPost,
    typicalThinkingTime,
    placeholders: placeholders.of((posted ?? current()).id),
    describeError: (error) => errors.describe(error),
    canSummarize: canSummarize(current().turns),
  });

  /** The first error is posted once its description is loaded. Returns whether `next` is called then. */
  function waitForDescriptions(next: () => void): boolean {
    if (errors.loaded || undescribed === current() || !hasError(current())) return false;
    let isCancelled = false;
    cancel = () => (isCancelled = true);
    const resume = (): void => {
      if (!errors.loaded) undescribed = current();
      if (!isCancelled) next();
    };
    errors.load().then(resume, resume);
    return true;
  }

  function postSnapshot(): void {
    pause();
    posted = undefined;
    earlier = [];
    if (waitForDescriptions(postSnapshot)) return;
    posted = current();
    lastPost = clock.now();
    earlier = posted.turns.slice(0, -SNAPSHOT_TURNS);
    const remaining = earlier.length;
    const turns = viewTurns(posted.turns.slice(remaining));
    post({ type: 'snapshot', seq: ++seq, turns, ...(remaining > 0 && { remaining }) });
  }

  function postEarlierTurns(): void {
    if (earlier.length === 0) return;
    const turns = viewTurns(earlier.slice(-EARLIER_TURNS));
    earlier = earlier.slice(0, -EARLIER_TURNS);
    post({ type: 'earlierTurns', seq, turns, remaining: earlier.length });
  }

  const viewTurns = (turns: readonly Turn[]): readonly TurnView[] =>
    turns.map((turn) => viewTurn(turn, context()));

  /**
   * While an answer is running, changes of its details alone are not posted: a message takes several milliseconds, and
   * the first text of the answer would wait behind it.
   */
  function flush(): void {
    cancel = undefined;
    const [before, after] = [posted, current()];
    if (!before || before === after) return;
    if (waitForDescriptions(flush)) return;
    if (before.id !== after.id) return postSnapshot();
    while (earlier.length > 0) postEarlierTurns();
    lastPost = clock.now();
    const changes = changesBetween(before, after, context());
    if (isAnswering(after) && changes.every(({ type }) => type === 'detailsChanged')) return;
    posted = after;
    scheduledUntil = Math.max(scheduledUntil, lastPost) + FRAME_MS;
    if (changes.length > 0) post({ type: 'changes', seq: ++seq, changes });
  }

  function pause(): void {
    cancel?.();
    cancel = undefined;
  }

  function conversationChanged(): void {
    if (!posted || cancel) return;
    // At most one frame, even if the clock was set back.
    const wait = Math.min(FRAME_MS, scheduledUntil - MAX_FRAMES_AHEAD * FRAME_MS - clock.now());
    if (wait <= 0) flush();
    else cancel = clock.after(wait, flush);
  }

  return {
    postSnapshot,
    postEarlierTurns,
    pause,
    resume() {
      // The snapshot may wait for the descriptions of errors.
      if (posted) conversationChanged();
      else postSnapshot();
    },
    conversationChanged,
  };
}

function hasError({ turns }: Conversation): boolean {
  return turns.some(
    (turn) =>
      'error' in currentAnswer(turn).status ||
      turn.summaries?.some(({ answer }) => 'error' in answer.status) === true,
  );
}
