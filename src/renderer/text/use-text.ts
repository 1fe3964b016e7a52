import { computed, inject } from 'vue';
import type { App, ComputedRef, InjectionKey } from 'vue';
import type { Fault } from '../../shared/fault/index.ts';
import { createText } from '../../shared/text/index.ts';
import type { FaultWords } from '../../shared/locales/index.ts';
import type { en } from '../../shared/locales/en/index.ts';
import type { Text, TextValues } from '../../shared/text/index.ts';

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

/** Every message that a screen may use, so that a missing word is a compile error. */
export type TextKey = Leaves<
  Pick<typeof en, 'ui' | 'term' | 'doctor' | 'desktop' | 'energy' | 'calibration' | 'recipe' | 'compare' | 'signing'>
>;

/** The words of the screens, in the language of the settings. */
export interface ScreenText {
  readonly locale: string;
  t(key: TextKey, values?: TextValues): string;
  /** For keys that the host sends: the message if there is one, else `otherwise`. */
  known(key: string, otherwise: string, values?: TextValues): string;
  fault(fault: Fault): FaultWords;
}

const textKey: InjectionKey<ComputedRef<Text>> = Symbol('text');

/** Makes the words of one language available to the whole page; they follow `language()`. */
export function provideText(app: App, language: () => string): void {
  app.provide(
    textKey,
    computed(() => createText(language())),
  );
}

/** The one formatter of src/shared/text, with checked keys; what it returns changes with the language. */
export function useText(): ScreenText {
  const text = inject(textKey);
  if (!text) throw new Error('provideText was not called');
  return {
    get locale() {
      return text.value.locale;
    },
    t: (key, values) => text.value.t(key, values),
    known(key, otherwise, values) {
      const words = text.value.t(key, values);
      return words === key ? otherwise : words;
    },
    fault: (fault) => text.value.fault(fault),
  };
}
