import type { LanguageModelChatInformation } from 'vscode';
import type { Endpoint } from '../../core/api';
import type { ModelListResult } from '../../core/models/model-list';
import { findModel } from '../../core/models/retirement';
import { promptRoom } from '../../core/prompt/context-budget';
import { sanitizeLine } from '../../core/text/untrusted-text';
import { limitsAndPriceLabel } from '../models/model-labels';
import type { ModelMetadataService } from '../models/model-metadata';
import type { Settings } from '../settings';

/**
 * The context window of a model about which nothing is known, in tokens. VS Code requires one, and shortens prompts to
 * it; a service rejects a prompt that is too long with its own limit.
 */
const ASSUMED_CONTEXT = 128_000;

/** The models of a service for VS Code's model picker: the one in the settings first, then those of the list. */
export function modelInformation(
  { models: listed }: Pick<ModelListResult, 'models'>,
  settings: Settings,
  endpoint: Endpoint,
  models: Pick<ModelMetadataService, 'getSourcedMetadata'>,
): LanguageModelChatInformation[] {
  const current = findModel(listed, settings.model);
  const others = listed.filter(
    (model) => model !== current && model.unlisted === undefined && model.retirement?.status !== 'withdrawn',
  );
  const ids = [settings.model, ...others.map(({ id }) => id)];
  return ids.map((model) => {
    const { context, maxOutput, price, vision, tools } = models.getSourcedMetadata(
      { ...settings, model },
      endpoint,
    );
    const maxOutputTokens = Math.min(settings.maxCompletionTokens, maxOutput?.value ?? Infinity);
    const limitsAndPrice = {
      ...(context && { context: context.value }),
      ...(maxOutput && { maxOutput: maxOutput.value }),
      ...(price && { price: price.value }),
    };
    return {
      id: model,
      name: sanitizeLine(findModel(listed, model)?.name ?? model),
      family: model,
      version: '1',
      detail: endpoint.chatCompletions.host,
      tooltip: limitsAndPriceLabel(limitsAndPrice) || sanitizeLine(model),
      maxInputTokens: promptRoom(context?.value ?? ASSUMED_CONTEXT, maxOutputTokens),
      maxOutputTokens,
      capabilities: {
        ...(vision && { imageInput: vision.value }),
        ...(tools && { toolCalling: tools.value }),
      },
    };
  });
}
