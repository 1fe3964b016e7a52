import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface AdmissionOptions {
  port: number;
  /** Makes one unguessable word. */
  randomWord(): string;
}

/** Who may come in: decided from headers alone, before anything is answered. */
export interface Admission {
  /** For the printed URL; good for one use. */
  readonly token: string;
  /** The request was addressed to this server by a name of this computer: a foreign name that resolves here is refused. */
  knowsHost(headers: IncomingHttpHeaders): boolean;
  /** The page that asks for a WebSocket is this server's own. */
  knowsOrigin(headers: IncomingHttpHeaders): boolean;
  hasCookie(headers: IncomingHttpHeaders): boolean;
  /** Exchanges the token for the `Set-Cookie` value; undefined when it is wrong or has been used. */
  redeem(token: string): string | undefined;
}

/**
 * One-time token in the URL, then a cookie that scripts cannot read and other sites cannot send. The cookie's name carries the
 * port, because browsers share cookies between the ports of one address.
 */
export function createAdmission({ port, randomWord }: AdmissionOptions): Admission {
  const token = randomWord();
  const secret = randomWord();
  const cookieName = `joulebench-${port}`;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  let used = false;
  return {
    token,
    knowsHost: ({ host }) => host !== undefined && hosts.has(host),
    knowsOrigin: ({ origin, host }) => origin !== undefined && host !== undefined && origin === `http://${host}`,
    hasCookie: ({ cookie }) => cookieValues(cookie, cookieName).some((value) => sameWord(value, secret)),
    redeem(given) {
      if (used || !sameWord(given, token)) return undefined;
      used = true;
      return `${cookieName}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
    },
  };
}

function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
}

/** Compares in a time that tells nothing of where the two differ. */
function sameWord(one: string, other: string): boolean {
  const digest = (word: string): Buffer => createHash('sha256').update(word).digest();
  return timingSafeEqual(digest(one), digest(other));
}
