/**
 * Files made to harm: no import throws, hangs, reads a prototype or fetches.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IMPORT_FORMATS, importFrom } from '../../../machines/exchange/formats.ts'
import { toScxml } from '../../../machines/exchange/scxml-out.ts'
import { readXml } from '../../../machines/exchange/xml.ts'
import { toXState } from '../../../machines/exchange/xstate-out.ts'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { defaultContext, validate } from '../../../machines/validate/validate.ts'

const code = (text: string, format: 'json' | 'xstate' | 'scxml'): string | undefined =>
  importFrom(text, format).notes[0]?.code
const RUNS = Number(process.env.FUZZ_RUNS ?? 300)

describe('hostile files', () => {
  it.each(IMPORT_FORMATS)('%s: any text is answered', (format) => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc.constantFrom('', '<', '{', '<scxml', '<scxml/>', '[]', 'null', '"x"'),
        ),
        (text) => {
          const { definition, notes } = importFrom(text, format)
          if (definition === undefined) expect(notes.length).toBeGreaterThan(0)
          else validate(definition, defaultContext([]))
        },
      ),
      { numRuns: RUNS },
    )
  })
  it.each([
    ['scxml', toScxml(complaint)],
    ['xstate', JSON.stringify(toXState(complaint))],
  ] as const)('%s: a damaged file is answered', (format, whole) => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat({ max: 60 }),
        fc.constantFrom('', '"', '<', '&', '\u0000', '[[', '__proto__', '{}'),
        (at, length, put) => {
          const from = at % whole.length
          const { definition } = importFrom(whole.slice(0, from) + put + whole.slice(from + length), format)
          if (definition !== undefined) validate(definition, defaultContext([]))
        },
      ),
      { numRuns: RUNS },
    )
  })
  it('xstate: any JSON in any place is answered', () => {
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(
          'a',
          'b.c',
          '#x',
          '.a',
          null,
          0,
          -1,
          true,
          '*',
          'final',
          'parallel',
          'constructor',
        ),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'id',
            'type',
            'initial',
            'states',
            'on',
            'always',
            'after',
            'entry',
            'guard',
            'guards',
            'params',
            'actions',
            'target',
            'event',
            'delay',
            'context',
            'meta',
            '__proto__',
            'toString',
            'history',
            'invoke',
            '@expr',
          ),
          tie('value'),
          { maxKeys: 5, noNullPrototype: false },
        ),
      ),
    })).value
    fc.assert(
      fc.property(anything, (value) => {
        const { definition } = importFrom(JSON.stringify(value) ?? '', 'xstate')
        if (definition !== undefined) validate(definition, defaultContext([]))
      }),
      { numRuns: RUNS * 3 },
    )
  })
  it('XML: no DTD, no entities, bounded depth and size', () => {
    expect(code('<!DOCTYPE scxml [<!ENTITY a "b">]><scxml/>', 'scxml')).toBe('forbidden-markup')
    expect(code('<!DOCTYPE scxml SYSTEM "file:///etc/passwd"><scxml/>', 'scxml')).toBe('forbidden-markup')
    expect(code('<scxml name="&xxe;"/>', 'scxml')).toBe('forbidden-markup')
    expect(code('<state>'.repeat(100_000), 'scxml')).toBe('too-deep')
    expect(code(`<scxml>${' '.repeat(5_000_000)}</scxml>`, 'scxml')).toBe('too-large')
    expect(code('<scxml a="1" a="2"/>', 'scxml')).toBe('unreadable')
    expect(code('<scxml></state>', 'scxml')).toBe('unreadable')
    expect(code('<html/>', 'scxml')).toBe('no-machine')
  })
  it('what cannot be read is told in both languages, with its place where it is known', () => {
    const told = (text: string, form: 'json' | 'scxml') => importFrom(text, form).notes[0]
    const chinese = /^[^a-z]*[\u4e00-\u9fff]+[^a-z]*$/
    for (const broken of ['{"id": "a",\n "states": }', 'nothing', '', '{"id": "a"'])
      expect(told(broken, 'json')?.message.zh.replaceAll('JSON', '')).toMatch(chinese)
    for (const broken of ['', 'words', '<a/><b/>', '<!-- '])
      expect(told(broken, 'scxml')?.message.zh).toMatch(/^[^a-z]*[\u4e00-\u9fff]+[^a-z]*$/)
    expect(told('\ufeff{"id": "a",\n "states" 1}', 'json')?.place).toBe('2:11')
    expect(told('{"id": "a"', 'json')?.message.en).toContain('ends too early')
  })
  it('XML: reads what it must', () => {
    const read = readXml(
      '<?xml version="1.0"?><!-- <x> --><a xmlns="u" xmlns:p="v" p:b="&lt;&#65;&#x4e2d;&quot;"><![CDATA[<&>]]> &amp;</a>\n',
    )
    expect(read).toMatchObject({ root: { name: 'a', space: 'u', text: '<&> &', place: '1:34' } })
    expect('root' in read ? [...read.root.attributes] : []).toEqual([['v|b', '<A中"']])
  })
  it('JSON: depth and size are bounded', () => {
    expect(code('['.repeat(200_000) + ']'.repeat(200_000), 'json')).toBe('too-deep')
    expect(code(`{"states":${'{"a":{"states":'.repeat(200)}{}${'}}'.repeat(200)}}`, 'xstate')).toBe(
      'too-deep',
    )
    expect(code(JSON.stringify({ id: 'a'.repeat(2_000_000) }), 'xstate')).toBe('too-large')
  })
  it('no name reaches a prototype', () => {
    const { definition } = importFrom(
      '{"id":"m","initial":"__proto__","context":{"__proto__":1,"constructor":2},"states":{"__proto__":{"on":{"toString":"constructor"}},"constructor":{}}}',
      'xstate',
    )
    expect(Object.keys(definition?.states ?? {})).toEqual(['proto', 'state_constructor'])
    expect(Object.getPrototypeOf(definition?.states)).toBe(Object.prototype)
    expect('on' in {}).toBe(false)
  })
  it.each([
    [
      'many names',
      (index: number) =>
        `<state id="s${index}"><transition event="e${index} x" target="s${index + 1}"/></state>`,
    ],
    ['one name', () => '<state id="s"><transition event="x.y *" target="s"/></state>'],
    [
      'one event of many',
      (index: number) =>
        `<state id="s${index}"><transition event="x"/><transition event="x.e${index}"/></state>`,
    ],
    [
      'waiting for ends',
      (index: number) => `<state id="s${index}"/><transition event="done.state.s${index}" target="s0"/>`,
    ],
  ])('a file full of states is read in bounded time: %s', (_, state) => {
    const inner = Array.from({ length: 8000 }, (_each, index) => state(index)).join('')
    const begun = performance.now()
    importFrom(`<scxml><state id="all">${inner}</state></scxml>`, 'scxml')
    expect(performance.now() - begun).toBeLessThan(10_000)
  })
})
