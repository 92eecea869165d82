import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ROLES } from '../../machines/definition/schema.ts'
import { isRight, RIGHTS } from '../../server/access/policy.ts'
import { problemFrom } from '../../server/http/errors.ts'
import { languageOf, problem, problemBody, problemOfRefusal } from '../../server/problem-details.ts'
import { isProblemCode, PROBLEMS } from '../../server/problem-table.ts'

describe('the table of errors', () => {
  it('is the one in docs/api.md', () => {
    const page = readFileSync('docs/api.md', 'utf8')
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \| (.+?) \|$/gm)].map(
      ([, code, status, title]) => ({
        code,
        status: Number(status),
        title,
      }),
    )
    const table = Object.entries(PROBLEMS).map(([code, { status, title }]) => ({
      code,
      status,
      title: title.en,
    }))
    expect(rows).toEqual(table)
  })
  it('has beside it every right, with its roles', () => {
    const page = readFileSync('docs/api.md', 'utf8')
    const rows = [...page.matchAll(/^\| `([a-z]+(?::[a-z]+)?)` \| ([^|]+) \|$/gm)].map(([, right, roles]) => [
      right,
      roles,
    ])
    expect(rows.map(([right]) => right)).toEqual(Object.keys(RIGHTS))
    for (const [right, roles] of rows) {
      const named = roles?.split(', ').filter((role) => ROLES.some((known) => known === role)) ?? []
      if (isRight(right) && named.length > 0 && !roles?.startsWith('everyone'))
        expect([right, named]).toEqual([right, RIGHTS[right]])
    }
  })
  it('explains each in both languages', () => {
    for (const [code, { title, about, status }] of Object.entries(PROBLEMS)) {
      expect([code, /^[A-Z`]/.test(title.en), /[\u4e00-\u9fff]/.test(title.zh)]).toEqual([code, true, true])
      expect([code, about.en.length > 10, /[\u4e00-\u9fff]/.test(about.zh)]).toEqual([code, true, true])
      expect([code, status >= 400 && status < 600]).toEqual([code, true])
    }
  })
  it('has no code from the prototype', () => {
    expect(isProblemCode('constructor')).toBe(false)
    expect(isProblemCode('refused')).toBe(true)
  })
})

describe('a problem', () => {
  it('becomes RFC 9457', () => {
    const detail = { en: 'No.', zh: '不行。' }
    expect(problemBody(problem('draft-stale', { detail, expected: 1, current: 2 }), 'zh', 'req-1')).toEqual({
      type: '/api/problems/draft-stale',
      title: '草稿已被他人保存',
      titles: { en: 'The draft was saved by someone else meanwhile', zh: '草稿已被他人保存' },
      status: 412,
      code: 'draft-stale',
      detail: '不行。',
      details: detail,
      instance: 'req-1',
      expected: 1,
      current: 2,
    })
  })
  it('cannot be given another status or type by an extension', () => {
    expect(problemBody(problem('refused', { status: 200, type: 'x', title: 'y' }), 'en')).toMatchObject({
      status: 409,
      type: '/api/problems/refused',
    })
  })
  it.each([
    ['role-missing', 403, 'role-missing'],
    ['payload-invalid', 422, 'payload-invalid'],
    ['fields-invalid', 422, 'fields-invalid'],
    ['guard-false', 409, 'refused'],
    ['job-over', 409, 'refused'],
  ] as const)('of the refusal %s has status %i', (code, status, type) => {
    const reasons = [{ code, message: { en: 'Why.', zh: '原因。' } }]
    const body = problemBody(problemOfRefusal({ code, reasons }), 'en')
    expect(body).toMatchObject({
      status,
      type: `/api/problems/${type}`,
      code,
      refusal: code,
      reasons,
      detail: 'Why.',
    })
  })
  it('keeps several reasons of a refusal apart', () => {
    const reasons = [
      { code: 'a', message: { en: 'Name is missing', zh: '姓名：缺少此项' } },
      { code: 'b', message: { en: 'Place is missing', zh: '地点：缺少此项' } },
    ]
    const refused = problemOfRefusal({ code: 'payload-invalid', reasons })
    expect(refused.detail).toEqual({
      en: 'Name is missing; Place is missing',
      zh: '姓名：缺少此项；地点：缺少此项',
    })
  })
  it('is made of what the framework throws, but not of our own faults', () => {
    expect(problemFrom(new TypeError('x'))).toBeUndefined()
    expect(problemFrom('thrown')).toBeUndefined()
    expect(problemFrom({ statusCode: 500 })).toBeUndefined()
    expect(problemFrom({ statusCode: 418 })?.code).toBe('bad-request')
    expect(problemFrom({ statusCode: 413, code: 'FST_ERR_CTP_BODY_TOO_LARGE' })?.code).toBe('too-large')
  })
})

describe('Accept-Language', () => {
  it.each([
    [undefined, 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB, zh;q=0.9', 'en'],
    ['fr, de', 'en'],
    ['fr, zh-Hant;q=0.2', 'zh'],
    ['en;q=0, zh;q=0.1', 'zh'],
    ['zh;q=nonsense, en;q=0.5', 'zh'],
    [',;;q=,'.repeat(500), 'en'],
  ] as const)('%s means %s', (header, language) => {
    expect(languageOf(header)).toBe(language)
  })
})
