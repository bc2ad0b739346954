import { answerChat } from './chat';
import type { ChatSettings } from './chat';
import { sendJson } from './exchange';
import type { Exchange } from './exchange';
import { listDeprecations, listModels } from './models';
import { Refusal, ServiceProblem } from './problems';

type Handler = (exchange: Exchange, settings: ChatSettings) => Promise<void> | void;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly handle: Handler;
}

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/v1/chat/completions', { method: 'POST', handle: answerChat }],
  ['/v1/models', { method: 'GET', handle: listModels }],
  ['/v1/models/deprecations', { method: 'GET', handle: listDeprecations }],
]);

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
  const { pathname } = exchange.url;
  const found = routes.get(pathname);
  if (!found) throw new ServiceProblem(404, 'Not Found', `Cannot ${String(method)} ${pathname}`);
  if (method === 'OPTIONS') preflight(exchange, found);
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
