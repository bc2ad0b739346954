import type { Choice, Completion } from '../completion';
import type { Pace } from '../delivery';
import { pause, sendJson, write } from '../exchange';
import type { Exchange } from '../exchange';
import { event, usage } from '../wire';
import { reasoningText } from './dialect';
import type { Dialect } from './dialect';

interface StreamOptions {
  readonly withUsage: boolean;
  readonly pace: Pace;
  /** The error that ends the answer after the first texts. */
  readonly error: string | undefined;
}

export async function deliverStream(
  dialect: Dialect,
  completion: Completion,
  to: Exchange,
  { withUsage, pace, error }: StreamOptions,
): Promise<void> {
  to.response.writeHead(dialect.status, { 'content-type': 'text/event-stream' }).flushHeaders();
  await pause(pace.thinkingMs, to);
  await write(to, dialect.shape.before?.(completion) ?? '');
  let textChunks = 0;
  for (const chunk of chunks(dialect, completion, withUsage)) {
    await write(to, event(chunk));
    await pause(pace.deltaMs, to);
    if (error === undefined || !hasText(chunk) || ++textChunks < 3) continue;
    to.response.end(dialect.streamError(error));
    return;
  }
  to.response.end((dialect.shape.after?.(completion) ?? '') + event('[DONE]'));
}

export async function deliverWhole(
  dialect: Dialect,
  completion: Completion,
  to: Exchange,
  { thinkingMs }: Pace,
): Promise<void> {
  await pause(thinkingMs, to);
  const { shape } = dialect;
  const choices = completion.choices.map(({ deltas, finish }, index) => {
    const text = deltas.join('');
    const content = shape.content?.(text, reasoningText) ?? text;
    const message = { role: 'assistant', ...shape.reasoning?.(reasoningText), content };
    return { index, ...shape.choice, message, finish_reason: finish };
  });
  const body = {
    ...head(dialect, completion, 'chat.completion'),
    choices,
    usage: counts(dialect, completion),
  };
  sendJson(to, dialect.status, JSON.stringify(body));
}

interface Chunk {
  readonly choices: readonly { readonly delta: object; readonly finish_reason: string | null }[];
}

function hasText({ choices }: Chunk): boolean {
  return choices.some(({ delta }) => 'content' in delta && delta.content !== '');
}

function* chunks(dialect: Dialect, completion: Completion, withUsage: boolean): Generator<Chunk> {
  const { shape } = dialect;
  const usageCounts = counts(dialect, completion);
  const chunk = (choices: Chunk['choices'], last = false): Chunk => ({
    ...head(dialect, completion, 'chat.completion.chunk'),
    choices,
    ...(withUsage && shape.usage === 'on request' && { usage: null }),
    ...(shape.usage === 'on each chunk' && { usage: usageCounts }),
    ...(shape.usage === 'with the finish' && last && { usage: usageCounts }),
  });
  for (const [index, choice] of completion.choices.entries()) {
    const last = index === completion.choices.length - 1;
    for (const { delta, finish } of deltas(dialect, choice)) {
      const whole = { index, ...shape.choice, delta, finish_reason: finish };
      yield chunk([whole], last && finish !== null);
    }
  }
  if (withUsage && shape.usage === 'on request') yield { ...chunk([]), usage: usageCounts } as Chunk;
}

interface Step {
  readonly delta: object;
  readonly finish: string | null;
}

function* deltas({ shape }: Dialect, { deltas: texts, finish }: Choice): Generator<Step> {
  yield { delta: { role: 'assistant', content: '' }, finish: null };
  const reasoning = shape.reasoning?.(reasoningText);
  if (reasoning) yield { delta: { ...shape.delta, ...reasoning }, finish: null };
  for (const [position, content] of texts.entries()) {
    const ends = shape.finish === 'with the last text' && position === texts.length - 1;
    yield { delta: { ...shape.delta, content }, finish: ends ? finish : null };
  }
  if (shape.finish === 'separate' || texts.length === 0) yield { delta: { ...shape.delta }, finish };
}

function head({ model, shape }: Dialect, { id, created }: Completion, object: string): object {
  return { id, object, created, model, ...shape.fields?.() };
}

function counts({ shape }: Dialect, completion: Completion): object {
  return { ...usage(completion), ...shape.counts?.(completion) };
}
