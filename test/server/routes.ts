import { answerChat } from './chat';
import type { ChatSettings } from './chat';
import { sendJson } from './exchange';
import type { Exchange } from './exchange';
import { playFault, requestedFault } from './faults/requested-fault';
import { listDeprecations, listModels } from './models';
import { Refusal, ServiceProblem } from './problems';
import { answerResponses } from './responses/answer';

type Handler = (exchange: Exchange, settings: ChatSettings) => Promise<void> | void;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly handle: Handler;
}

const chatPath = '/v1/chat/completions';
const responsesPath = '/v1/responses';
const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  [chatPath, { method: 'POST', handle: sendChat }],
  [responsesPath, { method: 'POST', handle: sendResponse }],
  ['/v1/models', { method: 'GET', handle: sendModels }],
  ['/v1/models/deprecations', { method: 'GET', handle: sendDeprecations }],
]);

function sendResponse(exchange: Exchange, settings: ChatSettings): Promise<void> {
  if (settings.apis === 'chat') {
    throw new ServiceProblem(404, 'Not Found', 'Cannot POST /v1/responses');
  }
  return answerResponses(exchange, settings);
}

async function sendChat(exchange: Exchange, settings: ChatSettings): Promise<void> {
  if (settings.apis !== 'responses') return answerChat(exchange, settings);
  const message = 'This model is only supported in v1/responses and not in v1/chat/completions.';
  throw new Refusal(message, 'model', null, 404);
}

function sendModels(exchange: Exchange, { dialect, modelList }: ChatSettings): void {
  if (!modelList) throw new ServiceProblem(404, 'Not Found', 'Cannot GET /v1/models');
  if (dialect === undefined) listModels(exchange);
  else sendJson(exchange, 200, JSON.stringify(dialect.listModels()));
}

/** Few other servers provide this list. */
function sendDeprecations(exchange: Exchange, { dialect }: ChatSettings): void {
  if (dialect && !dialect.deprecations) {
    throw new ServiceProblem(404, 'Not Found', 'This server has no list of deprecations.');
  }
  listDeprecations(exchange, dialect?.deprecations);
}

export async function answer(exchange: Exchange, settings: ChatSettings): Promise<void> {
  if (settings.crossOrigin === 'allowed') allowCrossOrigin(exchange);
  try {
    await route(exchange, settings);
  } catch (error) {
    if (error instanceof ServiceProblem) sendProblem(exchange, error);
    else if (error instanceof Refusal) sendJson(exchange, error.status, error.body());
    else throw error;
  }
}

async function route(exchange: Exchange, settings: ChatSettings): Promise<void> {
  const { method } = exchange.request;
  const { fault, pathname } = requestedFault(exchange);
  const details = settings.dialect?.details?.[pathname];
  if (details) {
    sendJson(exchange, 200, JSON.stringify(details));
    return;
  }
  const found = routes.get(pathname);
  if (!found) throw new ServiceProblem(404, 'Not Found', `Cannot ${String(method)} ${pathname}`);
  if (method === 'OPTIONS' && settings.crossOrigin === 'allowed') answerPreflight(exchange, found);
  else if (fault !== undefined && pathname === chatPath) await playFault(fault, 'chat', exchange);
  else if (fault !== undefined && pathname === responsesPath) await playFault(fault, 'responses', exchange);
  else if (method === found.method) await found.handle(exchange, settings);
  else throw wrongMethod(String(method), found);
}

function wrongMethod(method: string, route: Route): ServiceProblem {
  const headers = { allow: `${route.method}, OPTIONS` };
  return new ServiceProblem(405, 'Method Not Allowed', `${method} is not allowed here.`, headers);
}

/** Allows the extension on vscode.dev to read the response, because the browser restricts a web page. */
function allowCrossOrigin({ response, requestId }: Exchange): void {
  response.setHeader('x-request-id', requestId);
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader(
    'access-control-expose-headers',
    'x-request-id, x-should-retry, retry-after, retry-after-ms, etag, ' +
      'x-aimlapi-credits-used, x-aimlapi-usd-spent',
  );
}

function answerPreflight({ request, response }: Exchange, { method }: Route): void {
  response
    .writeHead(204, {
      'access-control-allow-methods': method,
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
      // Chromium requires it before a public page accesses a loopback address.
      'access-control-allow-private-network': 'true',
    })
    .end();
}

function sendProblem(exchange: Exchange, problem: ServiceProblem): void {
  sendJson(exchange, problem.status, problem.body(exchange.url.pathname, exchange.requestId), {
    'content-type': 'application/problem+json; charset=utf-8',
    ...problem.headers,
  });
}
