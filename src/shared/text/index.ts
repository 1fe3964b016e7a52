import { compile, createCoreContext, registerMessageCompiler, resolveValue, translate } from '@intlify/core-base';
import { toFault } from '../fault/index.ts';
import type { Fault } from '../fault/index.ts';
import { defaultLocale, locales } from '../locales/index.ts';
import type { FaultWords, Messages } from '../locales/index.ts';

registerMessageCompiler(compile);

/** The library's own generics try to compute every key of every message, which the compiler gives up on. */
const translateUntyped = translate as unknown as (context: unknown, key: string, values: object) => unknown;

/** Values for a message's placeholders. */
export type TextValues = Record<string, unknown>;

/** The one formatter: screens, command line and PDF take their words from it. */
export interface Text {
  readonly locale: string;
  /** The message under `key` (dots for levels) with its `{placeholders}` filled. An unknown key is returned as it is. */
  t(key: string, values?: TextValues): string;
  /** The operator's words for a fault. */
  fault(fault: Fault): FaultWords;
}

/**
 * Builds the formatter of one language; English stands in for whatever the language lacks.
 * Lists inside facts are joined with commas, so that a message may name them.
 */
export function createText(locale: string = defaultLocale): Text {
  const context = createCoreContext({
    locale: Object.hasOwn(locales, locale) ? locale : defaultLocale,
    fallbackLocale: defaultLocale,
    messages: locales as Record<string, never>,
    // Without it keys are looked up flat and dots have no meaning.
    messageResolver: resolveValue,
    missingWarn: false,
    fallbackWarn: false,
    warnHtmlMessage: false,
  });
  const fill = (key: string, values: TextValues): string => {
    const result = translateUntyped(context, key, printable(values, String(context.locale)));
    return typeof result === 'string' ? result : key;
  };
  return {
    locale: String(context.locale),
    t: (key, values = {}) => fill(key, values),
    fault(fault) {
      const messages = (locales[String(context.locale)] ?? locales[defaultLocale]) as Messages;
      const words = lookUpFault(messages, fault.code) ?? lookUpFault(locales[defaultLocale] as Messages, fault.code);
      if (!words) return { what: fault.message, causes: [], remedies: [] };
      const facts = withWords(fault.facts as TextValues, words.codes);
      const line = (template: string): string => interpolate(template, facts, String(context.locale));
      return { what: line(words.what), causes: words.causes.map(line), remedies: words.remedies.map(line) };
    },
  };
}

/** One line for a log or a terminal: what happened and the first thing to try. */
export function faultLine(text: Text, error: unknown): string {
  const words = text.fault(toFault(error));
  return words.remedies[0] === undefined ? words.what : `${words.what} ${words.remedies[0]}`;
}

function lookUpFault(messages: Messages, code: string): FaultWords | undefined {
  const all = messages['fault'] as unknown as Record<string, FaultWords> | undefined;
  return all && Object.hasOwn(all, code) ? all[code] : undefined;
}

/** Facts that are codes get their words. */
function withWords(facts: TextValues, codes: FaultWords['codes'] = {}): TextValues {
  const shown = { ...facts };
  for (const [name, words] of Object.entries(codes)) {
    const code = facts[name];
    if (typeof code === 'string' && Object.hasOwn(words, code)) shown[name] = words[code];
  }
  return shown;
}

/** Fault codes contain dots, which the message library reads as levels; their templates are filled here instead. */
function interpolate(template: string, values: TextValues, locale: string): string {
  const shown = printable(values, locale);
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(shown, name) ? String(shown[name]) : whole,
  );
}

function printable(values: TextValues, locale: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value)
        ? value.map((one: unknown) => String(withSeparator(one, locale))).join(', ')
        : withSeparator(value, locale),
    ]),
  );
}

/** A fraction with the decimal separator of the language; whole numbers stay numbers, since they choose the plural. */
function withSeparator(value: unknown, locale: string): unknown {
  if (typeof value !== 'number' || !Number.isFinite(value) || Number.isInteger(value)) return value;
  const separator = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value;
  return String(value).replace('.', separator ?? '.');
}
