/** Chromium's origin of a URL whose scheme was registered as standard; Node alone would say 'null'. */
export function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
