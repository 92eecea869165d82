/** The process as text, without an editor: read with its places, written, followed, merged. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesTo } from '../../../designer/code/follow.ts'
import { type FaultCode, readJson } from '../../../designer/code/json-read.ts'
import { writeJson } from '../../../designer/code/json-write.ts'
import { applyChanges, changesBetween } from '../../../designer/code/text-diff.ts'
import { mergeTexts } from '../../../designer/code/text-merge.ts'
import { markOf, placeOf, pointerAt } from '../../../designer/code/text-places.ts'
import { type Json, toJson } from '../../../designer/document/json.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'

/** As a person could write it: no key that the editor bars. */
const anyJson = fc
  .jsonValue({ maxDepth: 4 })
  .map((value) => toJson(JSON.parse(JSON.stringify(value, barred))))
function barred(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) && Number.isInteger(value) ? 0 : value
}
const rootOf = (text: string) => {
  const { root } = readJson(text)
  if (root === undefined) throw new Error(`nothing read from ${text}`)
  return root
}
const at = (text: string, { from, to }: { from: number; to: number }): string => text.slice(from, to)

describe('reading', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space)
        const { fault, value: read } = readJson(text)
        if (fault?.code === 'barredKey' || fault?.code === 'largeNumber') return
        expect(fault).toBeUndefined()
        expect(read).toEqual(JSON.parse(text, (_, held: unknown) => (held === 0 ? 0 : held)))
      }),
      { numRuns: 300 },
    )
  })

  it('finds a fault wherever JSON.parse does, and never throws', () => {
    const damaged = fc
      .tuple(
        fc.jsonValue({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', ':', 'x', '\\', '\n'),
      )
      .map(([value, place, put]) => {
        const text = JSON.stringify(value, undefined, 2)
        const from = place % (text.length + 1)
        return text.slice(0, from) + put + text.slice(put === '' ? from + 1 : from)
      })
    fc.assert(
      fc.property(damaged, (text) => {
        let parses = true
        try {
          JSON.parse(text)
        } catch {
          parses = false
        }
        const { fault, value } = readJson(text)
        if (!parses) expect([text, fault]).not.toEqual([text, undefined])
        expect(value === undefined).toBe(fault !== undefined)
      }),
      { numRuns: 500 },
    )
  })

  it.each<[string, FaultCode, string]>([
    ['', 'empty', ''],
    ['{"a": 1,}', 'trailingComma', ','],
    ['[1, 2', 'unclosedList', '['],
    ['{"a": {"b": 1}', 'unclosedObject', '{'],
    ['{"a": "x\n}', 'unclosedText', '"x'],
    ['{"a": 1 "b": 2}', 'commaMissing', '1 '],
    ['{"a" 1}', 'colonMissing', '"a"'],
    ['{"a": }', 'valueMissing', '}'],
    ['{a: 1}', 'quotesMissing', 'a'],
    ['{"a": yes}', 'quotesMissing', 'yes'],
    ["{'a': 1}", 'wrongQuotes', "'a'"],
    ['{"a"\uff1a 1}', 'fullWidth', '\uff1a'],
    ['{"a": 1\uff0c "b": 2}', 'fullWidth', '\uff0c'],
    ['{"a": 1} // why', 'comment', '// why'],
    ['{"a": [1}', 'wrongEnd', '}'],
    ['{"a": 01}', 'wrongNumber', '01'],
    ['{"a": 12345678901234567890}', 'largeNumber', '12345678901234567890'],
    ['{"a": 1e999}', 'largeNumber', '1e999'],
    ['{"a": "\\x"}', 'wrongEscape', '\\x'],
    ['{} {}', 'afterEnd', '{}'],
    ['{"a": 1, "a": 2}', 'sameKey', '"a"'],
    ['{"__proto__": {}}', 'barredKey', '"__proto__"'],
    ['{"\\u005f_proto__": {}}', 'barredKey', '"\\u005f_proto__"'],
    ['{"constructor": {"prototype": {}}}', 'barredKey', '"prototype"'],
  ])('says of %s where it is wrong', (text, code, sign) => {
    const { fault, value } = readJson(text)
    expect([fault?.code, fault === undefined ? '' : at(text, fault)]).toEqual([code, sign])
    expect(value).toBeUndefined()
  })

  it('takes no nesting that would overthrow the page', () => {
    expect(readJson('['.repeat(100_000)).fault?.code).toBe('tooDeep')
    expect(readJson('{"a":'.repeat(100_000)).fault?.code).toBe('tooDeep')
  })

  it('knows the rest of a text that is broken in one place', () => {
    const text =
      '{\n  "states": {\n    "a": { "on": { "go" } },\n    "b": { "tags": ["x"] }\n  },\n  "id": "p"\n}'
    const root = rootOf(text)
    expect(at(text, placeOf(root, '/states/b/tags/0').whole)).toBe('"x"')
    expect(at(text, placeOf(root, '/id').whole)).toBe('"id": "p"')
  })
})

describe('writing', () => {
  it('reads back as it was, the order of keys too', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(JSON.stringify(JSON.parse(writeJson(value)))).toBe(JSON.stringify(value))
      }),
    )
  })

  it('keeps what is small on one line', () => {
    expect(
      writeJson({ id: 'p', meta: { title: { en: 'Visit', zh: '上门' }, norms: ['HV-01', 'HV-02'] } }),
    ).toBe(
      '{\n  "id": "p",\n  "meta": {\n    "title": { "en": "Visit", "zh": "上门" },\n    "norms": ["HV-01", "HV-02"]\n  }\n}',
    )
  })
})

