import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createActor, createMachine } from 'xstate'
import type { Entry } from '../../../machines/advance/job.ts'
import { buildTree } from '../../../machines/definition/tree.ts'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { drawnDefinition } from '../../../server/stream/drawn-definition.ts'
import { actorEvent, entryEvents, type Inspected, inspected } from '../../../server/stream/inspection.ts'
import * as step from '../../machines/processes/home-visit-steps.ts'

const drawn = (definition: Parameters<typeof drawnDefinition>[0]) =>
  createMachine(JSON.parse(drawnDefinition(definition)))
const pathsOf = (node: ReturnType<typeof drawn>['root']): string[] => [
  node.path.join('.'),
  ...Object.values(node.states).flatMap(pathsOf),
]
const item = (entry: Entry, id: number) => ({ id, process: 'home-visit', version: 1, entry })
const tellAll = (entries: readonly Entry[]) => {
  let before: Inspected | undefined
  return entries.map((entry, index) => {
    const after = inspected(before, item(entry, index + 1))
    const place = { root: entry.job, source: undefined }
    const events = entryEvents(before, after, item(entry, index + 1), homeVisit, place)
    const told = { before, after, events }
    before = after
    return told
  })
}

describe('a drawn definition', () => {
  it.each(SHIPPED.map((definition) => [definition.id, definition] as const))(
    '%s is a machine that XState takes, state for state and way for way',
    (_id, definition) => {
      const machine = drawn(definition)
      const tree = buildTree(definition)
      expect(pathsOf(machine.root).sort()).toEqual(tree.nodes.map((node) => node.path).sort())
      for (const node of tree.nodes) {
        const there = machine.root.machine.getStateNodeById(
          node.node.id !== undefined && node.path !== ''
            ? node.node.id
            : [definition.id, node.path].filter(Boolean).join('.'),
        )
        const ways = [...there.transitions.values()].flat().length + (there.always ?? []).length
        expect([node.path, ways]).toEqual([node.path, node.transitions.length])
      }
    },
  )
  it('has no expression, only words', () => {
    for (const definition of SHIPPED) expect(drawnDefinition(definition)).not.toMatch(/"guard":\{"@expr"/)
  })
})

describe('a history', () => {
  const job = step.reportBack(step.reportingBack())

  it('adds up to the job as it stands: state, fields, ticks, timers', () => {
    const walks = [job, step.repairing(), step.stuck()]
    for (const walk of walks) {
      const { snapshot, timers, status } = walk.job
      const last = tellAll(walk.history).at(-1)?.after
      expect(last?.to).toEqual(snapshot.value)
      expect(last?.fields).toEqual(snapshot.context.fields)
      expect(Object.keys(last?.checklist ?? {}).sort()).toEqual(
        Object.keys(snapshot.context.checklist).sort(),
      )
      expect(Object.keys(last?.timers ?? {}).sort()).toEqual(
        timers
          .filter((timer) => !timer.fired)
          .map((timer) => timer.token)
          .sort(),
      )
      expect(last?.status).toBe(status)
    }
  })
  it('gives snapshots that are states of the drawn machine', () => {
    const machine = drawn(homeVisit)
    for (const { events } of tellAll(job.history)) {
      const told = events.find((event) => event.type === '@xstate.snapshot')
      if (told?.type !== '@xstate.snapshot' || !('value' in told.snapshot)) throw new Error('no snapshot')
      const snapshot = JSON.parse(JSON.stringify(told.snapshot))
      expect(createActor(machine, { snapshot }).getSnapshot()).toMatchObject({
        value: told.snapshot.value,
        status: told.snapshot.status,
      })
    }
  })
  it('names each event as the machine took it, and who by his roles alone', () => {
    const types = tellAll(job.history).map(({ events: [first] }) =>
      first?.type === '@xstate.event' ? first.event.type : undefined,
    )
    expect(types[0]).toBe('xstate.init')
    expect(types).toEqual(expect.arrayContaining(['assign', 'fieldchart.tick']))
    const late = step.book()
    late.wait('P1D')
    const fired = tellAll(late.history).flatMap(({ events: [first] }) =>
      first?.type === '@xstate.event' && first.event.type.startsWith('xstate.after.') ? [first.event] : [],
    )
    expect(fired.length).toBeGreaterThan(0)
    const armed = late.history.flatMap((entry) => entry.armed.map((timer) => timer.id))
    expect(armed).toEqual(expect.arrayContaining(fired.map((event) => event.type)))
    expect(fired[0]).toMatchObject({ by: ['system'] })
  })
  it('carries nothing about a person', () => {
    const walk = step.book({}, { processes: [complaint] })
    walk.do({ kind: 'note', text: 'Call Wang Fang at home' }, step.engineer)
    walk.do(
      { kind: 'correct', fields: { customerName: 'Wang Fang-Li' }, reason: 'Wang Fang married' },
      step.dispatcher,
    )
    walk.do({ kind: 'complain', text: 'Wang Fang is cross' }, step.dispatcher)
    const [first] = tellAll(walk.history)
    if (first === undefined) throw new Error('no entry')
    const text = JSON.stringify([
      actorEvent(first.after, homeVisit, { root: 'job-1' }, drawnDefinition(homeVisit)),
      ...tellAll(walk.history).map(({ events }) => events),
    ])
    expect(text).toContain('"problemKind":"hardware"')
    expect(text).toContain('"customerName":"•••"')
    for (const secret of ['Wang', 'Garden Road', '5550101', 'married', 'cross', 'engineer-1'])
      expect([secret, text.includes(secret)]).toEqual([secret, false])
  })
  it('is in the shape of the inspector that is installed', () => {
    const { version }: { version: string } = JSON.parse(
      readFileSync('node_modules/@statelyai/inspect/package.json', 'utf8'),
    )
    for (const { events } of tellAll(job.history))
      for (const event of events) {
        expect(event._version).toBe(version)
        expect(new Date(Number(event.createdAt)).toISOString()).toMatch(/^2026-03-0/)
      }
    const ids = tellAll(job.history).flatMap(({ events }) => events.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
  })
})
