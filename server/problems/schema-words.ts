/**
 * What a schema finds wrong, in Chinese; the library says it in English.
 *
 * Must not: say anything of where.
 */

/** As the library gives them. */
export type Params = Readonly<Record<string, unknown>>

/** By the keyword's own words; some keywords say only by their values what is wrong. */
export function inChinese(keyword: string | undefined, params: Params = {}): string {
  const words = CHINESE.get(keyword ?? '')
  return typeof words === 'string' ? words : (words?.(params) ?? '不符合要求')
}
const limited = (before: string, after: string) => (params: Params) => `${before} ${params.limit} ${after}`
const CHINESE: ReadonlyMap<string, string | ((params: Params) => string)> = new Map<
  string,
  string | ((params: Params) => string)
>([
  ['additionalProperties', '不得有其他属性'],
  ['anyOf', '不属于允许的任何一种形式'],
  ['const', '不是规定的值'],
  ['enum', '不是允许的值'],
  ['format', ({ format }) => `格式须为 ${format}`],
  ['maxItems', limited('不得多于', '项')],
  ['minItems', limited('不得少于', '项')],
  ['maxLength', limited('不得多于', '个字符')],
  ['minLength', limited('不得少于', '个字符')],
  ['maxProperties', limited('不得多于', '个属性')],
  ['minProperties', limited('不得少于', '个属性')],
  ['maximum', ({ limit }) => `不得大于 ${limit}`],
  ['minimum', ({ limit }) => `不得小于 ${limit}`],
  ['exclusiveMaximum', ({ limit }) => `须小于 ${limit}`],
  ['exclusiveMinimum', ({ limit }) => `须大于 ${limit}`],
  ['pattern', ({ pattern }) => `须符合 ${pattern}`],
  ['propertyNames', '属性名无效'],
  ['required', '缺少必需的属性'],
  ['type', ({ type }) => `类型须为 ${Array.isArray(type) ? type.join(' 或 ') : type}`],
  ['uniqueItems', '不得重复'],
])
