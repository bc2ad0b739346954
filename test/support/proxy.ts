import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Proxy {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  /** The first line of each request. */
  readonly requests: readonly string[];
  /** Everything that the proxy could read, in order. */
  received(): string;
  clear(): void;
  close(): void;
}

/** The response of a proxy to a request: a tunnel, or this HTTP response. */
export type ProxyAnswer = 'tunnel' | `HTTP/1.1 ${string}`;

/**
 * Starts a proxy, as used in companies, that records everything it can read.
 *
 * @param targetPort the port on this machine to which every tunnel leads
 */
export async function startProxy(targetPort: number, answer: () => ProxyAnswer): Promise<Proxy> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let received = '';

  function receive(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    socket.once('data', (chunk) => {
      const text = chunk.toString('latin1');
      received += text;
      const [line = ''] = text.split('\r\n', 1);
      requests.push(line);
      const reply = answer();
      if (reply !== 'tunnel' || !line.startsWith('CONNECT ')) {
        socket.end(reply === 'tunnel' ? 'HTTP/1.1 400 Bad Request\r\n\r\n' : reply);
        return;
      }
      const target = connect(targetPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(target).pipe(socket);
      });
      target.on('error', () => socket.destroy());
      socket.on('data', (more) => (received += more.toString('latin1')));
    });
  }

  const server = createServer(receive).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    received: () => received,
    clear: () => {
      requests.length = 0;
      received = '';
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
