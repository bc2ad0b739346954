import { addressFaults } from './addresses';
import { chatFormat, responsesFormat, type AnswerFormat } from './answer-format';
import { bodyFaults } from './body';
import { chunkFaults } from './chunks';
import { connectionFaults } from './connection';
import { encodingFaults } from './encoding';
import type { Fault } from './fault';
import { framingFaults } from './framing';
import { httpFaults } from './http';
import { refusalFaults } from './refusals';
import { responseEventFaults } from './response-events';

/** The faults that do not depend on the content of an answer. */
function faultsIn(format: AnswerFormat): readonly Fault[] {
  return [
    ...addressFaults,
    ...connectionFaults(format),
    ...httpFaults(format),
    ...framingFaults(format),
    ...encodingFaults(format),
    ...bodyFaults(format),
    ...refusalFaults,
  ];
}

function byName(faults: readonly Fault[]): ReadonlyMap<string, Fault> {
  return new Map(faults.map((fault) => [fault.name, fault]));
}

/** All faulty or unusual responses of the server by name, where the Chat Completions API is requested. */
export const faults = byName([...faultsIn(chatFormat), ...chunkFaults]);

/** The same for the Responses API. */
export const responsesFaults = byName([...faultsIn(responsesFormat), ...responseEventFaults]);
