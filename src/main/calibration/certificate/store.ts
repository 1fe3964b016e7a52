import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate, CertificateBody, CertificateProblem } from '../../../shared/domain/calibration.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { storeFault } from '../../store/index.ts';
import {
  certificateChainStart,
  formatCertificate,
  largestCertificateBytes,
  parseCertificate,
  sealCertificate,
} from './format.ts';

/** What a folder of certificates holds. */
export interface CertificateList {
  /** Whole ones, oldest first. */
  certificates: Certificate[];
  /** Files that are no whole certificate, and places where the chain is broken. */
  problems: CertificateProblem[];
}

/** Certificates as files that are written once and never changed, each with the hash of the one before it. */
export interface CertificateStore {
  readonly folder: string;
  list(): Promise<CertificateList>;
  /** @throws Fault `calibration.unknownCertificate`, `calibration.badCertificate`. */
  get(id: string): Promise<Certificate>;
  /** Adds one at the end of the chain; it is on the disk when it resolves. @throws Fault of area `store`. */
  add(body: CertificateBody): Promise<Certificate>;
}

const fileName = /^(\d{6})\.cert\.json$/;
/** Other processes may add certificates at the same moment. */
const mostTries = 50;

/** Opens the store in a folder, which is made with the first certificate. */
export function openCertificates(folder: string): CertificateStore {
  const read = async (): Promise<CertificateList & { count: number; hash: string }> => {
    const certificates: Certificate[] = [];
    const problems: CertificateProblem[] = [];
    const names = (await readNames(folder)).filter((name) => fileName.test(name)).sort();
    let hash: string | undefined = certificateChainStart;
    let number = 0;
    for (const file of names) {
      const expected = number + 1;
      number = Number(fileName.exec(file)?.[1]);
      // A missing file leaves nothing to compare with.
      if (number !== expected) problems.push({ file, reason: 'brokenChain' });
      const parsed = parseCertificate(await readText(join(folder, file)));
      if (!parsed.ok) {
        problems.push({ file, reason: parsed.reason });
        hash = undefined;
        continue;
      }
      if (number === expected && hash !== undefined && parsed.certificate.sha256Previous !== hash)
        problems.push({ file, reason: 'brokenChain' });
      hash = parsed.certificate.sha256;
      certificates.push(parsed.certificate);
    }
    return { certificates, problems, count: number, hash: hash ?? certificateChainStart };
  };

  return {
    folder,
    async list() {
      const { certificates, problems } = await read();
      return { certificates, problems };
    },
    async get(id) {
      const { certificates, problems } = await read();
      const found = certificates.find((certificate) => certificate.id === id);
      if (found) return found;
      const [problem] = problems;
      if (problem)
        throw new Fault('calibration.badCertificate', { path: join(folder, problem.file), reason: problem.reason });
      throw new Fault('calibration.unknownCertificate', { certificate: id });
    },
    async add(body) {
      const draft = join(folder, `.${randomBytes(8).toString('hex')}.draft`);
      try {
        await mkdir(folder, { recursive: true });
        for (let tries = 1; ; tries += 1) {
          const { count, hash } = await read();
          const certificate = sealCertificate(body, hash);
          await writeDurably(draft, formatCertificate(certificate));
          const path = join(folder, `${String(count + 1).padStart(6, '0')}.cert.json`);
          try {
            // Linking a finished file to a name that must not exist: nobody ever sees half of it, and of two only one wins.
            await link(draft, path);
            return certificate;
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries >= mostTries) throw error;
          }
        }
      } catch (error) {
        throw storeFault(error, folder);
      } finally {
        await rm(draft, { force: true }).catch(() => undefined);
      }
    },
  };
}

async function readNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw storeFault(error, folder);
  }
}

/** A file that cannot be read is as damaged as one with wrong bytes; the list says so and goes on. */
async function readText(path: string): Promise<string> {
  try {
    // Looked at before it is read: a file of gigabytes is no certificate, and no reason to fill the memory.
    const { size } = await stat(path);
    return size > largestCertificateBytes ? ' '.repeat(largestCertificateBytes + 1) : await readFile(path, 'utf8');
  } catch {
    return '';
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
