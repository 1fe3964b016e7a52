export { provideText, useText } from './use-text.ts';
export type { ScreenText, TextKey } from './use-text.ts';
