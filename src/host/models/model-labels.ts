import * as vscode from 'vscode';
import type { ListedModel, Retirement } from '../../core/models/model-parser';
import type { ModelReplacement } from '../../core/models/model-replacement';
import { formatMessage } from '../../core/text/untrusted-text';
import { formatCount, formatDay, formatUsd } from '../number-format';

/** The limits and the price of a model in short, as far as they are known. */
export function limitsAndPriceLabel({
  context,
  maxOutput,
  price,
}: Pick<ListedModel, 'context' | 'maxOutput' | 'price'>): string {
  const parts = [
    context && vscode.l10n.t('{0} context tokens', formatCount(context)),
    maxOutput && vscode.l10n.t('{0} output tokens', formatCount(maxOutput)),
    price &&
      vscode.l10n.t(
        '{0} input, {1} output per million tokens',
        formatUsd(price.input),
        formatUsd(price.output),
      ),
  ].filter((part) => part !== undefined && part !== 0);
  return parts.join(' · ');
}

/** Why a model is offered in place of another one. */
export function replacementReason(model: string, reason: ModelReplacement['reason']): string {
  switch (reason) {
    case 'named':
      return vscode.l10n.t('The service recommends {0} instead.', model);
    case 'alias':
      return vscode.l10n.t('{0} is the current version of this model.', model);
    case 'nearest':
      return vscode.l10n.t('{0} is the most similar model in the list of the service.', model);
  }
}

/** The end of a model as its service announces it. */
export function retirementText({ status, shutdownAt, replacedBy }: Retirement): string {
  const names = {
    deprecated: vscode.l10n.t('deprecated'),
    superseded: vscode.l10n.t('superseded'),
    withdrawn: vscode.l10n.t('retired'),
  };
  return [
    names[status],
    shutdownAt === undefined ? '' : vscode.l10n.t('shutdown on {0}', formatDay(shutdownAt)),
    replacedBy === undefined ? '' : formatMessage(vscode.l10n.t('replaced by {0}'), [replacedBy]),
  ]
    .filter((part) => part !== '')
    .join(', ');
}
