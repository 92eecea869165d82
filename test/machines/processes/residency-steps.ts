/**
 * The steps of a residency that its tests walk. It begins on Tuesday 3 March 2026, the client working 9:00 to 18:00.
 */
import type { Definition } from '../../../machines/definition/schema.ts'
import { fault } from '../../../machines/processes/fault/process.ts'
import { onSiteResidency } from '../../../machines/processes/on-site-residency/process.ts'
import { as, type Rehearsal, rehearse, type World } from '../kit.ts'

export const engineer = as('engineer')
export const dispatcher = as('dispatcher')
export const client = as('customer')
export const desk = as('front-desk')
export const lead = { ...as('engineer'), id: 'lead-1', name: 'lead' }
export const manager = { ...as('process-owner'), id: 'manager-1', name: 'manager' }
export const stranger = { ...as('engineer'), id: 'engineer-2' }

/** `at('03-03', '09:00')`: of 2026, in Shanghai. */
export const at = (day: string, time: string): string => `2026-${day}T${time}:00+08:00`
export const HOURS = { dayStartsAt: at('03-03', '09:00'), dayEndsAt: at('03-03', '18:00') }
export const OPERATION = {
  operation: 'Replace the switch firmware',
  operationSystem: 'Core switch 2',
  operationScope: 'The firmware of core switch 2, nothing else',
  production: true,
}
export const PLAN = {
  operationPlan: '1. Fail over. 2. Flash. 3. Fail back.',
  operationRisks: 'Ten minutes without redundancy',
  rollbackPlan: 'Flash the former image',
  operationFrom: at('03-03', '09:00'),
  operationTo: at('03-03', '20:00'),
}

export const arrange = (
  fields: Record<string, unknown> = {},
  world: World = {},
  process: Definition = onSiteResidency,
): Rehearsal =>
  rehearse(
    process,
    {
      customerName: 'East Bank',
      site: 'Data centre, floor 3',
      residencyLead: lead.id,
      projectManager: manager.id,
      ...fields,
    },
    dispatcher,
    { processes: [fault], ...world },
  )

export function begin(
  fields: Record<string, unknown> = {},
  world: World = {},
  hours: Record<string, unknown> = HOURS,
  process: Definition = onSiteResidency,
): Rehearsal {
  const job = arrange(fields, world, process)
  job.send('engineer.assign', { engineer: engineer.id }, dispatcher)
  job.tickAll(engineer)
  job.send('residency.begin', hours, dispatcher)
  return job
}

/** At the post on Tuesday, 8:52. */
export function atPost(fields: Record<string, unknown> = {}, world: World = {}): Rehearsal {
  const job = begin(fields, world).waitUntil(at('03-03', '08:52'))
  job.send('post.arrive', {}, engineer)
  return job
}

/** In and out of one day, in time. */
export function workDay(job: Rehearsal, day: string): void {
  job.waitUntil(at(day, '08:52'))
  job.send('post.arrive', {}, engineer)
  job.waitUntil(at(day, '18:05'))
  job.send('post.leave', {}, engineer)
}

export const leaveRequest = (job: Rehearsal, from: string, to: string): void => {
  job.send('leave.request', { leaveFrom: from, leaveTo: to, leaveReason: 'A cold' }, engineer)
}

/** An operation on a production system, on Tuesday morning, up to the state named. */
export function operation(
  upTo: 'planning' | 'backingUp' | 'consenting' | 'approved' | 'executing' | 'verifying' | 'rollingBack',
  job: Rehearsal = atPost().waitUntil(at('03-03', '09:30')),
): Rehearsal {
  const steps: Record<string, () => void> = {
    planning: () => job.send('operation.request', OPERATION, engineer),
    backingUp: () => job.send('plan.submit', PLAN, engineer),
    consenting: () => {
      job.tickAll(engineer)
      job.send('backup.done', {}, engineer)
    },
    approved: () => job.send('operation.consent', {}, client),
    executing: () => job.send('operation.start', {}, engineer),
    verifying: () => job.send('operation.done', { operationResult: 'Flashed' }, engineer),
    rollingBack: () => job.send('operation.rollBack', { reason: 'A port stays down' }, engineer),
  }
  for (const [state, step] of Object.entries(steps)) {
    step()
    if (state === upTo) break
  }
  return job
}