describe('places', () => {
  const text = writeJson(toJson(SHIPPED[1]))
  const root = rootOf(text)

  it('lead from every pointer to the text and back', () => {
    let count = 0
    const visit = (value: Json, pointer: string): void => {
      count++
      const { exact, node } = placeOf(root, pointer)
      expect(exact, pointer).toBe(true)
      if (node !== undefined) {
        expect(JSON.parse(at(text, node))).toEqual(value)
        if (node.kind === 'leaf') expect(pointerAt(root, node.from + 1)).toBe(pointer)
      }
      if (typeof value === 'object' && value !== null)
        for (const [key, held] of Object.entries(value))
          visit(held, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    }
    visit(toJson(SHIPPED[1]), '')
    expect(count).toBeGreaterThan(1000)
  })

  it('mark a value, the key of what is large, and the letters of an expression', () => {
    const small =
      '{ "a/b": { "guard": { "@expr": "job.x == \\"y\\" && job.zz", "@lang": "cel" } }, "n": [12, {}] }'
    const tree = rootOf(small)
    expect(at(small, markOf(small, tree, '/a~1b'))).toBe('"a/b"')
    expect(at(small, markOf(small, tree, '/n/0'))).toBe('12')
    expect(at(small, markOf(small, tree, '/n/1'))).toBe('{')
    expect(at(small, markOf(small, tree, '/a~1b/missing/more'))).toBe('"a/b"')
    const range = { start: 16, end: 22 }
    expect(at(small, markOf(small, tree, '/a~1b/guard', range))).toBe('job.zz')
    expect(at(small, markOf(small, tree, '/a~1b/guard/@expr', range))).toBe('job.zz')
  })
})

describe('differences', () => {
  const lines = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', 'dd\n', 'de\n'), { maxLength: 30 })

  it('make the one text the other', () => {
    fc.assert(
      fc.property(lines, lines, fc.string(), (one, other, end) => {
        const [before, after] = [one.join(''), other.join('') + end]
        expect(applyChanges(before, changesBetween(before, after))).toBe(after)
      }),
      { numRuns: 500 },
    )
  })

  it('are as small as the change', () => {
    const before = Array.from({ length: 5000 }, (_, index) => `line ${index}\n`)
    const after = before.toSpliced(4000, 1).with(10, 'line ten\n')
    expect(changesBetween(before.join(''), after.join(''))).toEqual([
      { from: 75, to: 77, insert: 'ten' },
      expect.objectContaining({ insert: '' }),
    ])
  })

  it('follow a value', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (one, other) => {
        const text = JSON.stringify(one, undefined, 3)
        const made = applyChanges(text, changesTo(text, rootOf(text), one, other))
        expect(JSON.stringify(JSON.parse(made))).toBe(JSON.stringify(other))
      }),
      { numRuns: 300 },
    )
  })

  it('leave alone what was laid out by hand', () => {
    const text = '{"delays": {\n      "late":   {"duration":"PT30M"} },\n "id":"p"}'
    const held = { delays: { late: { duration: 'PT30M' } }, id: 'p' }
    const changes = changesTo(text, rootOf(text), held, { ...held, delays: { late: { duration: 'PT20M' } } })
    expect(applyChanges(text, changes)).toBe(text.replace('30', '20'))
    expect(changes).toEqual([{ from: text.indexOf('30'), to: text.indexOf('30') + 1, insert: '2' }])
  })
})

describe('merging', () => {
  const base = 'one\ntwo\nthree\nfour\nfive\n'

  it('takes both where they do not touch', () => {
    const { text, touches } = mergeTexts(
      base,
      base.replace('two', '2'),
      base.replace('four', '4\n4.5'),
      'mine',
    )
    expect([text, touches]).toEqual(['one\n2\nthree\n4\n4.5\nfive\n', []])
  })

  it('loses neither where they touch, and takes the side that was chosen', () => {
    const [mine, theirs] = [base.replace('two', 'my'), base.replace('two', 'their').replace('five', '5')]
    const asMine = mergeTexts(base, mine, theirs, 'mine')
    expect(asMine.text).toBe('one\nmy\nthree\nfour\n5\n')
    expect(asMine.touches).toEqual([{ mine: 'my\n', theirs: 'their\n', line: 2 }])
    expect(mergeTexts(base, mine, theirs, 'theirs').text).toBe('one\ntheir\nthree\nfour\n5\n')
  })

  it('is the other where one changed nothing, and the same where both did the same', () => {
    const texts = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })
      .map((all) => all.map((each) => `${each}\n`).join(''))
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        expect(mergeTexts(one, one, other, 'mine')).toEqual({ text: other, touches: [] })
        expect(mergeTexts(one, other, one, 'theirs')).toEqual({ text: other, touches: [] })
        expect(mergeTexts(one, other, other, 'mine')).toEqual({ text: other, touches: [] })
      }),
    )
  })

  it('gives each side its own text where everything touches', () => {
    expect(mergeTexts('a\n', 'b\n', 'c\n', 'mine').text).toBe('b\n')
    expect(mergeTexts('a\n', 'x\na\n', 'y\na\n', 'theirs')).toMatchObject({
      text: 'y\na\n',
      touches: [{ line: 1 }],
    })
  })
})
