import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, hashOf } from '../../../machines/definition/hash.ts'

test('keys are sorted by UTF-16 unit and spaces left out', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: 1e21, '\u{1F600}': 0, '\uFB33': 1 })).toBe(
    '{"a":1e+21,"b":[1,{"c":"é","d":null}],"\u{1F600}":0,"\uFB33":1}',
  )
})

test('the hash is SHA-256 over UTF-8', () => {
  expect(hashOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  expect(hashOf({ title: '上门' })).toBe(createHash('sha256').update('{"title":"上门"}').digest('hex'))
})

test('the order of keys does not matter, everything else does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      expect(hashOf(turned)).toBe(hashOf(value))
    }),
  )
  expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]))
})

test('members that are undefined are left out, as in JSON', () => {
  expect(hashOf({ a: 1, b: undefined })).toBe(hashOf({ a: 1 }))
})

test.each([
  ['undefined', undefined],
  ['a function', () => 1],
  ['NaN', [Number.NaN]],
  ['infinity', { a: Number.POSITIVE_INFINITY }],
  ['a lone surrogate', '\ud800'],
  ['a bigint', { a: 1n }],
])('%s is refused', (_, value) => {
  expect(() => hashOf(value)).toThrow(TypeError)
})
