import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { buildTree } from '../../../machines/definition/tree.ts'
import { createExpressionEnvironment } from '../../../machines/expression/environment.ts'
import type { Variables } from '../../../machines/expression/expression.ts'
import { samplesFor, UNSET, variablesFrom } from '../../../machines/expression/samples.ts'
import { scopeOf } from '../../../machines/expression/scope.ts'
import { tryExpression } from '../../../machines/expression/try.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { environment, definition as source, variables } from './fixture.ts'

const definition: Definition = { id: 'fixture', ...source }
const NOW = Date.parse('2026-07-17T10:00:00.000Z')
const tried = (text: string, more: Partial<Variables> = {}) =>
  tryExpression(environment, text, { ...variables, ...more })
const decided = (text: string, more?: Partial<Variables>): string[] =>
  tried(text, more).parts.map(({ expression }) => expression)

describe('an expression tried', () => {
  it('names what it holds for', () => {
    expect(tried('job.rooms == 3 || job.backup')).toEqual({
      verdict: 'true',
      parts: [
        {
          expression: 'job.rooms == 3',
          range: { start: 0, end: 14 },
          verdict: 'true',
          values: { 'job.rooms': 3 },
        },
      ],
    })
    expect(decided('job.rooms == 3 && job.price > 1.0')).toEqual(['job.rooms == 3', 'job.price > 1.0'])
  })

  it('names what stands in its way', () => {
    expect(decided('job.rooms == 3 && job.price > 1000.0 && !job.backup')).toEqual(['job.price > 1000.0'])
    expect(decided('job.rooms == 4 || job.backup')).toEqual(['job.rooms == 4', 'job.backup'])
    expect(tried('!(job.rooms == 3)').parts).toMatchObject([
      { expression: '!(job.rooms == 3)', verdict: 'false' },
    ])
  })

  it('tells what is not set, and what an event would have to say', () => {
    expect(tried("job.name == 'x'")).toMatchObject({
      verdict: 'error',
      missing: 'job.name',
      parts: [{ expression: "job.name == 'x'", verdict: 'error', values: { 'job.name': null } }],
    })
    expect(tried("event.note == 'x'")).toMatchObject({ verdict: 'unknown' })
    expect(tried('job.rooms ==')).toEqual({ verdict: 'error', parts: [] })
  })

  it('gives the value of what is no condition', () => {
    expect(tried('job.rooms + 1')).toMatchObject({ value: 4 })
  })
})

describe('samples', () => {
  const samples = (text: string, path: string): readonly unknown[] =>
    samplesFor(text, scopeOf(definition, ['pay']), NOW).find(({ key }) => key === path)?.samples ?? []

  it('lie about the limits that are written', () => {
    expect(samples('job.rooms > 5', 'job.rooms')).toEqual(expect.arrayContaining([4, 5, 6, UNSET]))
    expect(samples('job.price > 5.0', 'job.price')).toEqual(expect.arrayContaining([4.5, 5, 5.5]))
    expect(samples('job.rooms > settings.ring', 'job.rooms')).toEqual(expect.arrayContaining([2, 3, 4]))
    expect(samples("job.name == 'Bo'", 'job.name')).toEqual(['Bo', 'A', '', UNSET])
    expect(samples("now > plus(job.appointment, 'PT2H')", 'job.appointment')).toEqual(
      expect.arrayContaining([
        '2026-07-17T10:00:00.000Z',
        '2026-07-17T08:00:00.000Z',
        '2026-07-17T07:59:00.000Z',
      ]),
    )
    expect(samples("'urgent' in job.tags", 'job.tags')).toEqual([
      [],
      ['urgent'],
      ['A'],
      ['urgent', 'A'],
      UNSET,
    ])
  })

  it('keep to what a field may hold', () => {
    const limited: Definition = {
      ...definition,
      schemas: { context: { properties: { n: { type: 'integer', minimum: 1, maximum: 6 } } }, events: {} },
    }
    const [n] = samplesFor('job.n > 5', scopeOf(limited, []), NOW)
    expect(n?.samples).toEqual([1, 2, 4, 5, 6, UNSET])
  })

  it('can make almost every condition of the shipped processes come out both ways', () => {
    let [both, all, seed] = [0, 0, 1]
    const next = (): number => {
      seed = (seed * 48271) % 2147483647
      return seed
    }
    const oneWay: string[] = []
    for (const shipped of SHIPPED) {
      const expressions = createExpressionEnvironment(shipped)
      for (const { transition, trigger } of buildTree(shipped).nodes.flatMap((node) => node.transitions)) {
        const { guard } = transition
        if (guard === undefined || !('@expr' in guard) || trigger.kind !== 'on') continue
        const events = Object.hasOwn(shipped.schemas.events, trigger.descriptor) ? [trigger.descriptor] : []
        const scope = scopeOf(shipped, events)
        const read = samplesFor(guard['@expr'], scope, NOW)
        const verdicts = new Set<string>()
        for (let turn = 0; turn < 200; turn += 1) {
          // Any mixture of samples, the same ones in every run of the test.
          const chosen = read.map((name) => ({ name, value: name.samples[next() % name.samples.length] }))
          const made = variablesFrom(chosen, {
            scope,
            now: NOW,
            timeZone: 'Asia/Shanghai',
            ...(events[0] === undefined ? {} : { event: events[0] }),
          })
          verdicts.add(tryExpression(expressions, guard['@expr'], made).verdict)
        }
        all += 1
        if (verdicts.has('true') && (verdicts.has('false') || verdicts.has('error'))) both += 1
        else oneWay.push(guard['@expr'])
      }
    }
    expect(all).toBeGreaterThan(50)
    expect(both / all, oneWay.join('\n')).toBeGreaterThan(0.95)
  })

  it('become variables', () => {
    const scope = scopeOf(definition, ['pay'])
    const made = variablesFrom(
      [
        { name: { variable: 'job', path: ['address', 'city'] }, value: 'Xi’an' },
        { name: { variable: 'job', path: ['rooms'] }, value: UNSET },
        { name: { variable: 'actor', path: ['roles'] }, value: ['engineer', 'king'] },
        { name: { variable: 'links', path: ['visit', 'status'] }, value: 'done' },
        { name: { variable: 'checklist', path: ['dusted'] }, value: true },
      ],
      { scope, now: NOW, timeZone: 'UTC', event: 'pay' },
    )
    expect(made).toMatchObject({
      job: { address: { city: 'Xi’an' } },
      actor: { roles: ['engineer'] },
      links: { visit: { status: 'done' } },
      checklist: { dusted: true },
      settings: { ring: 3, wait: 'PT30M' },
      event: { type: 'pay', payload: {} },
    })
    expect(made.job).not.toHaveProperty('rooms')
  })
})
