export { askModel, type ClientPorts } from './client';
export {
  createCompatibilityMemory,
  type CompatibilityMemory,
  type CorrectionStore,
  type Correction,
} from './compatibility';
export type { ChatEvent, Outcome, Identity, Usage } from './events';
export { buildWireRequest, type WireRequest } from './wire-request';
export type { ChatMessage, ChatParameters, ChatRequest } from './request';
export { parseEndpoint, type Endpoint, type EndpointProblem } from './endpoint';
export type { ChatError, ModelNotFound } from './errors/chat-error';
export { TransportError, type Transport, type TransportRequest, type TransportResponse } from './transport';
