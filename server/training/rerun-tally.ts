/**
 * What became of many jobs, summed up.
 *
 * Must not: keep more of a job that stays the same than its number.
 */
import type { Outcome, Unknown } from '../../machines/simulate/rerun-outcome.ts'
import type { RerunJob, RerunNorm, RerunReport } from '../../machines/wire/rerun.ts'

/** More are counted alone: a thousand of them make a large answer, and nobody reads on. */
const LISTED = 200

export class RerunTally {
  readonly #revision: number
  readonly #counts: RerunReport['counts'] = { same: 0, breaches: 0, elsewhere: 0, refused: 0 }
  readonly #norms = new Map<string, RerunNorm>()
  readonly #unknown = new Map<string, Unknown & { jobs: number }>()
  readonly #differing: RerunJob[] = []
  #jobs = 0

  constructor(revision: number) {
    this.#revision = revision
  }

  get jobs(): number {
    return this.#jobs
  }

  add(outcome: Outcome, version: number): void {
    this.#jobs += 1
    this.#counts[outcome.verdict] += 1
    this.#addNorms(outcome)
    for (const unknown of outcome.unknown) {
      const key = `${unknown.what}\n${unknown.name}`
      this.#unknown.set(key, { ...unknown, jobs: (this.#unknown.get(key)?.jobs ?? 0) + 1 })
    }
    if (outcome.verdict !== 'same' && this.#differing.length < LISTED)
      this.#differing.push({ ...outcome, version })
  }

  /** A job counts once, however often it breaks the norm. */
  #addNorms({ breaches }: Outcome): void {
    for (const norm of new Set(breaches.map((breach) => breach.norm))) {
      const changes = new Set(breaches.filter((breach) => breach.norm === norm).map(({ change }) => change))
      const sum = this.#norms.get(norm) ?? { norm, gained: 0, lost: 0, moved: 0 }
      this.#norms.set(norm, {
        norm,
        gained: sum.gained + (changes.has('gained') ? 1 : 0),
        lost: sum.lost + (changes.has('lost') ? 1 : 0),
        moved: sum.moved + (changes.has('later') || changes.has('earlier') ? 1 : 0),
      })
    }
  }

  report(): RerunReport {
    const { same, ...others } = this.#counts
    const differ = others.breaches + others.elsewhere + others.refused
    return {
      revision: this.#revision,
      jobs: this.#jobs,
      counts: { same, ...others },
      norms: [...this.#norms.values()].sort((a, b) => (a.norm < b.norm ? -1 : 1)),
      unknown: [...this.#unknown.values()].sort((a, b) => b.jobs - a.jobs),
      differing: [...this.#differing],
      unlisted: differ - this.#differing.length,
    }
  }
}
