export { askModel, type ChatEvent, type ChatRequest, type Outcome } from './client';
export { parseEndpoint, type Endpoint, type EndpointProblem } from './endpoint';
export type { ChatError } from './errors';
export type { Usage } from './parts';
export type { ChatMessage } from './request';
export { TransportError, type Transport, type TransportRequest, type TransportResponse } from './transport';
