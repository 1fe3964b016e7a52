/** How a person answered the question before quitting; `asking` says that the page has taken the question. */
export type QuitAnswer = 'asking' | 'stay' | 'finish' | 'stop';

/** What a call of the bridge brings; faults travel as data, because a thrown error loses its fields on the way. */
export type BridgeResult<T> =
  { ok: true; value: T } | { ok: false; fault: { code: string; facts: Record<string, unknown> } };

/** Which files a file dialog offers. */
export type FileKind = 'model' | 'any';

/**
 * All that the preload offers to the page as `window.joulebench`, and nothing else. Paths that the page gets here were chosen
 * by a person in a system dialog. In a browser there is none of this.
 */
export interface DesktopBridge {
  readonly version: string;
  /** `linux`, `win32` or `darwin`. */
  readonly platform: string;
  /** Asks for a port to the host; it arrives as a window message, see `bridgeChannel`. */
  connect(): void;
  /** Path of a file that was dropped on the window; empty for a file made by a script. */
  pathForFile(file: object): string;
  readonly desktop: {
    /** Undefined when the dialog was left. */
    pickFolder(): Promise<BridgeResult<string | undefined>>;
    pickFile(kind: FileKind): Promise<BridgeResult<string | undefined>>;
    /** Asks where to save; the host writes there. */
    saveAs(suggestedName: string): Promise<BridgeResult<string | undefined>>;
    /** Shows a session's folder in the file manager. */
    reveal(sessionId: string): Promise<BridgeResult<null>>;
    /** Opens a session's report in the system's viewer. */
    openReport(sessionId: string): Promise<BridgeResult<null>>;
    /** Shows the folder of the logs. */
    openLogs(): Promise<BridgeResult<null>>;
    /** Checks the update that a `latest*.yml` describes once more and installs it; never while something runs. */
    installUpdate(path: string): Promise<BridgeResult<'replaced' | 'quits' | 'opened'>>;
    /** Answers an `askQuit` message. */
    confirmQuit(id: number, answer: QuitAnswer): Promise<BridgeResult<null>>;
  };
}

/** What the preload tells the page, as `event.data.joulebench` of a window message from the page's own origin. */
export type BridgeMessage =
  /** The answer to `connect`; the event carries one port. */
  | { port: string }
  /** A menu entry was chosen: run the command of that name. */
  | { command: string }
  /** Quitting was asked for while something runs: ask the person, then `confirmQuit` with the same number. */
  | { askQuit: { id: number; titles: readonly string[] } };
