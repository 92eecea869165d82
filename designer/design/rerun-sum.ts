/**
 * The parts of a run of real jobs through the draft, put together as they come.
 *
 * Must not: fetch, or hold words.
 */
import type { RerunJob, RerunReport } from '../../machines/wire/rerun.ts'

const GRAVEST: readonly string[] = ['refused', 'elsewhere', 'breaches']
const rank = ({ verdict }: RerunJob): number => GRAVEST.indexOf(verdict)

/** `more` follows `sum`: its jobs were over earlier. */
export function together(sum: RerunReport | undefined, more: RerunReport): RerunReport {
  if (sum === undefined) return more
  const { next: _next, ...rest } = sum
  const norms = new Map(sum.norms.map((norm) => [norm.norm, norm]))
  for (const { norm, gained, lost, moved } of more.norms) {
    const before = norms.get(norm) ?? { norm, gained: 0, lost: 0, moved: 0 }
    norms.set(norm, {
      norm,
      gained: before.gained + gained,
      lost: before.lost + lost,
      moved: before.moved + moved,
    })
  }
  const keyOf = ({ what, name }: RerunReport['unknown'][number]): string => `${what}\n${name}`
  const unknown = new Map(sum.unknown.map((each) => [keyOf(each), each]))
  for (const each of more.unknown)
    unknown.set(keyOf(each), { ...each, jobs: each.jobs + (unknown.get(keyOf(each))?.jobs ?? 0) })
  return {
    ...rest,
    jobs: sum.jobs + more.jobs,
    counts: {
      same: sum.counts.same + more.counts.same,
      breaches: sum.counts.breaches + more.counts.breaches,
      elsewhere: sum.counts.elsewhere + more.counts.elsewhere,
      refused: sum.counts.refused + more.counts.refused,
    },
    norms: [...norms.values()].sort((a, b) => (a.norm < b.norm ? -1 : 1)),
    unknown: [...unknown.values()].sort((a, b) => b.jobs - a.jobs),
    differing: [...sum.differing, ...more.differing],
    unlisted: sum.unlisted + more.unlisted,
    ...(more.next === undefined ? {} : { next: more.next }),
  }
}

/** The gravest first, of those the newest. */
export const gravestFirst = (jobs: readonly RerunJob[]): RerunJob[] =>
  jobs.toSorted((a, b) => rank(a) - rank(b))
