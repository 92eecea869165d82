/**
 * `advance`: job + command + surroundings -> the new job and its history entry, or a refusal. The only way a job
 * changes, in the server, in the browser and in a rehearsal alike.
 *
 * Promises: E2 (seq grows by one), E5 (the same inputs give the same job, byte for byte), E8 (time comes in);
 * a refusal changes nothing; nothing that came in is changed in place.
 * Must not: do anything that it decides; the entry's effects and timers are for the caller to carry out.
 */

import { openItems } from '../compile/checklists.ts'
import type { Compiled } from '../compile/compile.ts'
import { exitedBy, exitedUnwaived } from '../compile/exits.ts'
import { AssignFailed, activePaths, TOUCH } from '../compile/machine-config.ts'
import { fieldLocked, itemOpen, jobOver, plain, roleMissing, valueWrong } from '../compile/reasons.ts'
import { checkFields, own } from '../definition/check-value.ts'
import { annotate } from './annotate.ts'
import { type Case, caseOf, refuse, standingAt } from './case.ts'
import { conclude, type Happened } from './conclude.ts'
import { byHand, whileResting } from './hands.ts'
import type { Advanced, Command, Fields, Job, Link, Reason, Snapshot, Surroundings } from './job.ts'
import { judgeEvent } from './judge-event.ts'
import { type Run, restore, runEvent, runStart, still } from './run-machine.ts'
import { tick } from './tick.ts'

const NOT_STARTED: Snapshot = {
  status: 'active',
  value: {},
  historyValue: {},
  context: { fields: {}, checklist: {} },
}

export type NewJob = {
  id: string
  version: number
  fields: Fields
  parent?: { job: string; process: string }
}

/** Starts a job. Refuses unknown, missing and wrong fields (`fields-invalid`). */
export function start(
  compiled: Compiled,
  { id, version, fields, parent }: NewJob,
  surroundings: Surroundings,
): Advanced {
  const { definition, hash } = compiled
  const links: Link[] =
    parent === undefined
      ? []
      : [{ link: 'parent', job: parent.job, process: parent.process, status: 'active' }]
  const at = new Date(surroundings.now).toISOString()
  const blank: Job = {
    id,
    process: definition.id,
    version,
    hash,
    seq: 0,
    status: 'active',
    snapshot: NOT_STARTED,
    timers: [],
    breaches: [],
    links,
    evidence: [],
    createdAt: at,
    updatedAt: at,
  }
  const command: Command = { kind: 'start', fields, ...(parent === undefined ? {} : { parent }) }
  const problems = checkFields(definition.schemas.context, fields)
  if (problems.length > 0)
    return refuse(
      'fields-invalid',
      problems.map((problem) => valueWrong(definition, problem)),
    )
  const given = { ...defaults(compiled), ...fields }
  return attempt(caseOf(compiled, blank, command, surroundings), () => ({
    run: runStart(compiled, { fields: given, checklist: {} }),
  }))
}

function defaults({ definition }: Compiled): Fields {
  const fields: Fields = {}
  for (const [name, field] of Object.entries(definition.schemas.context.properties))
    if (field.default !== undefined) fields[name] = structuredClone(field.default)
  return fields
}

/** Advances a job by one command. `compiled` is the process at the job's own version. */
export function advance(
  compiled: Compiled,
  job: Job,
  command: Command,
  surroundings: Surroundings,
): Advanced {
  const at = caseOf(compiled, job, command, surroundings)
  const rests = whileResting(at, command)
  if (rests !== undefined) return rests
  switch (command.kind) {
    case 'start':
      return refuse('job-over', [plain('already-started', 'The job has been started', '工单已启动')])
    case 'event':
      return sendEvent(at, command.type, command.payload ?? {})
    case 'timer':
      return fire(at, command.token)
    case 'linkEnded':
      return linkEnded(at, command)
    case 'tick':
    case 'untick':
      return tick(at, command, touch)
    case 'correct':
      return correct(at, command.fields)
    case 'moveTo':
    case 'suspend':
    case 'resume':
    case 'reassign':
    case 'cancel':
      return byHand(at, command, attempt, touch)
    case 'migrate':
      return refuse('cannot-move', [
        plain(
          'cannot-move',
          'A move to another version needs both versions',
          '迁移版本须同时给出新旧两个版本',
        ),
      ])
    default:
      return annotate(at, command)
  }
}

/** Runs the machine; what it throws becomes a refusal. */
export function attempt(at: Case, inside: () => Happened | Advanced): Advanced {
  try {
    return at.compiled.withFrame(at.frame, () => {
      const result = inside()
      return 'ok' in result ? result : conclude(at, result)
    })
  } catch (error) {
    if (error instanceof AssignFailed) return refuse('assign-failed', error.reasons)
    if (error instanceof Error && error.message.startsWith('Infinite loop'))
      return refuse('no-rest', [
        plain('no-rest', 'The process does not come to rest after this', '流程在此之后无法进入稳定状态'),
      ])
    throw error
  }
}

function refuseIfOver({ before }: Case): Advanced | undefined {
  return before.status === 'active' ? undefined : refuse('job-over', [jobOver(before.status)])
}

/** Everything that can be told of an event before the machine runs. */
function refuseEvent(at: Case, type: string, payload: Record<string, unknown>): Advanced | undefined {
  const { definition } = at.compiled
  const schema = own(definition.schemas.events, type)
  if (schema === undefined)
    return refuse('unknown-event', [
      plain('unknown-event', `The process has no event ${type}`, `流程中没有事件 ${type}`),
    ])
  const over = refuseIfOver(at)
  if (over !== undefined) return over
  const { roles } = schema.meta
  if (!roles.some((role) => at.frame.actor.roles.includes(role)))
    return refuse('role-missing', roleMissing(roles))
  const problems = checkFields(
    { properties: schema.properties ?? {}, required: schema.required ?? [] },
    payload,
  )
  if (problems.length === 0) return undefined
  return refuse(
    'payload-invalid',
    problems.map((problem) => valueWrong(definition, problem, type)),
  )
}

