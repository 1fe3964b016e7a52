/** Longest name of a data-set file; official names have up to 60 characters. */
const longestName = 200;

/** Separators, and what Windows refuses in a name. */
const forbidden = /[\\/:*?"<>|\p{Cc}\uFFFD]/u;

/** Names that Windows gives to devices whatever their ending: opening one may wait for ever. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Whether a name from a list may be opened in the data set's folder: a plain name on every platform, without a way out of the
 * folder. The same names are refused everywhere, so that a set that works on one machine works on all.
 */
export function isPlainFileName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= longestName &&
    !forbidden.test(name) &&
    !device.test(name) &&
    name === name.trim() &&
    !name.endsWith('.')
  );
}
