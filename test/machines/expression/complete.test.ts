import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FUNCTIONS } from '../../../machines/expression/cel.ts'
import { type Completion, complete } from '../../../machines/expression/complete.ts'
import { createExpressionEnvironment } from '../../../machines/expression/environment.ts'
import { FUNCTION_HELP } from '../../../machines/expression/function-help.ts'
import { scopeOf } from '../../../machines/expression/scope.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'

const anyEvent =
  Object.keys(homeVisit.schemas.events).find(
    (type) => homeVisit.schemas.events[type]?.properties?.time !== undefined,
  ) ?? ''
const scope = scopeOf(homeVisit, [anyEvent])
/** The cursor is at `|`. */
const at = (text: string, expected = 'bool'): Completion => {
  const position = text.indexOf('|^')
  return complete(text.replace('|^', ''), position, scope, expected)
}
const labels = (text: string, expected?: string): string[] =>
  at(text, expected).options.map(({ label }) => label)
const applied = (text: string, label: string): string => {
  const plain = text.replace('|^', '')
  const { from, to, options } = at(text)
  const option = options.find((one) => one.label === label)
  return plain.slice(0, from) + (option?.insert ?? '?') + plain.slice(to)
}

describe('completion', () => {
  it('offers variables and functions at the start', () => {
    expect(labels('|^')).toEqual(expect.arrayContaining(['job', 'event', 'settings', 'now', 'has', 'plus']))
    expect(labels('|^')).not.toContain('startsWith')
  })

  it('offers no event where none is at hand', () => {
    const { options } = complete('', 0, scopeOf(homeVisit, []))
    expect(options.map(({ label }) => label)).not.toContain('event')
  })

  it('offers fields by what has been typed, with titles, types and help', () => {
    const { from, to, options } = at('job.appointm|^')
    expect([from, to]).toEqual([4, 12])
    expect(options).toMatchObject([
      { label: 'appointment', type: 'timestamp', title: { en: 'Appointment', zh: '约定上门时间' } },
    ])
    expect(labels('job.|^')).toEqual(
      expect.arrayContaining(Object.keys(homeVisit.schemas.context.properties)),
    )
  })

  it('puts conditions first where a condition is wanted', () => {
    const { expected, options } = at('has(job.engineer) && job.|^')
    expect(expected).toBe('bool')
    expect(options[0]?.type).toBe('bool')
    expect(options.findLast(({ kind }) => kind === 'field')?.type).not.toBe('bool')
  })

  it('takes the type from the other side of a comparison, and offers its values', () => {
    const { expected, options } = at('job.remedy == |^')
    expect(expected).toBe('string')
    expect(options.slice(0, 3).map(({ label }) => label)).toEqual(['repair', 'exchange', 'return'])
    expect(options[0]).toMatchObject({ insert: "'repair'", title: { en: 'Repair', zh: '维修' } })
    expect(applied("job.remedy == 'ex|^' && job.free", 'exchange')).toBe(
      "job.remedy == 'exchange' && job.free",
    )
    expect(labels("job.remedy in ['repair', |^")).toContain('return')
  })

  it('puts moments first after a moment', () => {
    const { expected, options } = at('event.time > |^')
    expect(expected).toBe('timestamp')
    expect(options[0]?.type).toBe('timestamp')
    expect(at('event.time > job.|^').options[0]?.type).toBe('timestamp')
  })

  it('knows arguments of functions', () => {
    expect(at('plus(job.appointment, |^').expected).toBe('string')
    expect(at('minutesOfDay(|^').expected).toBe('timestamp')
    expect(at('(|^').expected).toBe('bool')
  })

  it('offers settings, items of checklists, links and roles', () => {
    expect(labels('settings.|^')).toEqual(expect.arrayContaining(Object.keys(homeVisit.meta.settings ?? {})))
    expect(labels('links.|^')).toContain('parent')
    expect(labels('links.parent.|^')).toEqual(expect.arrayContaining(['status', 'process', 'job']))
    expect(labels("links.parent.status == '|^")).toContain('cancelled')
    expect(labels('actor.|^')).toEqual(['id', 'name', 'roles'])
    const item = scope.names.find(({ variable, path }) => variable === 'checklist' && path.length === 1)
    expect(labels('checklist.|^')).toContain(item?.path[0])
  })

  it('follows the variable of a loop', () => {
    const list = Object.entries(homeVisit.schemas.context.properties).find(
      ([, field]) => field.type === 'array' && field.items?.type === 'object',
    )
    const [name = '', field] = list ?? []
    expect(labels(`job.${name}.exists(each, each.|^`)).toEqual(
      expect.arrayContaining(Object.keys(field?.items?.properties ?? {})),
    )
    expect(labels(`job.${name}.exists(each, |^`)).toContain('each')
    expect(labels(`job.${name}.exists(each, true) && |^`)).not.toContain('each')
    expect(labels(`job.${name}.|^`)).toContain('exists')
  })

  it('offers nothing within a text or a number', () => {
    expect(labels("job.problem == 'jo|^")).toEqual([])
    expect(labels('job.appointment > 1|^')).toEqual([])
  })

  it('replaces the whole word', () => {
    expect(applied('job.rem|^edy == 1', 'remedy')).toBe('job.remedy == 1')
  })

  it('offers names that the check knows, whatever stands before', () => {
    const environment = createExpressionEnvironment(homeVisit)
    for (const start of [
      '',
      'job.',
      'event.',
      'settings.',
      'links.',
      'links.parent.',
      'checklist.',
      'actor.',
    ])
      for (const { insert, kind } of complete(start, start.length, scope).options) {
        if (kind === 'function') continue
        const { problems } = environment.check(`${start}${insert}`, [anyEvent], 'any')
        expect(problems, `${start}${insert}`).toEqual([])
      }
  })

  it('never fails on what is being typed', () => {
    const piece = fc.constantFrom(
      'job',
      '.',
      ' in ',
      '[',
      '(',
      ')',
      "'",
      '"',
      '&&',
      '==',
      'exists(',
      'x,',
      '!',
      '中',
      '1',
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 25 }),
        fc.nat(60),
        (pieces, cut) => {
          const text = pieces.join('')
          const { from, to, options } = complete(text, Math.min(cut, text.length), scope)
          expect(from).toBeLessThanOrEqual(to)
          expect(to).toBeLessThanOrEqual(text.length)
          expect(Array.isArray(options)).toBe(true)
        },
      ),
    )
  })
})

describe('help on functions', () => {
  it('covers every function that the check passes, and no other', () => {
    expect(Object.keys(FUNCTION_HELP).sort()).toEqual([...FUNCTIONS].sort())
  })
})
