import type { FaultWords } from '../../words.ts';

export const internalFaultWords = {
  'internal.unexpected': {
    what: 'In Joulebench ist ein Fehler aufgetreten: {message}',
    causes: ['Ein Fehler in Joulebench.'],
    remedies: ['Nichts Gemessenes ist verloren: die Sitzung wieder öffnen.', 'Das Protokoll an die Entwickler senden.'],
  },
  'operation.cancelled': {
    what: 'Der Vorgang wurde vor seinem Ende angehalten.',
    causes: ['Es wurde „Anhalten“ gewählt, oder das Fenster, das ihn verlangte, wurde geschlossen.'],
    remedies: ['Ihn neu starten oder die Sitzung dort fortsetzen, wo sie angehalten hat.'],
  },
} satisfies Record<string, FaultWords>;
