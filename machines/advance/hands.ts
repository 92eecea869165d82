/**
 * What people do to a job from outside its process: put it into a state, let it rest and go on, give it to another,
 * call it off.
 *
 * Promises: each is a line of the history like any event, with who and why; it replays to the same job (E5). While a
 * job rests nothing moves it: people are refused, other jobs are heard when it goes on.
 * Must not: know who may do it (`server/access`), or run an action that nobody asked for.
 */

import { activePaths, MOVE, TOUCH } from '../compile/machine-config.ts'
import { moveMachine } from '../compile/move-machine.ts'
import { jobOver, plain, valueWrong } from '../compile/reasons.ts'
import { checkValue, own } from '../definition/check-value.ts'
import { isBelow, type TreeNode } from '../definition/tree.ts'
import { type Case, refuse, standingAt } from './case.ts'
import { conclude, type Happened } from './conclude.ts'
import type { Advanced, Command, Effect, Held, Job, Reason, Timer } from './job.ts'
import { runningAgain } from './pause.ts'
import { missingQualifications } from './qualification.ts'
import { restore, runEvent, still } from './run-machine.ts'
import { agree, byChild } from './together.ts'

export type Hand = Extract<Command, { kind: 'moveTo' | 'suspend' | 'resume' | 'reassign' | 'cancel' }>
type Attempt = (at: Case, inside: () => Happened | Advanced) => Advanced
type Touch = (at: Case, context: Job['snapshot']['context']) => Advanced

export function byHand(at: Case, command: Hand, attempt: Attempt, touch: Touch): Advanced {
  if (at.before.status !== 'active') return refuse('job-over', [jobOver(at.before.status)])
  switch (command.kind) {
    case 'moveTo':
      return moveTo(at, command, attempt)
    case 'suspend':
      return suspend(at, command.reason)
    case 'resume':
      return resume(at, attempt)
    case 'reassign':
      return reassign(at, command.person, touch)
    case 'cancel':
      return conclude(at, { run: asItStands(at), status: 'cancelled', byHand: true })
  }
}

const asItStands = ({ compiled, before }: Case) => still(restore(compiled, before.snapshot))

/* --------------------------------------------------------------- resting */

export const resting = (): Reason =>
  plain('suspended', 'The job is suspended; resume it first', '工单已暂停，请先恢复')

function suspend(at: Case, reason: string): Advanced {
  if (at.before.suspended !== undefined)
    return refuse('suspended', [plain('suspended', 'The job is suspended already', '工单已处于暂停状态')])
  const { now, actor } = at.frame
  return conclude(at, {
    run: asItStands(at),
    suspension: { at: new Date(now).toISOString(), by: actor.id, reason, held: [] },
  })
}

/** Timers run on, fields that were corrected meanwhile take effect, what others said is sent on. */
function resume(at: Case, attempt: Attempt): Advanced {
  const { suspended } = at.before
  if (suspended === undefined)
    return refuse('not-suspended', [plain('not-suspended', 'The job is not suspended', '工单未处于暂停状态')])
  return attempt(at, () => {
    const snapshot = restore(at.compiled, at.before.snapshot)
    const standing = standingAt(snapshot)
    const token = (n: number) => `${at.before.id}.${at.before.seq + 1}.s${n}`
    const armed: Timer[] = []
    const all = at.before.timers.map((timer, n) => {
      if (timer.left === undefined) return timer
      const again = runningAgain(at.compiled, timer, token(n), at.frame, standing)
      armed.push(again)
      return again
    })
    const goesOn = { ...at, before: { ...at.before, timers: all } }
    return conclude(goesOn, {
      run: runEvent(at.compiled, snapshot, { type: TOUCH }),
      timers: { all, armed, cancelled: [] },
      suspension: null,
      extra: { effects: suspended.held.map((held, n) => sentOn(at.before, held, n)) },
    })
  })
}

function sentOn({ id, seq }: Job, held: Held, n: number): Effect {
  const effect = { id: `${id}.${seq + 1}.h${n}`, job: id }
  return held.kind === 'event'
    ? { ...effect, type: 'signal', event: held.type, payload: held.payload ?? {} }
    : { ...effect, type: 'linkEnded', ended: held.job, status: held.status, fields: held.fields }
}

