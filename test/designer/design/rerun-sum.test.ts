import { expect, it } from 'vitest'
import { gravestFirst, together } from '../../../designer/design/rerun-sum.ts'
import type { RerunJob, RerunReport } from '../../../machines/wire/rerun.ts'

const job = (id: string, verdict: RerunJob['verdict']): RerunJob => ({
  job: id,
  version: 1,
  verdict,
  was: { status: 'done', active: ['closed'] },
  barred: [],
  barredMore: 0,
  breaches: [],
  deadlines: [],
  unknown: [],
})
const part = (more: Partial<RerunReport>): RerunReport => ({
  revision: 3,
  jobs: 2,
  counts: { same: 1, breaches: 1, elsewhere: 0, refused: 0 },
  norms: [{ norm: 'HV-02', gained: 1, lost: 0, moved: 0 }],
  unknown: [{ what: 'event', name: 'a', jobs: 1 }],
  differing: [job('a', 'breaches')],
  unlisted: 0,
  ...more,
})

it('adds up what the parts say, in whatever order norms and unknown things come', () => {
  const first = part({ next: 'x' })
  expect(together(undefined, first)).toBe(first)
  const second = part({
    counts: { same: 0, breaches: 0, elsewhere: 1, refused: 1 },
    norms: [
      { norm: 'GN-09', gained: 0, lost: 2, moved: 0 },
      { norm: 'HV-02', gained: 1, lost: 0, moved: 1 },
    ],
    unknown: [
      { what: 'field', name: 'a', jobs: 2 },
      { what: 'event', name: 'a', jobs: 2 },
    ],
    differing: [job('b', 'elsewhere'), job('c', 'refused')],
    unlisted: 4,
  })
  const sum = together(first, second)
  expect(sum).toEqual({
    revision: 3,
    jobs: 4,
    counts: { same: 1, breaches: 1, elsewhere: 1, refused: 1 },
    norms: [
      { norm: 'GN-09', gained: 0, lost: 2, moved: 0 },
      { norm: 'HV-02', gained: 2, lost: 0, moved: 1 },
    ],
    unknown: [
      { what: 'event', name: 'a', jobs: 3 },
      { what: 'field', name: 'a', jobs: 2 },
    ],
    differing: [job('a', 'breaches'), job('b', 'elsewhere'), job('c', 'refused')],
    unlisted: 4,
  })
  expect(gravestFirst(sum.differing).map((each) => each.job)).toEqual(['c', 'b', 'a'])
})
