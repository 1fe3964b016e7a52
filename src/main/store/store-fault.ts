import { Fault } from '../../shared/fault/index.ts';

/** Turns an error of the file system into the fault that names the path and what the operator can do about it. */
export function storeFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Fault('store.diskFull', { path }, { cause: error });
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    return new Fault('store.notWritable', { path }, { cause: error });
  if (code === 'ENOENT' || code === 'ENOTDIR') return new Fault('store.notFound', { path }, { cause: error });
  if (code === 'EEXIST') return new Fault('store.exists', { path }, { cause: error });
  return new Fault(
    'store.failed',
    { path, reason: error instanceof Error ? error.message : String(error) },
    { cause: error },
  );
}
