import { l10n } from 'vscode';

/**
 * Explains why no encrypted connection was established.
 *
 * @param detail the error code of Node, or the words of OpenSSL
 */
export function explainTls(detail: string): string {
  switch (detail) {
    case 'CERT_HAS_EXPIRED':
      return l10n.t(
        'The certificate of the service has expired ({0}). Ask the operator of the service to renew it, and check the date of this computer.',
        detail,
      );
    case 'CERT_NOT_YET_VALID':
      return l10n.t(
        'The certificate of the service is not valid yet ({0}). Check the date of this computer.',
        detail,
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return l10n.t(
        'The certificate of the service was issued for another host name ({0}). Check the host name in o1mini.baseUrl.',
        detail,
      );
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return l10n.t(
        'The certificate of the service is self-signed ({0}). If you trust the service, install its certificate on this computer.',
        detail,
      );
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return l10n.t(
        'The certificate of the service is from an unknown authority, or incomplete ({0}). If the service or a proxy has its own authority, install the certificate of the authority on this computer.',
        detail,
      );
    default:
      return l10n.t(
        'No encrypted connection could be established ({0}). The service may require another version of TLS, or a client certificate.',
        detail,
      );
  }
}
