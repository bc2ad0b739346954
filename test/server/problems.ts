/** An error of the service itself: shape A of `src/core/api/README.md`, "Errors". */
export class ServiceProblem extends Error {
  constructor(
    readonly status: 401 | 404 | 405 | 415,
    readonly title: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  body(path: string, requestId: string): string {
    const { status, title, message } = this;
    return JSON.stringify({
      title,
      status,
      message,
      instance: path,
      requestId,
      timestamp: new Date().toISOString(),
      error: { name: `${title.replaceAll(' ', '')}Exception`, message },
    });
  }
}

/** A rejected parameter: shape C, with the messages of OpenAI. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly param: string | null,
    readonly code: string | null,
    readonly status: 400 | 404 = 400,
  ) {
    super(message);
  }

  body(): string {
    const { message, param, code } = this;
    return JSON.stringify({ error: { message, type: 'invalid_request_error', param, code } });
  }
}