/** What a resting job does with a command; `undefined`: as any other. */
export function whileResting(at: Case, command: Command): Advanced | undefined {
  const { before, frame } = at
  const { suspended } = before
  if (suspended === undefined || before.status !== 'active') return undefined
  const hold = (held: Held, more: Happened['extra'] = {}) =>
    conclude(at, {
      run: asItStands(at),
      suspension: { ...suspended, held: [...suspended.held, held] },
      extra: more,
    })
  switch (command.kind) {
    case 'event':
      return frame.actor.roles.includes('system') ? hold(command) : refuse('suspended', [resting()])
    case 'linkEnded': {
      const links = before.links.map((link) =>
        link.job === command.job ? { ...link, status: command.status } : link,
      )
      return before.links.some(({ job }) => job === command.job) ? hold(command, { links }) : undefined
    }
    case 'timer':
    case 'tick':
    case 'untick':
    case 'moveTo':
      return refuse('suspended', [resting()])
    default:
      return undefined
  }
}

/* -------------------------------------------------------------- assigning */

/** Whatever the process asks of the person when it assigns one itself is asked here too. */
function reassign(at: Case, person: string, touch: Touch): Advanced {
  const { definition } = at.compiled
  const name = definition.meta.assignee
  const field = name === undefined ? undefined : own(definition.schemas.context.properties, name)
  if (name === undefined || field === undefined)
    return refuse('not-assignable', [
      plain('not-assignable', 'Jobs of this process are nobody’s own', '该流程的工单不指派给个人'),
    ])
  const problems = checkValue(field, person, `/${name}`)
  if (problems.length > 0)
    return refuse(
      'fields-invalid',
      problems.map((problem) => valueWrong(definition, problem)),
    )
  const { context } = at.before.snapshot
  const assigned = { ...context, fields: { ...context.fields, [name]: person } }
  const missing = missingQualifications(at, name, person)
  return missing.length > 0 ? refuse('not-qualified', missing) : touch(at, assigned)
}

/* ----------------------------------------------------------------- moving */

type Step = { source: TreeNode; targets: TreeNode[] }

function moveTo(at: Case, command: Extract<Hand, { kind: 'moveTo' }>, attempt: Attempt): Advanced {
  const { compiled, before } = at
  const targets = [...new Set(command.to)].map((path) => ({ path, node: compiled.tree.byPath.get(path) }))
  const unknown = targets.filter(({ node, path }) => node === undefined || path === '')
  if (unknown.length > 0 || targets.length === 0)
    return refuse(
      'state-unknown',
      unknown.map(({ path }) =>
        plain('state-unknown', `The process has no state ${path}`, `流程中没有状态 ${path}`),
      ),
    )
  const nodes = targets.flatMap(({ node }) => (node === undefined ? [] : [node]))
  const snapshot = restore(compiled, before.snapshot)
  const steps = stepsTo(compiled.tree.root, nodes, activePaths(snapshot))
  if (steps === undefined)
    return refuse('states-apart', [
      plain('states-apart', 'A job cannot be in all of these states at once', '工单不能同时处于这些状态'),
    ])
  const running = new Set(command.runEntry === true ? compiled.tree.nodes.map(({ path }) => path) : [])
  const machine = moveMachine(compiled, { steps, running })
  return attempt(at, () => ({
    run: runEvent({ machine }, restore({ machine }, before.snapshot), { type: MOVE }),
    byHand: true,
  }))
}

/**
 * The least that must be left to be in all targets: down through what is active, region by region. A target that is
 * active already begins anew. Undefined where two targets exclude each other.
 */
function stepsTo(
  node: TreeNode,
  targets: readonly TreeNode[],
  active: ReadonlySet<string>,
): Step[] | undefined {
  const inside = targets.filter((target) => target !== node)
  if (inside.length === 0) return anew(node, active)
  const ways = byChild(node, inside)
  const only = [...ways][0]
  if (node.kind !== 'parallel' && (ways.size > 1 || only === undefined)) return undefined
  if (node.kind !== 'parallel' && only !== undefined && !active.has(only[0].path)) {
    const [, below] = only
    const innermost = below.filter((target) => !below.some((other) => isBelow(other, target)))
    return agree(...only) ? [{ source: node, targets: innermost }] : undefined
  }
  const steps: Step[] = []
  for (const [child, below] of ways) {
    const found = stepsTo(child, below, active)
    if (found === undefined) return undefined
    steps.push(...found)
  }
  return steps
}

/** An active state entered once more; around it nothing changes. */
function anew(node: TreeNode, active: ReadonlySet<string>): Step[] {
  if (node.kind === 'parallel')
    return node.children.flatMap((region) => stepsTo(region, [region], active) ?? [])
  return [{ source: node, targets: [node.initial ?? node] }]
}
