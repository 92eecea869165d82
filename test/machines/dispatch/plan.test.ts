import { describe, expect, it } from 'vitest'
import type { Job } from '../../../machines/advance/job.ts'
import { compiled } from '../../../machines/compile/compile.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { kindsIn } from '../../../machines/dispatch/fit.ts'
import { assigningEvents, demandsOf, planOf } from '../../../machines/dispatch/plan.ts'
import { depotRepair } from '../../../machines/processes/depot-repair/process.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { phoneCall } from '../../../machines/processes/phone-call/process.ts'
import { siteSafety } from '../../../machines/processes/site-safety/process.ts'

const jobOf = (
  { id }: Definition,
  fields: Record<string, unknown>,
  status: Job['status'] = 'active',
): Job => ({
  id: 'j',
  process: id,
  version: 1,
  hash: '',
  seq: 1,
  status,
  snapshot: { status: 'active', value: '', historyValue: {}, context: { fields, checklist: {} } },
  timers: [],
  breaches: [],
  links: [],
  evidence: [],
  createdAt: '2026-03-02T00:00:00.000Z',
  updatedAt: '2026-03-02T00:00:00.000Z',
})
const DUE = '2026-03-03T00:00:00.000Z'
const plan = (definition: Definition, fields: Record<string, unknown>, status?: Job['status']) =>
  planOf(compiled(definition), jobOf(definition, fields, status), DUE)

describe('what a dispatcher hands out', () => {
  it('is planned for its appointment where the process has one, also when it is done', () => {
    const fields = {
      appointment: '2026-03-02T10:00:00+08:00',
      customerName: ' 宏达机械 ',
      problem: 'x'.repeat(500),
      engineer: 'li',
      bookedAt: '2026-03-01T00:00:00.000Z',
    }
    const at = '2026-03-02T02:00:00.000Z'
    expect(plan(homeVisit, fields)).toEqual({ at, kind: 'appointment', about: ['宏达机械', 'x'.repeat(120)] })
    expect(plan(homeVisit, fields, 'done')?.at).toBe(at)
    expect(plan(homeVisit, fields, 'cancelled')).toBeUndefined()
  })

  it('stands at its earliest deadline otherwise, until it is done', () => {
    expect(plan(depotRepair, { machine: 'X200' })).toEqual({ at: DUE, kind: 'due', about: ['X200'] })
    expect(plan(depotRepair, { machine: 'X200' }, 'done')).toBeUndefined()
    expect(planOf(compiled(depotRepair), jobOf(depotRepair, {}), undefined)).toEqual({ about: [] })
  })

  it('is not what nobody is assigned to, or what engineers do not work', () => {
    expect(plan(phoneCall, {})).toBeUndefined()
    expect(plan(siteSafety, {})).toBeUndefined()
  })

  it('is assigned by the events of its process, with what they ask of a person', () => {
    expect(assigningEvents(compiled(homeVisit))).toEqual(
      expect.arrayContaining([
        { event: 'assign', person: 'engineer' },
        { event: 'reassign', person: 'engineer' },
      ]),
    )
    const demands = demandsOf(compiled(homeVisit))
    expect(demands).toContain(undefined)
    expect(new Set(demands.flatMap(kindsIn))).toEqual(new Set(['product-training']))
  })
})
