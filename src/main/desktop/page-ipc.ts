import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import type { z } from 'zod';
import type { BridgeResult } from '../../shared/contract/index.ts';
import { Fault, toFault } from '../../shared/fault/index.ts';
import { originOf } from './page-origin.ts';

export interface PageIpcOptions {
  ipcMain: IpcMain;
  /** The one window's contents, while there is one. */
  contents(): WebContents | undefined;
  origin: string;
  log(event: string, facts: object): void;
}

/** The only door to `ipcMain`: every channel checks its sender and the form of what is sent. */
export interface PageIpc {
  /** A question of the page; its answer travels as data, so that a fault keeps its facts. */
  answer<T extends z.ZodType, R>(channel: string, schema: T, handler: (input: z.output<T>) => Promise<R> | R): void;
  /** A message of the page. The handler runs in the same turn of the event loop. */
  on<T extends z.ZodType>(channel: string, schema: T, handler: (event: IpcMainEvent, input: z.output<T>) => void): void;
}

export function createPageIpc({ ipcMain, contents, origin, log }: PageIpcOptions): PageIpc {
  const trusts = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    // Null after the frame has navigated; a subframe is not the page.
    if (!senderFrame || senderFrame !== contents()?.mainFrame) return false;
    return originOf(senderFrame.url) === origin;
  };
  const refuse = (channel: string): Fault => {
    log('desktop.senderRefused', { channel });
    return new Fault('app.senderRefused', { channel });
  };

  return {
    answer(channel, schema, handler) {
      ipcMain.handle(channel, async (event: IpcMainInvokeEvent, input: unknown): Promise<BridgeResult<unknown>> => {
        try {
          if (!trusts(event)) throw refuse(channel);
          return { ok: true, value: await handler(parse(channel, schema, input)) };
        } catch (error) {
          const { code, facts } = toFault(error);
          return { ok: false, fault: { code, facts } };
        }
      });
    },
    on(channel, schema, handler) {
      ipcMain.on(channel, (event: IpcMainEvent, input: unknown) => {
        if (!trusts(event)) refuse(channel);
        else if (schema.safeParse(input).success) handler(event, schema.parse(input));
        else log('desktop.badMessage', { channel });
      });
    },
  };
}

function parse<T extends z.ZodType>(procedure: string, schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Fault('api.badInput', { procedure, field: issue?.path.join('.') || '.', problem: issue?.message ?? '' });
}
