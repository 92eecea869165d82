/**
 * The exported TypeScript: compiles under strict, and decides as the engine does.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import ts from 'typescript'
import { afterAll, expect, it } from 'vitest'
import { type AnyStateMachine, createActor, SimulatedClock } from 'xstate'
import { advance, start } from '../../../machines/advance/advance.ts'
import { compile } from '../../../machines/compile/compile.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { toTypeScript } from '../../../machines/exchange/typescript.ts'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { event, processOf } from '../advance/fixtures.ts'
import { as } from '../kit.ts'
import { build, EVENTS, shape, wiring } from '../random-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'fieldchart-typescript-'))
symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Exported = {
  machine: AnyStateMachine
  hooks: {
    now(): number
    act(effect: { type: string; params: { norm?: string } }): void
    refused(type: string): void
    expression(cel: string): unknown
  }
}
let files = 0
/** Runs the file as it stands, types taken away. */
async function run(definition: Definition): Promise<Exported> {
  files += 1
  const file = join(folder, `run${files}.mjs`)
  const { outputText } = ts.transpileModule(toTypeScript(definition), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2024 },
  })
  writeFileSync(file, outputText)
  return import(/* @vite-ignore */ pathToFileURL(file).href)
}

it('compiles under strict for every shipped process', () => {
  const sources = join(folder, 'sources')
  mkdirSync(sources)
  const names = SHIPPED.map((definition) => {
    const file = join(sources, `${definition.id}.ts`)
    writeFileSync(file, toTypeScript(definition))
    return file
  })
  const program = ts.createProgram(names, {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  })
  const found = ts
    .getPreEmitDiagnostics(program)
    .map((each) => ts.flattenDiagnosticMessageText(each.messageText, '\n'))
  expect(found).toEqual([])
}, 120_000)

it('leaves no expression of a shipped process to a hook', () => {
  for (const definition of SHIPPED) expect(toTypeScript(definition)).not.toContain('hooks.expression("')
})

it('takes a complaint to its end, its checklist barring and its deadline telling', async () => {
  const { machine, hooks } = await run(complaint)
  const clock = new SimulatedClock()
  const effects: string[] = []
  const refused: string[] = []
  hooks.now = () => Date.UTC(2026, 2, 2, 1) + clock.now()
  hooks.act = ({ type, params }: { type: string; params: { norm?: string } }) =>
    effects.push(`${type} ${params.norm}`)
  hooks.refused = (type: string) => refused.push(type)
  const actor = createActor(machine, { clock, input: { text: 'Too late', raisedBy: 'Ann' } })
  actor.start()
  const value = () => actor.getSnapshot().value
  const engineer = { id: 'e1', name: 'E', roles: ['dispatcher'] }
  expect(value()).toEqual({ open: 'recorded' })
  actor.send({ type: 'complaint.take', payload: {}, actor: engineer })
  expect(value()).toEqual({ open: 'examining' })
  expect(actor.getSnapshot().context.fields.handler).toBe('e1')
  clock.increment(25 * 3_600_000)
  expect(effects).toContain('breach GN-07')
  actor.send({ type: 'complaint.decide', payload: { decision: 'accepted', decisionText: 'Sorry' } })
  actor.send({ type: 'answer.give', payload: { channel: 'phone' } })
  expect(value()).toBe('answered')
  actor.send({ type: 'customer.accept' })
  expect(refused).toEqual(['customer.accept'])
  expect(value()).toBe('answered')
  actor.send({ type: 'fieldchart.tick', item: 'satisfactionAsked' })
  actor.send({ type: 'customer.accept' })
  expect(actor.getSnapshot()).toMatchObject({ value: 'closed', status: 'done' })
})

it('leaves to a hook what has no counterpart, and holds the way shut until then', async () => {
  const definition = processOf(
    {
      a: { on: { go: { target: 'b', guard: { '@expr': "'x' < dyn(job.y)", '@lang': 'cel' } } } },
      b: { type: 'final' },
    },
    { schemas: { context: { properties: { y: { type: 'string' } } }, events: { go: event() } } },
  )
  expect(toTypeScript(definition)).toContain(`hooks.expression("'x' < dyn(job.y)", at)`)
  const { machine, hooks } = await run(definition)
  const actor = createActor(machine, { input: { y: 'z' } })
  actor.start()
  actor.send({ type: 'go' })
  expect(actor.getSnapshot().value).toBe('a')
  hooks.expression = () => true
  actor.send({ type: 'go' })
  expect(actor.getSnapshot().value).toBe('b')
})

