import type { Conversation } from '../../core/chat/conversation';
import { createChatPlaceholders, type ChatPlaceholders } from '../../core/privacy/placeholders';
import type { Clock } from '../../core/clock';
import type { ToWebviewMessage } from '../../protocol/messages';
import { changesBetween, viewTurn, type Circumstances } from './view-model';

/** Keeps one panel in step with the conversation: a snapshot, then numbered changes, one message a frame at most. */
export interface Broadcast {
  /** The panel is there and knows nothing. */
  snapshot(): void;
  /** The conversation has changed; said at once, or together with others when the frame is over. */
  changed(): void;
  /** The panel is gone; what happens until the next snapshot is not said. */
  silence(): void;
}

/** Duration of a frame at 60 Hz, in ms. */
const frame = 1000 / 60;
/**
 * Frames by which messages may be ahead of one a frame. The first text of an answer follows its status at once; on
 * average there is still one message a frame.
 */
const framesAhead = 2;

export function createBroadcast(
  current: () => Conversation,
  clock: Clock,
  usual: Circumstances['usual'],
  post: (message: ToWebviewMessage) => void,
  placeholders: ChatPlaceholders = createChatPlaceholders(),
): Broadcast {
  let told: Conversation | undefined;
  let seq = 0;
  let lastPost = -Infinity;
  /** When the messages so far would have been posted at one a frame. */
  let paced = -Infinity;
  let cancel: (() => void) | undefined;

  const seen = (): Circumstances => ({
    now: lastPost,
    usual,
    placeholders: placeholders.of(current().id),
  });

  function snapshot(): void {
    silence();
    told = current();
    lastPost = clock.now();
    post({ type: 'snapshot', seq: ++seq, turns: told.turns.map((turn) => viewTurn(turn, seen())) });
  }

  function flush(): void {
    cancel = undefined;
    const [before, after] = [told, current()];
    if (!before || before === after) return;
    if (before.id !== after.id) return snapshot();
    told = after;
    lastPost = clock.now();
    paced = Math.max(paced, lastPost) + frame;
    const changes = changesBetween(before, after, seen());
    if (changes.length > 0) post({ type: 'changes', seq: ++seq, changes });
  }

  function silence(): void {
    cancel?.();
    cancel = undefined;
    told = undefined;
  }

  return {
    snapshot,
    silence,
    changed() {
      if (!told || cancel) return;
      // Not longer than a frame, also when the clock was set back.
      const wait = Math.min(frame, paced - framesAhead * frame - clock.now());
      if (wait <= 0) flush();
      else cancel = clock.after(wait, flush);
    },
  };
}
