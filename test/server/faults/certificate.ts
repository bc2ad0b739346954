import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and a self-signed certificate for localhost, in PEM. */
export function selfSignedCertificate(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = sequence(set(sequence(commonName, value(0x0c, Buffer.from('localhost')))));
  const body = sequence(
    value(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(time('200101000000Z'), time('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, ecdsaWithSha256, value(0x03, Buffer.from([0]), signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

// The parts of DER that a version 1 certificate needs.
const commonName = value(0x06, Buffer.from('550403', 'hex'));
const ecdsaWithSha256 = sequence(value(0x06, Buffer.from('2a8648ce3d040302', 'hex')));

function sequence(...parts: readonly Buffer[]): Buffer {
  return value(0x30, ...parts);
}

function set(...parts: readonly Buffer[]): Buffer {
  return value(0x31, ...parts);
}

function time(utc: string): Buffer {
  return value(0x17, Buffer.from(utc));
}

function value(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
