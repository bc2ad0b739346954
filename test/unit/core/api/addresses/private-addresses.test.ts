import assert from 'node:assert/strict';
import { isPrivateAddress } from '../../../../../src/core/api/addresses/private-addresses';

describe('A private address', () => {
  for (const address of [
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.5',
    '169.254.1.1',
    '100.64.0.1',
    '192.0.2.2',
    '198.18.0.1',
    '203.0.113.9',
    '2001:db8::1',
    '127.0.0.1',
    'fd12:3456::1',
    'fe80::1',
    '::1',
    '::ffff:192.168.1.5',
    '::ffff:c0a8:105',
  ]) {
    it(`can be ${address}`, () => assert.ok(isPrivateAddress(address)));
  }

  for (const address of [
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '11.0.0.1',
    '100.128.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '2606:4700::1111',
    '192.0.3.1',
    '198.20.0.1',
    '::',
    '::ffff:8.8.8.8',
    'fe00::1',
    'ff02::1',
    '999.1.1.1',
    'localhost',
    '',
  ]) {
    it(`cannot be ${address || 'empty'}`, () => assert.ok(!isPrivateAddress(address)));
  }
});
