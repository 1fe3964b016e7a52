/** What real Electron would punish later or silently: the stand-in keeps it, and the test that looks fails. */
export class Problems {
  readonly all: string[] = [];

  add(problem: string): void {
    this.all.push(problem);
  }
}