it('decides as the engine does', async () => {
  let moved = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(shape, { minLength: 1, maxLength: 3 }),
      fc.array(wiring, { minLength: 1, maxLength: 12 }),
      fc.array(fc.record({ which: fc.nat(), x: fc.integer({ min: -3, max: 9 }), tick: fc.boolean() }), {
        maxLength: 15,
      }),
      async (shapes, wirings, doings) => {
        const definition = build(shapes, wirings)
        const compiled = compile(definition)
        const now = Date.UTC(2026, 2, 2, 2)
        const at = { now, actor: as('engineer'), calendars: DEFAULT_CALENDARS }
        const begun = start(compiled, { id: 'j', version: 1, fields: {} }, at)
        if (!begun.ok) return
        let { job } = begun
        const { machine, hooks } = await run(definition)
        hooks.now = () => now
        const actor = createActor(machine, { clock: new SimulatedClock() })
        actor.start()
        const ids = [...JSON.stringify(definition.states).matchAll(/"id":"(i\d+)"/g)].map(
          (match) => match[1] ?? '',
        )
        for (const { which, x, tick } of doings) {
          const item = ids[which % Math.max(1, ids.length)]
          const type = EVENTS[which % EVENTS.length] ?? ''
          const isTick = tick && item !== undefined
          const result = isTick
            ? advance(compiled, job, { kind: 'tick', item }, at)
            : advance(compiled, job, { kind: 'event', type, payload: { x } }, at)
          // What regions do apart, the engine refuses as one; a tick there needs its state.
          if (
            !result.ok &&
            result.refusal.code !== 'guard-false' &&
            result.refusal.code !== 'not-allowed-here'
          ) {
            if (isTick || JSON.stringify(definition.states).includes('"parallel"')) return
          }
          if (result.ok) job = result.job
          actor.send(isTick ? { type: 'fieldchart.tick', item } : { type, payload: { x } })
          const snapshot = actor.getSnapshot()
          expect(snapshot.value).toEqual(job.snapshot.value)
          expect(snapshot.context.fields).toEqual(job.snapshot.context.fields)
          moved += result.ok && !isTick ? 1 : 0
          if (snapshot.status !== 'active') return
        }
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 80) },
  )
  expect(moved).toBeGreaterThan(8)
})

it('holds shut what cannot be told, also under a not, and asks for states beside it', async () => {
  const big = { '@expr': 'job.y > 3', '@lang': 'cel' as const }
  const definition = processOf(
    {
      work: {
        type: 'parallel',
        states: {
          one: {
            initial: 'a',
            states: {
              a: {
                on: {
                  go: {
                    target: 'b',
                    guard: {
                      type: 'not',
                      params: {
                        guard: {
                          type: 'or',
                          params: { guards: [big, { type: 'stateIn', params: { state: 'work.two.off' } }] },
                        },
                      },
                    },
                  },
                },
              },
              b: {},
            },
          },
          two: { initial: 'off', states: { off: { on: { back: { target: 'on' } } }, on: {} } },
        },
      },
    },
    {
      schemas: {
        context: { properties: { y: { type: 'integer' } } },
        events: { go: event(), back: event() },
      },
    },
  )
  const { machine } = await run(definition)
  const after = (input: object, events: string[]) => {
    const actor = createActor(machine, { input })
    actor.start()
    for (const type of events) actor.send({ type })
    return actor.getSnapshot().value.work.one
  }
  expect(after({ y: 1 }, ['go'])).toBe('a')
  expect(after({ y: 1 }, ['back', 'go'])).toBe('b')
  expect(after({ y: 5 }, ['back', 'go'])).toBe('a')
  expect(after({}, ['back', 'go'])).toBe('a')
})
