export { askModel, type ClientPorts } from './client';
export {
  createLearnedCorrections,
  type LearnedCorrections,
  type CorrectionStore,
  type Correction,
} from './learned-corrections';
export type { ChatEvent, Outcome, Identity, Usage } from './events';
export { buildWireRequest, type WireRequest } from './api-selection';
export type { ChatMessage, ChatParameters, ChatRequest } from './request';
export { parseEndpoint, type Endpoint, type EndpointProblem } from './endpoint';
export type { ChatError, ModelNotFound } from './errors/chat-error';
export { TransportError, type Transport, type TransportRequest, type TransportResponse } from './transport';
