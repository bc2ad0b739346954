import { createHash } from 'node:crypto';
import { deprecations, models } from './model-catalog';
import type { Model } from './model-catalog';
import { sendJson } from './exchange';
import type { Exchange } from './exchange';

export function listModels(exchange: Exchange): void {
  const withPrices = exchange.url.searchParams.getAll('include').includes('pricing');
  const data = models.map((model) => ({ ...identity(model), ...(withPrices && { pricing: model.pricing }) }));
  sendTagged(exchange, { object: 'list', data }, {});
}

export function listDeprecations(exchange: Exchange, data = deprecations): void {
  sendTagged(exchange, { object: 'list', data }, { generated_at: new Date().toISOString() });
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

/** The tag depends only on the content, so that a new generation time does not change it. */
function sendTagged(exchange: Exchange, content: object, generated: object): void {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
  const headers = { etag: `W/"${digest}"`, 'cache-control': 'public, max-age=60' };
  const knownTags = exchange.request.headers['if-none-match']?.split(',').map((tag) => tag.trim());
  if (knownTags?.some((tag) => tag === headers.etag || tag === '*')) {
    exchange.response.writeHead(304, headers).end();
    return;
  }
  sendJson(exchange, 200, JSON.stringify({ ...content, ...generated }), headers);
}
