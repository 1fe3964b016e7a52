/** What must not leave the computer with a bundle, and what stands in its place. */
export interface Personal {
  home: string;
  user: string;
  computer: string;
  /** Folders that a person chose, by what they are for. */
  folders: Readonly<Record<string, string>>;
  /** Names of people that the settings or sessions hold. */
  people: readonly string[];
}

/**
 * A function that replaces personal words in a text: folders first, as they are longer, then home, user, computer and people. Paths are found with
 * either separator and as JSON writes them; letters of either case, because Windows does not tell them apart. Words of one or two letters are left: they
 * would take everything apart and tell nobody.
 */
export function redactor(personal: Personal): (text: string) => string {
  const paths = [...Object.entries(personal.folders), ['home', personal.home] as const]
    .filter(([, path]) => path.length > 3)
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([name, path]) => ({ pattern: pathPattern(path), by: `<${name}>` }));
  const words = [
    { word: personal.user, by: '<user>' },
    { word: personal.computer, by: '<computer>' },
    ...personal.people.map((word) => ({ word, by: '<person>' })),
  ]
    .filter(({ word }) => word.trim().length > 2)
    .sort((one, other) => other.word.length - one.word.length)
    .map(({ word, by }) => ({
      // Not inside a longer word: a user called "pro" must not spoil "progress".
      pattern: new RegExp(`(?<![\\p{L}\\p{N}])${literal(word.trim())}(?![\\p{L}\\p{N}])`, 'giu'),
      by,
    }));
  const all = [...paths, ...words];
  return (text) => all.reduce((result, { pattern, by }) => result.replace(pattern, by), text);
}

/** Home folders by their usual places on Linux, macOS and Windows: of any person, also from another computer. */
const homes = [
  // With blanks in the name where a separator ends it, as Windows has it.
  /[A-Za-z]:(?:\\{1,2}|\/)Users(?:\\{1,2}|\/)[^\\/\s"'<>|:*?[\]]+(?: [^\\/\s"'<>|:*?[\]]+)*(?=[\\/])/giu,
  /[A-Za-z]:(?:\\{1,2}|\/)Users(?:\\{1,2}|\/)[^\\/\s"'<>|:*?[\]]+/giu,
  /(?<![\w.-])\/(?:home|Users)\/[^\\/\s"'<>|:*?[\]]+/gu,
];

/** Takes the home folders of all people out of a text, whoever and wherever they are. */
export function withoutHomes(text: string): string {
  return homes.reduce((result, pattern) => result.replace(pattern, '<home>'), text);
}

function pathPattern(path: string): RegExp {
  const parts = path.split(/[\\/]+/).map(literal);
  return new RegExp(parts.join('(?:/|\\\\{1,2})'), 'giu');
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
