export { askModel, type ClientPorts } from './client';
export {
  createLearnedCorrections,
  type LearnedCorrections,
  type CorrectionStore,
  type Correction,
} from './corrections/learned-corrections';
export type { ChatEvent, Outcome, Identity, KnownLimit, Usage } from './events';
export { buildWireRequest, type WireRequest } from './api-selection';
export type { ReasoningItems } from './responses/reasoning-items';
export { textsOfRequest, type ChatMessage, type ChatParameters, type ChatRequest } from './request';
export type { RequestTools, Tool } from './tools';
export { parseEndpoint, type Endpoint, type EndpointProblem } from './endpoint';
export type { ChatError, ModelNotFound } from './errors/chat-error';
export { TransportError, type Transport, type TransportRequest, type TransportResponse } from './transport';
