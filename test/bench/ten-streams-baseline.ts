import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { printFigures } from './print-figures';
import type { HostFigures } from './ten-streams';

const seconds = 5;
const [, , origin = '', streams = ''] = process.argv;

/** Only reads the streams and parses their events, which every extension on Node has to do. */
async function run(): Promise<HostFigures> {
  let deltas = 0;
  const options = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const body = JSON.stringify({
    model: 'o1-mini',
    stream: true,
    messages: [{ role: 'user', content: 'Count' }],
  });
  for (let stream = 0; stream < Number(streams); stream++) {
    const sent = request(`${origin}/v1/chat/completions`, options, (response) => {
      let rest = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (line.startsWith('data: {') && JSON.parse(line.slice(6))) deltas++;
      });
    });
    sent.end(body);
  }
  await wait(2000);
  const [before, start] = [process.cpuUsage(), performance.now()];
  deltas = 0;
  await wait(seconds * 1000);
  const { user, system } = process.cpuUsage(before);
  const cpuSeconds = (user + system) / 1_000_000;
  return { seconds: (performance.now() - start) / 1000, cpuSeconds, deltas, messages: 0 };
}

printFigures(run());
