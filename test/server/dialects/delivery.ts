import type { Choice, Completion } from '../completion';
import type { Pace } from '../delivery';
import { pause, sendJson, write } from '../exchange';
import type { Exchange } from '../exchange';
import { event, usage } from '../wire';
import { thought } from './dialect';
import type { Dialect } from './dialect';

interface Streaming {
  readonly withUsage: boolean;
  readonly pace: Pace;
  /** What the server reports after the first textChunks; the answer ends with it. */
  readonly error: string | undefined;
}

export async function deliverStream(
  dialect: Dialect,
  completion: Completion,
  to: Exchange,
  { withUsage, pace, error }: Streaming,
): Promise<void> {
  to.response.writeHead(dialect.status, { 'content-type': 'text/event-stream' }).flushHeaders();
  await pause(pace.thinkingMs, to);
  await write(to, dialect.shape.before?.(completion) ?? '');
  let textChunks = 0;
  for (const chunk of chunks(dialect, completion, withUsage)) {
    await write(to, event(chunk));
    await pause(pace.deltaMs, to);
    if (error === undefined || !hasText(chunk) || ++textChunks < 3) continue;
    to.response.end(dialect.breakOff(error));
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
    const content = shape.content?.(text, thought) ?? text;
    const message = { role: 'assistant', ...shape.reasoning?.(thought), content };
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
  const account = counts(dialect, completion);
  const chunk = (choices: Chunk['choices'], last = false): Chunk => ({
    ...head(dialect, completion, 'chat.completion.chunk'),
    choices,
    ...(withUsage && shape.usage === 'when asked' && { usage: null }),
    ...(shape.usage === 'on each chunk' && { usage: account }),
    ...(shape.usage === 'with the finish' && last && { usage: account }),
  });
  for (const [index, choice] of completion.choices.entries()) {
    const last = index === completion.choices.length - 1;
    for (const { delta, finish } of deltas(dialect, choice)) {
      const whole = { index, ...shape.choice, delta, finish_reason: finish };
      yield chunk([whole], last && finish !== null);
    }
  }
  if (withUsage && shape.usage === 'when asked') yield { ...chunk([]), usage: account } as Chunk;
}

interface Step {
  readonly delta: object;
  readonly finish: string | null;
}

function* deltas({ shape }: Dialect, { deltas: texts, finish }: Choice): Generator<Step> {
  yield { delta: { role: 'assistant', content: '' }, finish: null };
  const reasoning = shape.reasoning?.(thought);
  if (reasoning) yield { delta: { ...shape.delta, ...reasoning }, finish: null };
  for (const [at, content] of texts.entries()) {
    const ends = shape.finish === 'with the last text' && at === texts.length - 1;
    yield { delta: { ...shape.delta, content }, finish: ends ? finish : null };
  }
  if (shape.finish === 'apart' || texts.length === 0) yield { delta: { ...shape.delta }, finish };
}

function head({ model, shape }: Dialect, { id, created }: Completion, object: string): object {
  return { id, object, created, model, ...shape.fields?.() };
}

function counts({ shape }: Dialect, completion: Completion): object {
  return { ...usage(completion), ...shape.counts?.(completion) };
}
