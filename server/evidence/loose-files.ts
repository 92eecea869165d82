/**
 * Files that were taken in and that no job names yet: what was attached was refused, or the sender went away.
 *
 * Promises: each has a mark beside the files from before it is there until a job names it; a mark that a crash left is only
 * a reason to look. Whoever means to name a file starts its time anew, so that none is taken away under his hands.
 * Must not: decide that nobody names a file.
 */
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export class LooseFiles {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** @param folder of the evidence */
  static async open(folder: string): Promise<LooseFiles> {
    const loose = join(folder, 'loose')
    await mkdir(loose, { recursive: true })
    return new LooseFiles(loose)
  }

  /** A file that is about to be there. */
  async mark(sha256: string): Promise<void> {
    await writeFile(this.#mark(sha256), '')
  }
  /** Somebody means to name it; nothing happens where it is loose no more. */
  async again(sha256: string): Promise<void> {
    const now = new Date()
    await utimes(this.#mark(sha256), now, now).catch(() => undefined)
  }
  async unmark(sha256: string): Promise<void> {
    await rm(this.#mark(sha256), { force: true })
  }
  /** @param before epoch ms, by the clock of the disk */
  async isOlder(sha256: string, before: number): Promise<boolean> {
    const mark = await stat(this.#mark(sha256)).catch(() => undefined)
    return mark !== undefined && mark.mtimeMs < before
  }
  async older(before: number): Promise<string[]> {
    const found: string[] = []
    for (const sha256 of await readdir(this.#folder))
      if (await this.isOlder(sha256, before)) found.push(sha256)
    return found
  }

  #mark(sha256: string): string {
    return join(this.#folder, sha256)
  }
}
