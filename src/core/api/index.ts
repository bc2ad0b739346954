export { askModel } from './client';
export type { ClientServices } from './client-context';
export {
  createLearnedCorrections,
  type LearnedCorrections,
  type CorrectionStore,
  type Correction,
} from './corrections/learned-corrections';
export type { ChatEvent, Outcome, ResponseIdentity, KnownLimit, Usage } from './events';
export { buildWireRequest, type WireRequest } from './api-selection';
export type { ReasoningItems } from './responses/reasoning-items';
export type { ChatMessage, ChatParameters, ChatRequest } from './request';
export { chatRequestTexts } from './chat-request-texts';
export type { RequestTools, Tool } from './tools';
export { parseEndpoint, type Endpoint, type EndpointProblem } from './addresses/endpoint';
export type { ChatError, ModelNotFound } from './errors/chat-error';
export { TransportError, type Transport, type TransportRequest, type TransportResponse } from './transport';
