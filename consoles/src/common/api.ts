// What a page asks the server, and the errors that it answers.

/** An error of the server, in its words. */
export class ServerError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** The session is over: nothing else will be answered. */
  get isExpired(): boolean {
    return this.status === 401 && this.code === "INVALID_SESSION_ID";
  }
}

/** The server cannot be reached. */
export class Unreachable extends Error {
  constructor() {
    super("The server cannot be reached. Nothing was done, or it is not known whether it was.");
  }
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Fields = { [name: string]: Json };

/** Who is signed in. */
export interface Session {
  token: string;
  userId: string;
  username: string;
  name: string;
}

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text();
  let value: unknown = null;
  if (text) {
    try {
      value = JSON.parse(text);
    } catch {
      value = text;
    }
  }
  if (answer.ok) return value;
  const first = Array.isArray(value) ? (value[0] as { errorCode?: string; message?: string } | undefined) : undefined;
  throw new ServerError(answer.status, first?.errorCode ?? `HTTP_${answer.status}`, first?.message ?? answer.statusText);
}

/** Sends a request, and gives its answer; a ServerError or Unreachable otherwise. */
export async function ask(
  method: string,
  path: string,
  options: { token?: string | undefined; body?: unknown; signal?: AbortSignal; text?: string } = {},
): Promise<unknown> {
  const headers: Record<string, string> = {};
  if (options.token) headers["Authorization"] = `Bearer ${options.token}`;
  const request: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (options.body !== undefined) {
    headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(options.body);
  }
  if (options.signal) request.signal = options.signal;
  let answer: Response;
  try {
    answer = await fetch(path, request);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Unreachable();
  }
  return read(answer);
}

/** Calls a method of the console of a user. */
export async function call(token: string, method: string, parameters: Fields = {}): Promise<Json> {
  const answer = (await ask("POST", "/omnic/v1/console/call", { token, body: { method, arguments: parameters } })) as { result: Json };
  return answer.result;
}

/** Signs a user in. */
export async function signIn(username: string, password: string): Promise<Session> {
  const answer = (await ask("POST", "/omnic/v1/console/sign-in", { body: { username, password } })) as {
    accessToken: string;
    userId: string;
    username: string;
    name: string;
  };
  return { token: answer.accessToken, userId: answer.userId, username: answer.username, name: answer.name };
}

/** The version of the REST API that pages use. */
export const REST = "/services/data/v60.0";

/** The records of a query. */
export async function query(token: string, soql: string): Promise<Fields[]> {
  const answer = (await ask("GET", `${REST}/query?q=${encodeURIComponent(soql)}`, { token })) as { records: Fields[] };
  return answer.records;
}

/** What went wrong, for people. */
export function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
