import type { settingsWords as en } from '../en/ui-settings.ts';
import type { Translated } from '../words.ts';

/** The words of the settings page. */
export const settingsWords: Translated<typeof en> = {
  about: 'Einmal für alle Sitzungen eingestellt. Jede Änderung wird sofort übernommen.',
  saved: 'Gespeichert',
  appearance: 'Darstellung',
  work: 'Arbeit',
  theme: 'Farbschema',
  themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  mode: 'Modus',
  modeHelp: 'Der Bedienmodus sperrt die Parameter eines Laufs und zeigt seinen Zustand in großen Buchstaben.',
  modes: { engineering: 'Entwicklung: alles', operator: 'Bedienung: gesperrte Parameter' },
  contrast: 'Kontrast',
  contrasts: { system: 'Wie das System', more: 'Hoch' },
  language: 'Sprache',
  languages: { en: 'English', de: 'Deutsch' },
  paper: 'Papier der Berichte',
  papers: { A4: 'A4', Letter: 'Letter' },
  units: 'Einheiten in Berichten',
  unitChoices: { prefixed: 'Mit SI-Vorsätzen (80 MHz)', base: 'Nur Basiseinheiten (80.000.000 Hz)' },
  operator: 'Bediener',
  operatorHelp: 'Steht im Bericht.',
  screenPace: 'Tempo des virtuellen Messplatzes',
  screenPaceHelp: 'Wenn er vom Bildschirm aus geöffnet wird.',
  folder: 'Sitzungsordner',
  folderHelp: 'Leer bedeutet den gezeigten Ordner.',
  excluded: 'Nie geöffnete Ports',
  excludedHelp: 'Namen serieller Ports, durch Kommas getrennt.',
  version: '{name} {version} · {platform} · {carrier}',
  support: {
    title: 'Protokolle und Hilfe',
    logs: 'Protokollordner',
    openLogs: 'Ordner öffnen',
    copyPath: 'Pfad kopieren',
    bundle: 'Diagnose',
    bundleText:
      'Eine Textdatei: Versionen, Einstellungen, angeschlossene Geräte, die letzten Sitzungen und das Ende der Protokolle. Namen, Ordner und Seriennummern sind ersetzt; vor dem Weitergeben durchlesen.',
    save: 'Diagnose speichern',
  },
  update: {
    title: 'Aktualisierung aus einer Datei',
    file: 'Beschreibung der Aktualisierung',
    help: 'Für einen Rechner ohne Netz: das Installationsprogramm und seine latest.yml, latest-linux.yml oder latest-mac.yml in einem Ordner hierher bringen und die .yml-Datei wählen.',
    is: {
      newer: 'Version {version} ist neuer',
      same: 'Version {version} ist die laufende',
      older: 'Version {version} ist älter',
    },
    checked: 'Das Installationsprogramm ist unversehrt ({size}, SHA-512 geprüft). Dies ist Version {current}.',
    otherSystem: 'Es ist für ein anderes Betriebssystem.',
    origin: 'Die Prüfung belegt, dass die Datei unverändert ankam, nicht, wer sie erstellt hat.',
    copy: 'Befehl kopieren',
    install: 'Version {version} installieren',
    inBrowser:
      'Im Desktop-Fenster installieren oder das Installationsprogramm von Hand starten, nachdem der Server beendet ist.',
    outcome: {
      replaced: 'Installiert. Joulebench beenden und neu starten, um sie zu benutzen.',
      quits: 'Joulebench endet jetzt; das Installationsprogramm startet von selbst.',
      opened: 'Das Installationsprogramm ist offen; dort weitermachen.',
    },
  },
};
