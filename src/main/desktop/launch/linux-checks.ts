import { posix } from 'node:path';

export interface LinuxFacts {
  env: Readonly<Record<string, string | undefined>>;
  uid: number;
  /** Text of a file, or undefined. */
  read(path: string): string | undefined;
  /** Owner and permission bits of a file, or undefined. */
  stat(path: string): { uid: number; mode: number } | undefined;
}

/** Why no window can open here, before anything is fetched or started: `noDisplay`, `root`; undefined when it can. */
export function windowObstacle({ env, uid }: LinuxFacts): 'noDisplay' | 'root' | undefined {
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'noDisplay';
  // Chromium refuses to run as root with its sandbox, and we never run it without.
  return uid === 0 ? 'root' : undefined;
}

/**
 * Whether Chromium can build its sandbox: by its helper (owned by root, mode 4755), or by user namespaces that the kernel and
 * AppArmor (Ubuntu 24.04) leave to ordinary users.
 */
export function sandboxPossible(program: string, { read, stat }: LinuxFacts): boolean {
  const helper = stat(posix.join(posix.dirname(program), 'chrome-sandbox'));
  if (helper?.uid === 0 && (helper.mode & 0o7777) === 0o4755) return true;
  const value = (path: string): string | undefined => read(path)?.trim();
  return (
    value('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') !== '1' &&
    value('/proc/sys/kernel/unprivileged_userns_clone') !== '0' &&
    value('/proc/sys/user/max_user_namespaces') !== '0'
  );
}
