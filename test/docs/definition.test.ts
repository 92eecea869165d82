import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { CODES, messageOf, type ProblemCode } from '../../machines/validate/codes.ts'
import { defaultContext, validate } from '../../machines/validate/validate.ts'
import {
  definitionSchema,
  SCENARIO_FILE,
  SCHEMA_FILE,
  scenarioText,
  schemaText,
} from '../../scripts/json-schema.ts'
import { broken, GONE, sample } from '../machines/validate/sample.ts'

const page = readFileSync(new URL('../../docs/definition.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/^```json (\w+)\n(.*?)^```$/gms)].map(([, kind = '', text = '']) => ({
  kind,
  text,
}))

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true })
const ID = 'https://example.org/definition'
ajv.addSchema(definitionSchema(), ID)
const whole = ajv.compile({ $ref: ID })

describe('the JSON Schema of definitions', () => {
  it('is in docs as it is in the code', () => {
    expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(schemaText())
    expect(readFileSync(SCENARIO_FILE, 'utf8')).toBe(scenarioText())
  })

  it('accepts what is sound, and refuses what is not', () => {
    expect([whole(structuredClone(sample)), whole.errors]).toEqual([true, null])
    const guard = '/states/booked/on/visit.assigned/guard'
    expect(whole(broken(['/initail', 'booked']))).toBe(false)
    expect(whole(broken(['/meta', GONE]))).toBe(false)
    expect(whole(broken([`${guard}/params/guards/0/type`, 'qualifed']))).toBe(false)
    expect(whole(broken([`${guard}/params/guards/2/params/guard`, { type: 'not' }]))).toBe(false)
    expect(whole(broken(['/states/working/states/waiting/states', { a: { typ: 'final' } }]))).toBe(false)
    expect(whole(broken(['/delays/late/duration', '30 minutes']))).toBe(false)
    expect(whole(broken(['/schemas/context/properties/freezes/items/properties/from/type', 'date']))).toBe(
      false,
    )
  })
})

describe('docs/definition.md', () => {
  it('has an example of every construct', () => {
    expect(page.match(/^```/gm)?.length).toBe(examples.length * 2)
    const kinds = new Set(examples.map(({ kind }) => kind))
    for (const kind of [
      'Definition',
      'StateNode',
      'Transition',
      'ContextSchema',
      'EventSchema',
      'Expression',
      'Guard',
      'Action',
      'Delay',
      'ChecklistItem',
      'ProcessMeta',
    ])
      expect(kinds).toContain(kind)
    const text = examples.map((example) => example.text).join('\n')
    for (const type of ['and', 'or', 'not', 'checklistDone', 'stateIn', 'qualified', 'within'])
      expect(text).toContain(`"type": "${type}"`)
    for (const type of ['assign', 'raise', 'cancel']) expect(text).toContain(`"type": "@xstate.${type}"`)
    for (const type of ['breach', 'remind', 'notify', 'startJob', 'signal'])
      expect(text).toContain(`"type": "${type}"`)
  })

  it.each(examples)('$kind: $text', ({ kind, text }) => {
    const example: unknown = JSON.parse(text)
    if (kind === 'Definition') {
      expect(validate(example, defaultContext())).toEqual([])
      return
    }
    const check = ajv.compile({ $ref: `${ID}#/$defs/${kind}` })
    expect([check(example), check.errors]).toEqual([true, null])
    for (const [norm] of text.matchAll(/"[A-Z]{2}-\d{2}"/g))
      expect([...defaultContext().norms.keys()]).toContain(JSON.parse(norm))
  })

  it('lists every problem there is', () => {
    const listed = [...page.matchAll(/^\| +`([a-z-]+)` +\| +(error|warning) +\|/gm)].map(
      ([, code, severity]) => [code, severity],
    )
    expect(listed).toEqual(Object.entries(CODES).map(([code, { severity }]) => [code, severity]))
  })

  it('has words in both languages for every problem, with the same values in them', () => {
    const isCode = (code: string): code is ProblemCode => Object.hasOwn(CODES, code)
    for (const code of Object.keys(CODES).filter(isCode)) {
      const { en, zh } = messageOf(code)
      expect([code, zh]).toEqual([code, expect.stringMatching(/\p{Script=Han}|\{zh\}/u)])
      const values = (text: string) =>
        [...text.matchAll(/\{(\w+)\}/g)]
          .map(([, name]) => name)
          .filter((name) => name !== 'en' && name !== 'zh')
      expect([code, values(zh).toSorted()]).toEqual([code, values(en).toSorted()])
    }
  })
})
