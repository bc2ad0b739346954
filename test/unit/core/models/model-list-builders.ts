import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseEndpoint, type Endpoint } from '../../../../src/core/api';
import type { ModelListCache } from '../../../../src/core/models/model-list';

export const key = 'sk-sentinel-8f2a/+=';

export interface MemoryCache extends ModelListCache {
  readonly texts: Map<string, string>;
}

export function memoryCache(): MemoryCache {
  const texts = new Map<string, string>();
  return {
    texts,
    read: (address) => Promise.resolve(texts.get(address)),
    write: (address, text) => Promise.resolve(void texts.set(address, text)),
  };
}

export function endpointOf(baseUrl: string): Endpoint {
  const endpoint = parseEndpoint(baseUrl);
  assert.ok(typeof endpoint === 'object');
  return endpoint;
}

export interface TestServer {
  readonly origin: string;
  close(): Promise<void>;
}

export async function serve(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
