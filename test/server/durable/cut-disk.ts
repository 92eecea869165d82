/**
 * `node:fs/promises` with a cut: at the nth call that changes or syncs something the process dies, or the disk refuses
 * that one call.
 *
 * Promises: a process that died does nothing any more, and its files are closed; half of what was being written is there.
 */
import type { FileHandle } from 'node:fs/promises'

type Files = Pick<typeof import('node:fs/promises'), 'mkdir' | 'open' | 'rename' | 'rm'>
export type CutMode = 'dies' | 'refuses'

export class CutDisk {
  #at = Number.POSITIVE_INFINITY
  #mode: CutMode = 'dies'
  #dead = false
  #died = () => {}
  readonly #open = new Set<FileHandle>()
  calls: string[] = []

  /** From here on the nth call is the last, or fails. Resolves when the process has died. */
  cut(at: number, mode: CutMode): Promise<'dead'> {
    this.#at = at
    this.#mode = mode
    this.calls = []
    this.#dead = false
    return new Promise((resolve) => {
      this.#died = () => resolve('dead')
    })
  }

  async restart(): Promise<void> {
    this.#at = Number.POSITIVE_INFINITY
    this.#dead = false
    for (const handle of this.#open) await handle.close()
    this.#open.clear()
  }

  /** @param half done where the process dies in the middle of the call */
  async #call<T>(
    name: string,
    work: () => Promise<T>,
    half: () => Promise<unknown> = async () => {},
  ): Promise<T> {
    const never = new Promise<T>(() => {})
    if (this.#dead) return never
    this.calls.push(name)
    if (this.calls.length !== this.#at) return work()
    await half()
    if (this.#mode === 'refuses') throw Object.assign(new Error(`${name}: no space left`), { code: 'ENOSPC' })
    this.#dead = true
    this.#died()
    return never
  }

  over(real: Files): Record<keyof Files, unknown> {
    return {
      mkdir: (path: string, options: { recursive: true; mode: number }) =>
        this.#call('mkdir', () => real.mkdir(path, options)),
      rename: (from: string, to: string) => this.#call('rename', () => real.rename(from, to)),
      rm: (path: string, options: { force?: boolean }) => this.#call('rm', () => real.rm(path, options)),
      open: (path: string, flags: string, mode?: number) =>
        this.#call('open', async () => this.#watched(await real.open(path, flags, mode))),
    }
  }

  #watched(handle: FileHandle): FileHandle {
    this.#open.add(handle)
    const writeFile = handle.writeFile.bind(handle)
    const sync = handle.sync.bind(handle)
    const close = handle.close.bind(handle)
    return Object.assign(handle, {
      writeFile: (content: string) =>
        this.#call(
          'write',
          () => writeFile(content),
          () => writeFile(content.slice(0, content.length / 2)),
        ),
      sync: () => this.#call('sync', sync),
      close: async () => {
        if (this.#dead) return close()
        this.#open.delete(handle)
        // The system lets go of the file also where it reports an error.
        await this.#call('close', close, close)
        return undefined
      },
    })
  }
}
