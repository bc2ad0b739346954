import { lazy } from '../../core/lazy';
import { logTo } from '../error-reporting';
import type { QuestionQueue, QuestionQueueServices } from './question-queue';

/** The queue of questions, whose code is loaded when there is one. */
export interface LazyQuestionQueue {
  load(): Promise<QuestionQueue>;
  /** Posts the questions of the chat that is shown to all webviews. */
  post(): void;
}

export function createLazyQuestionQueue(services: QuestionQueueServices): LazyQuestionQueue {
  let loaded: QuestionQueue | undefined;
  const load = lazy(async () => {
    const { createQuestionQueue } = await import('./question-queue');
    return (loaded = createQuestionQueue(services));
  });
  return {
    load,
    post() {
      if (!loaded && services.draft.state.queued.length === 0) return;
      load()
        .then((queue) => queue.post())
        .catch(logTo(services.log, 'The queued questions'));
    },
  };
}
