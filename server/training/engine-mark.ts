/**
 * Which engine counts here: one hash over the source that a run depends on, so that an attempt tells by which it was counted.
 *
 * Promises: the same source gives the same hash on every machine.
 * Must not: be computed for every request; it reads files.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const MACHINES = join(import.meta.dirname, '..', '..', 'machines')
const PARTS = ['advance', 'compile', 'definition', 'expression', 'simulate', 'time']

/** SHA-256 in hex over paths and contents, in order of the paths. */
export function engineMark(): string {
  const files = PARTS.flatMap((part) =>
    readdirSync(join(MACHINES, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${part}/${name.replaceAll('\\', '/')}`),
  ).sort()
  const hash = createHash('sha256')
  for (const file of files) {
    const text = readFileSync(join(MACHINES, file), 'utf8').replaceAll('\r\n', '\n')
    hash.update(`${file}\n${text.length}\n${text}`)
  }
  return hash.digest('hex')
}
