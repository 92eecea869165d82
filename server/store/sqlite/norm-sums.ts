/**
 * How often norms were met, late, broken or never came up, as sums by norm and day, by engineer, and by customer.
 *
 * Promises: what one change adds to a person's day is added in one go.
 * Must not: begin or end a transaction (`group-commit.ts` does), or know which facts a sum is made of.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { NormOutcome, Trace } from '../life-port.ts'
import { type Prepared, preparedOn } from './prepared.ts'

/** In the order of the columns. */
const OUTCOMES: readonly NormOutcome[] = ['met', 'late', 'broken', 'none']
const NORM_DAY = 'process = ? AND norm = ? AND day = ?'
const PERSON_DAY = 'kind = ? AND who = ? AND day = ? AND process = ?'

type Share = { norm: string; outcome: NormOutcome }
type Whose = Pick<Trace, 'day' | 'engineer' | 'customer'> & { process: string }

export class NormSums {
  readonly #sql: Prepared

  constructor(db: DatabaseSync) {
    this.#sql = preparedOn(db)
  }

  /** @param by -1 takes them away again */
  add({ process, day, engineer = '', customer = '' }: Whose, shares: readonly Share[], by: 1 | -1): void {
    for (const { norm, outcome } of shares) this.#up('norm_days', [process, norm, day], outcome, by)
    for (const outcome of OUTCOMES) {
      const n = shares.filter((share) => share.outcome === outcome).length
      if (n === 0) continue
      this.#up('norm_people', ['engineer', engineer, day, process], outcome, by * n)
      this.#up('norm_people', ['customer', customer, day, process], outcome, by * n)
    }
  }

  #up(table: 'norm_days' | 'norm_people', keys: readonly string[], outcome: NormOutcome, by: number): void {
    const named = table === 'norm_days' ? NORM_DAY : PERSON_DAY
    const { changes } = this.#sql(`UPDATE ${table} SET ${outcome} = ${outcome} + ? WHERE ${named}`).run(
      by,
      ...keys,
    )
    if (changes > 0) return
    const first = [...keys, ...OUTCOMES.map((each) => (each === outcome ? by : 0))]
    this.#sql(`INSERT INTO ${table} VALUES (${first.map(() => '?').join(', ')})`).run(...first)
  }
}
