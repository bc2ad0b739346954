import { answerChat } from './chat';
import type { ChatSettings } from './chat';
import { dialects } from './dialects/dialects';
import { sendJson } from './exchange';
import type { Exchange } from './exchange';
import { playFault, wantedFault } from './faults/wanted';
import { listDeprecations, listModels } from './models';
import { Refusal, ServiceProblem } from './problems';
import { answerResponses } from './responses/answer';

type Handler = (exchange: Exchange, settings: ChatSettings) => Promise<void> | void;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly handle: Handler;
}

const chat = '/v1/chat/completions';
const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  [chat, { method: 'POST', handle: sendChat }],
  ['/v1/responses', { method: 'POST', handle: sendResponse }],
  ['/v1/models', { method: 'GET', handle: sendModels }],
  ['/v1/models/deprecations', { method: 'GET', handle: sendDeprecations }],
]);

/** Of the other servers, only those that a test is about have this API. */
function sendResponse(exchange: Exchange, settings: ChatSettings): Promise<void> {
  const { dialect, apis } = settings;
  if (dialect !== undefined || apis === 'chat') {
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
  else sendJson(exchange, 200, JSON.stringify(dialects[dialect].listModels()));
}

/** No other server has such a list. */
function sendDeprecations(exchange: Exchange, { dialect }: ChatSettings): void {
  if (dialect !== undefined && dialect !== 'aimlapi') {
    throw new ServiceProblem(404, 'Not Found', 'This server knows no deprecations.');
  }
  listDeprecations(exchange);
}

export async function answer(exchange: Exchange, settings: ChatSettings): Promise<void> {
  admitBrowsers(exchange);
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
  const { fault, pathname } = wantedFault(exchange);
  const found = routes.get(pathname);
  if (!found) throw new ServiceProblem(404, 'Not Found', `Cannot ${String(method)} ${pathname}`);
  if (method === 'OPTIONS') preflight(exchange, found);
  else if (fault !== undefined && pathname === chat) await playFault(fault, exchange);
  else if (method === found.method) await found.handle(exchange, settings);
  else throw wrongMethod(String(method), found);
}

function wrongMethod(method: string, route: Route): ServiceProblem {
  const headers = { allow: `${route.method}, OPTIONS` };
  return new ServiceProblem(405, 'Method Not Allowed', `${method} is not allowed here.`, headers);
}

/** The extension on vscode.dev asks from a web page, which the browser lets read only what is named here. */
function admitBrowsers({ response, requestId }: Exchange): void {
  response.setHeader('x-request-id', requestId);
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader(
    'access-control-expose-headers',
    'x-request-id, x-should-retry, retry-after, retry-after-ms, etag, ' +
      'x-aimlapi-credits-used, x-aimlapi-usd-spent',
  );
}

function preflight({ request, response }: Exchange, { method }: Route): void {
  response
    .writeHead(204, {
      'access-control-allow-methods': method,
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
      // Chromium asks before a public page may reach a loopback address.
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
