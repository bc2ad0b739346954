import { l10n, workspace } from 'vscode';
import type { ChatError, EndpointProblem } from '../../../core/api';
import type { ErrorCard } from '../../../protocol/messages';
import { errorCard, asEndOfSentence, withAddress } from '../error-card';
import { explainTls } from './certificates';

type ErrorOf<Kind extends ChatError['kind']> = Extract<ChatError, { kind: Kind }>;

const buttons = ['retry', 'openSettings', 'showLog'] as const;

export function describeNetwork({ reason, detail }: ErrorOf<'network'>): ErrorCard {
  const unreachable = l10n.t('The service cannot be reached');
  switch (reason) {
    case 'dns':
      return errorCard(
        unreachable,
        l10n.t('Host not found ({0}). Check your network and o1mini.baseUrl.', detail),
        buttons,
      );
    case 'refused':
      return errorCard(
        unreachable,
        l10n.t('Connection refused ({0}). Check o1mini.baseUrl, or start the server.', detail),
        buttons,
      );
    case 'reset':
      return errorCard(
        l10n.t('The connection was lost'),
        l10n.t(
          'The connection was closed ({0}). Retrying sends the question again and may be billed again.',
          detail,
        ),
        buttons,
      );
    case 'tls':
      return errorCard(unreachable, explainTls(detail), buttons);
    case 'cors':
      return errorCard(
        l10n.t('The service does not allow requests from a browser'),
        l10n.t(
          'The service responds, but it does not allow web pages at {0} to read its answers (CORS). Allow this origin in the configuration of the server, or use VS Code on a desktop or in a remote window.',
          detail,
        ),
        buttons,
      );
    case 'unreachable':
      return errorCard(
        unreachable,
        l10n.t('A network error occurred ({0}). Check your network, your proxy, and o1mini.baseUrl.', detail),
        buttons,
      );
  }
}

/** A button changes the scheme where both are allowed. Without one, the server is probably not the service. */
export function describeWrongScheme({ needs, alternative }: ErrorOf<'wrong-scheme'>): ErrorCard {
  const card =
    needs === 'https'
      ? errorCard(
          l10n.t('The service requires https'),
          l10n.t('The server at this address expects an encrypted connection. Check o1mini.baseUrl.'),
          buttons,
        )
      : errorCard(
          l10n.t('The server does not use https'),
          alternative === undefined
            ? l10n.t(
                'The server answered without encryption. A proxy, a firewall, or a sign-in page may have answered instead of the service. Check your network and o1mini.baseUrl. Nothing was sent.',
              )
            : l10n.t('The server answered without encryption. Check o1mini.baseUrl. Nothing was sent.'),
          buttons,
        );
  return withAddress(alternative, card);
}

/** The service redirected the request, and nothing was sent to an address that is not in the settings. */
export function describeRedirect({ to, isLoop, alternative }: ErrorOf<'redirected'>): ErrorCard {
  return withAddress(
    alternative,
    errorCard(l10n.t('The service redirected the request'), explainRedirect(to, isLoop), [
      'openSettings',
      'retry',
      'showLog',
    ]),
  );
}

const SIGN_IN_ADDRESS = /\b(?:log|sign)[-_]?(?:in|on)\b|\b(?:sso|saml2?|oauth2?|authorize|adfs)\b/i;

function explainRedirect(to: string, isLoop: true | undefined): string {
  if (isLoop) {
    return l10n.t(
      'The service redirected the request again and again, at last to {0}. Check o1mini.baseUrl.',
      to,
    );
  }
  if (SIGN_IN_ADDRESS.test(to)) {
    return l10n.t(
      'The service redirected the request to a sign-in page, {0}. Nothing was sent there. Check your network and o1mini.baseUrl.',
      to,
    );
  }
  return l10n.t(
    'The service redirected the request to {0}. Your API key and question are sent only to the address in your settings, so nothing was sent there. If you trust the new address, set o1mini.baseUrl.',
    to || l10n.t('another address'),
  );
}

/** The response of a proxy says nothing about the service. */
export function describeProxy({ proxy, status, detail }: ErrorOf<'proxy'>): ErrorCard {
  const name = nameOf(proxy);
  if (status === undefined) {
    return errorCard(
      l10n.t('The proxy cannot be reached'),
      l10n.t('{0} cannot be reached ({1}). Start the proxy, or correct the proxy setting.', name, detail),
      buttons,
    );
  }
  if (status === 407) {
    return errorCard(
      l10n.t('The proxy requires authentication'),
      l10n.t('{0} returned 407. Check the credentials for the proxy.', name),
      buttons,
    );
  }
  return errorCard(
    l10n.t('The proxy refused the connection'),
    l10n.t(
      '{0} returned {1}: {2}. Ask your network administrator to allow the service.',
      name,
      status,
      asEndOfSentence(detail),
    ),
    buttons,
  );
}

/** The proxy, with the place where it was set. */
function nameOf(proxy: string): string {
  const configured = workspace.getConfiguration('http').get<string>('proxy') ?? '';
  const host = proxy === '' ? l10n.t('The proxy') : proxy;
  return proxy !== '' && configured.includes(proxy)
    ? l10n.t('{0} (setting http.proxy)', host)
    : l10n.t('{0} (setting http.proxy, HTTPS_PROXY or the system settings)', host);
}

export function describeTimeout({ phase, seconds }: ErrorOf<'timeout'>): ErrorCard {
  const titles: Record<typeof phase, string> = {
    connect: l10n.t('No connection within {0} s', seconds),
    'first-byte': l10n.t('No answer within {0} s', seconds),
    idle: l10n.t('No new text for {0} s', seconds),
  };
  return errorCard(
    titles[phase],
    l10n.t(
      'You can change the time limits in the settings (o1mini.timeout). Retrying sends the question again and may be billed again.',
    ),
    buttons,
  );
}

export function describeUnexpectedAddress({ host, address }: ErrorOf<'unexpected-address'>): ErrorCard {
  return errorCard(
    l10n.t('The address is not on a private network'),
    l10n.t(
      '{0} resolves to {1}. Plain http is allowed only for this computer and private networks. Nothing was sent. Use https, or check o1mini.baseUrl.',
      host,
      address,
    ),
    ['openSettings', 'retry', 'showLog'],
  );
}

export function describeAddress(reason: EndpointProblem): ErrorCard {
  return errorCard(l10n.t('Invalid o1mini.baseUrl'), explainAddress(reason), ['openSettings', 'retry']);
}

function explainAddress(reason: EndpointProblem): string {
  switch (reason) {
    case 'no-url':
      return l10n.t(
        'This is not a valid URL. A valid one looks like https://api.aimlapi.com. Nothing was sent.',
      );
    case 'spaces':
      return l10n.t('The URL contains a space. Nothing was sent.');
    case 'no-http':
      return l10n.t('The URL must begin with https://. Nothing was sent.');
    case 'credentials':
      return l10n.t(
        'The URL contains a user name or password. Use the command "o1-mini: Set API Key" instead. Nothing was sent.',
      );
    case 'insecure':
      return l10n.t(
        'Plain http would send your API key and code unencrypted. Use https://. Plain http is allowed only for localhost, 127.0.0.1, [::1], and private networks. Nothing was sent.',
      );
  }
}