function sendEvent(at: Case, type: string, payload: Record<string, unknown>): Advanced {
  const refused = refuseEvent(at, type, payload)
  return refused ?? attempt(at, () => runDeclared(at, at.before.snapshot, type, payload))
}

function runDeclared(
  at: Case,
  from: Snapshot,
  type: string,
  payload: Record<string, unknown>,
): Happened | Advanced {
  const { compiled, frame } = at
  const snapshot = restore(compiled, from)
  const run = runEvent(compiled, snapshot, { type, payload })
  const event = { type, payload }
  if (!run.handled) {
    const verdict = judgeEvent(compiled, type, frame, standingAt(snapshot, event))
    return verdict.is === 'open' ? refuse('guard-false', []) : refuse(verdict.is, verdict.reasons)
  }
  const open = frame.actor.roles.includes('system') ? [] : leftOpen(at, run, activePaths(snapshot), event)
  if (open.length > 0) return refuse('checklist-open', open)
  return { run, met: own(compiled.definition.schemas.events, type)?.meta.norms ?? [] }
}

/** Required items of states that the run left, judged as they stood before it. */
function leftOpen(
  { compiled, frame, before }: Case,
  run: Run,
  active: ReadonlySet<string>,
  event: { type: string; payload: Record<string, unknown> },
): Reason[] {
  if (compiled.items.size === 0) return []
  const taken = run.taken.flatMap((pointer) => compiled.transitions.get(pointer) ?? [])
  const left = new Set<string>()
  const present = new Set(active)
  // A state is left once: by a way that waives its checklist, or by one that does not.
  for (const placed of taken) {
    for (const path of exitedUnwaived(placed, present)) left.add(path)
    for (const path of exitedBy(placed, present)) present.delete(path)
  }
  const { fields, checklist } = before.snapshot.context
  return openItems(compiled.items, left, frame, { fields, checklist, active, event }).map(itemOpen)
}

/** Lets `always` and field-bound timers see a changed context. */
function touch(
  at: Case,
  context: Snapshot['context'],
  extra: Happened['extra'] = {},
  met: readonly string[] = [],
): Advanced {
  return attempt(at, () => {
    const snapshot = restore(at.compiled, { ...at.before.snapshot, context })
    const moves = at.before.status === 'active' && at.before.suspended === undefined
    const run: Run = moves ? runEvent(at.compiled, snapshot, { type: TOUCH }) : still(snapshot)
    return { run, extra, met }
  })
}

/** E4: a token that is not armed fires nothing. */
function fire(at: Case, token: string): Advanced {
  const timer = at.before.timers.find((each) => each.token === token && !each.fired)
  if (timer === undefined || at.before.status !== 'active')
    return refuse('timer-gone', [plain('timer-gone', 'The timer is no longer armed', '该定时器已失效')])
  const { event } = timer
  return attempt(at, () => {
    const snapshot = restore(at.compiled, at.before.snapshot)
    const run = runEvent(
      at.compiled,
      snapshot,
      event === undefined ? { type: timer.id } : { type: event.type, payload: event.payload },
    )
    return { run, fired: timer }
  })
}

function linkEnded(at: Case, command: Extract<Command, { kind: 'linkEnded' }>): Advanced {
  const { before, compiled } = at
  const link = before.links.find((each) => each.job === command.job)
  if (link === undefined)
    return refuse('not-allowed-here', [
      plain('no-link', 'No job of that id is linked', '没有该编号的关联工单'),
    ])
  const links = before.links.map((each) => (each === link ? { ...each, status: command.status } : each))
  const { onEnd } = link
  const payload = { status: command.status, fields: command.fields }
  const told = { ...at, before: { ...before, links } }
  const seen = {
    ...told,
    frame: { ...at.frame, links: caseOf(compiled, told.before, command, at.surroundings).frame.links },
  }
  const takes =
    onEnd !== undefined && before.status === 'active' && refuseEvent(seen, onEnd, payload) === undefined
  if (!takes) return touch(seen, before.snapshot.context)
  const sent = attempt(seen, () => runDeclared(seen, before.snapshot, onEnd, payload))
  // A state that does not wait for it still learns that the link is over.
  return sent.ok ? sent : touch(seen, before.snapshot.context)
}

function correct(at: Case, fields: Fields): Advanced {
  const { definition } = at.compiled
  const { context } = at.before.snapshot
  const kept = Object.entries(fields).filter(([, value]) => value !== null)
  const locked = Object.keys(fields).filter(
    (name) => own(definition.schemas.context.properties, name)?.meta?.locked === true,
  )
  if (locked.length > 0)
    return refuse(
      'field-locked',
      locked.map((name) => fieldLocked(definition, name)),
    )
  const required = definition.schemas.context.required ?? []
  const problems = [
    ...checkFields({ properties: definition.schemas.context.properties }, Object.fromEntries(kept)),
    ...Object.keys(fields)
      .filter((name) => fields[name] === null && required.includes(name))
      .map((name) => ({ pointer: `/${name}`, message: { en: 'must stay filled in', zh: '不得清空' } })),
  ]
  if (problems.length > 0)
    return refuse(
      'fields-invalid',
      problems.map((problem) => valueWrong(definition, problem)),
    )
  const merged: Fields = { ...context.fields, ...fields }
  for (const name of Object.keys(fields)) if (fields[name] === null) delete merged[name]
  return touch(at, { ...context, fields: merged })
}
