import type { recipeWords as en } from '../en/recipe.ts';
import type { Translated } from '../words.ts';

/** Words about recipes, limits and batches that screens, command line and reports share. */
export const recipeWords: Translated<typeof en> = {
  figure: { throughput: 'Durchsatz', top1: 'Top-1', auc: 'AUC', energy: 'Energie je Inferenz' },
  outcome: { pass: 'BESTANDEN', fail: 'NICHT BESTANDEN', undecided: 'NICHT ENTSCHIEDEN' },
  limit: {
    throughput: 'Durchsatz mindestens {bound}',
    top1: 'Top-1 mindestens {bound}',
    auc: 'AUC mindestens {bound}',
    energy: 'Energie je Inferenz höchstens {bound}',
    qualityTarget: 'Qualitätsziel erreicht',
    verdict: { valid: 'Messung gültig', remarks: 'Messung gültig, Anmerkungen erlaubt' },
    regression: '{figure} höchstens {share} schlechter als die Referenz',
  },
  bound: { atLeast: 'mindestens {bound}', atMost: 'höchstens {bound}' },
  reason: {
    withinUncertainty: 'Innerhalb der Messunsicherheit nicht entscheidbar.',
    noUncertainty: 'Die Energie hat keine Messunsicherheit, also ist nichts entscheidbar.',
    notMeasured: 'Nicht gemessen.',
    invalid: 'Die Messung ist nicht gültig und entscheidet daher nichts.',
    noTarget: 'Für diese Eingaben gibt es kein Qualitätsziel.',
    otherBench: 'Nur eines von Exemplar und Referenz ist simuliert.',
  },
  state: { running: 'Läuft', interrupted: 'Unterbrochen', putAside: 'Zurückgestellt', ended: 'Fertig' },
  notCounted: 'Später erneut gemessen; zählt nicht.',
  rule: 'Entscheidungsregel: Eine Energie besteht, wenn sie um mindestens ihre erweiterte Messunsicherheit unter der Grenze liegt, besteht nicht, wenn sie um mindestens ebenso viel darüber liegt, und ist dazwischen nicht entscheidbar (ILAC-G8:2019, Sicherheitsband w = U). Durchsatz, Top-1 und AUC werden einfach angenommen.',
};
