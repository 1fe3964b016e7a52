import { homedir, hostname, userInfo } from 'node:os';

/** Who is at this computer, for what must not be named in files that others get. */
export function person(): { home: string; user: string; computer: string } {
  return { home: homedir(), user: userName(), computer: hostname() };
}

/** Some systems have no name for the user of a process. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
