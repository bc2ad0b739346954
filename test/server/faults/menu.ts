import { addressFaults } from './addresses';
import { bodyFaults } from './body';
import { chunkFaults } from './chunks';
import { connectionFaults } from './connection';
import { encodingFaults } from './encoding';
import type { Fault } from './fault';
import { framingFaults } from './framing';
import { httpFaults } from './http';
import { refusalFaults } from './refusals';

const all: readonly Fault[] = [
  ...addressFaults,
  ...connectionFaults,
  ...httpFaults,
  ...framingFaults,
  ...encodingFaults,
  ...bodyFaults,
  ...chunkFaults,
  ...refusalFaults,
];

/** Every way in which an answer can go wrong, or just look odd, by its name. */
export const faults: ReadonlyMap<string, Fault> = new Map(all.map((fault) => [fault.name, fault]));
