import assert from 'node:assert/strict';
import { bytes, collectAnswer, requestTo, transportOf } from '../../../../support/wire';
import { errorOf } from '../client-builders';

/** `Zugriff für alle` in ISO 8859-1, and the Chinese for "forbidden" in GBK. */
const latin1 = Buffer.from('<title>Zugriff f\u00fcr alle</title>', 'latin1');
const gbk = Buffer.concat([bytes('<title>'), Buffer.from('bdfbd6b9', 'hex'), bytes('</title>')]);

const pages: readonly (readonly [contentType: string, body: Uint8Array, message: string])[] = [
  ['text/html; charset=iso-8859-1', latin1, 'Zugriff f\u00fcr alle'],
  ['text/html;charset="ISO-8859-1"', latin1, 'Zugriff f\u00fcr alle'],
  ['text/html; charset=gbk', gbk, '\u7981\u6b62'],
  ['text/html; charset=utf-8', bytes('<title>f\u00fcr</title>'), 'f\u00fcr'],
  ['text/html; charset=no-such-charset', bytes('<title>f\u00fcr</title>'), 'f\u00fcr'],
  ['text/html', bytes('<title>f\u00fcr</title>'), 'f\u00fcr'],
  ['', bytes('f\u00fcr'), 'f\u00fcr'],
  // JSON is UTF-8, whatever its header says.
  ['application/json; charset=iso-8859-1', bytes('{"error":{"message":"f\u00fcr"}}'), 'f\u00fcr'],
];

describe('The page of an error', () => {
  for (const [contentType, body, message] of pages) {
    it(`is read with the charset of its header: ${contentType}`, async () => {
      const transport = transportOf({ chunks: [body], status: 403, contentType });
      const error = errorOf(await collectAnswer(requestTo('http://127.0.0.1'), transport));
      assert.ok(error.kind === 'forbidden');
      assert.equal(error.message, message);
    });
  }
});
