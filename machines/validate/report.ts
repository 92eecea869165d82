/**
 * Where the passes of the validator put what they find.
 *
 * Promises: bounded (a hostile definition cannot make it grow without end); problems come out in one order,
 * errors first, then by place.
 * Must not: decide what is a problem.
 */
import type { Problem } from '../definition/problem.ts'
import { CODES, type MessageValues, messageOf, type ProblemCode } from './codes.ts'
import { nearest } from './nearest.ts'

export type Fix = NonNullable<Problem['fix']>
export type Extra = { range?: { start: number; end: number }; fix?: Fix | undefined }

/** More of a kind than anyone would mend in one go. */
const MOST = 1000
const MOST_GUESSES = 200

export class Report {
  private readonly found: Problem[] = []
  private readonly counts = { error: 0, warning: 0 }
  private guesses = 0

  /** Puts a problem on record; beyond 1,000 of its severity it is dropped, and the end says so. */
  add(code: ProblemCode, path: string, values: MessageValues = {}, extra: Extra = {}): void {
    const { severity } = CODES[code]
    this.counts[severity]++
    if (this.counts[severity] > MOST) return
    this.found.push({
      severity,
      code,
      path,
      message: messageOf(code, values),
      ...(extra.range === undefined ? {} : { range: extra.range }),
      ...(extra.fix === undefined ? {} : { fix: extra.fix }),
    })
  }

  /** The known word nearest to a misspelt one; none once very many have been asked for. */
  nearest(word: string, known: Iterable<string>): string | undefined {
    this.guesses++
    return this.guesses > MOST_GUESSES ? undefined : nearest(word, known)
  }

  /** A fix that puts the nearest known word in place of a misspelt one. `as` dresses it, `#id` for an id. */
  replacing(path: string, word: string, known: Iterable<string>): Fix | undefined {
    const value = this.nearest(word, known)
    return value === undefined ? undefined : { title: insteadTitle(value), path, value }
  }

  /** A fix that renames a misspelt key to the nearest known one. */
  renaming(path: string, word: string, known: Iterable<string>): Fix | undefined {
    const rename = this.nearest(word, known)
    return rename === undefined ? undefined : { title: insteadTitle(rename), path, rename }
  }

  /** Errors first, each by place; where some had to be dropped, a warning says so. */
  problems(): Problem[] {
    const found = this.found.toSorted(
      (one, other) =>
        rank(one) - rank(other) ||
        compare(one.path, other.path) ||
        compare(one.code, other.code) ||
        (one.range?.start ?? 0) - (other.range?.start ?? 0),
    )
    if (Math.max(this.counts.error, this.counts.warning) <= MOST) return found
    const { severity } = CODES['too-many-problems']
    return [
      ...found,
      { severity, code: 'too-many-problems', path: '', message: messageOf('too-many-problems') },
    ]
  }
}

const insteadTitle = (word: string): Fix['title'] => ({ en: `Use “${word}”`, zh: `改为“${word}”` })
export const REMOVE: Fix['title'] = { en: 'Remove it', zh: '删除' }
const rank = ({ severity }: Problem): number => (severity === 'error' ? 0 : 1)
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
