import { createHash } from 'node:crypto';
import { deprecations, models } from './known-models';
import type { Model } from './known-models';
import { sendJson } from './exchange';
import type { Exchange } from './exchange';

export function listModels(exchange: Exchange): void {
  const priced = exchange.url.searchParams.getAll('include').includes('pricing');
  const data = models.map((model) => ({ ...identity(model), ...(priced && { pricing: model.pricing }) }));
  sendTagged(exchange, { object: 'list', data }, {});
}

export function listDeprecations(exchange: Exchange): void {
  sendTagged(exchange, { object: 'list', data: deprecations }, { generated_at: new Date().toISOString() });
}

function identity({ id, aliases, name, contextLength, maxTokens }: Model): object {
  return {
    id,
    object: 'model',
    aliases,
    type: 'openai/chat-completions',
    context_length: contextLength,
    info: { name, developer: 'OpenAI', contextLength, maxTokens },
  };
}

/** The tag covers the content alone, so that a new time of generation is no change. */
function sendTagged(exchange: Exchange, content: object, generated: object): void {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
  const headers = { etag: `W/"${digest}"`, 'cache-control': 'public, max-age=60' };
  const known = exchange.request.headers['if-none-match']?.split(',').map((tag) => tag.trim());
  if (known?.some((tag) => tag === headers.etag || tag === '*')) {
    exchange.response.writeHead(304, headers).end();
    return;
  }
  sendJson(exchange, 200, JSON.stringify({ ...content, ...generated }), headers);
}
