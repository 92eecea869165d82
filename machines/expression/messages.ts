/**
 * What is said of an expression that cannot stand: in plain words, in both languages, with a way out where one is known.
 *
 * Must not: show a word of the library's.
 */
import { CEL_DURATION, CEL_TIMESTAMP } from './cel.ts'
import type { ExpressionProblem } from './expression.ts'

export type Words = ExpressionProblem['message']

const TYPE_WORDS: Readonly<Record<string, Words>> = {
  string: { en: 'a text', zh: '文本' },
  int: { en: 'a whole number', zh: '整数' },
  double: { en: 'a number', zh: '数字' },
  bool: { en: 'true or false', zh: '“是/否”' },
  timestamp: { en: 'a point in time', zh: '时间点' },
  duration: { en: 'a length of time', zh: '时长' },
  null: { en: 'null', zh: '空值 null' },
  list: { en: 'a list', zh: '列表' },
  map: { en: 'an object', zh: '对象' },
  object: { en: 'an object', zh: '对象' },
}
const ANYTHING: Words = { en: 'something without a type', zh: '类型不明的值' }

/** A type by the name that people and the rest of the house know: `timestamp`, `list<object>`. */
export const plainType = (type: string): string =>
  type
    .replaceAll(CEL_TIMESTAMP, 'timestamp')
    .replaceAll(CEL_DURATION, 'duration')
    .replaceAll(/object\d+/g, 'object')
    .replaceAll(/dyn<(\w+)>/g, '$1')

function typeWords(type: string): Words {
  const plain = plainType(type.trim())
  const kind = plain.replace(/<.*$/, '')
  return Object.hasOwn(TYPE_WORDS, kind) ? (TYPE_WORDS[kind] ?? ANYTHING) : ANYTHING
}

const whole = (en: string, zh: string): Words => ({ en, zh })

/** A mistake in the writing. `at` is the text from where it was found. */
export function syntaxWords(code: string, at: string): Words {
  const [character = ''] = at
  if (at.trim() === '') return whole('The expression ends too early', '表达式不完整')
  if (/^=(?!=)/.test(at)) return whole('To compare, write == with two signs', '比较相等请写两个等号 ==')
  if (/^&(?!&)/.test(at) || /^and\b/i.test(at)) return whole('For “and”, write &&', '“并且”请写作 &&')
  if (/^\|(?!\|)/.test(at) || /^or\b/i.test(at)) return whole('For “or”, write ||', '“或者”请写作 ||')
  if (/^not\b/i.test(at)) return whole('For “not”, write !', '“非”请写作 !')
  if (/^[“”‘’「」]/.test(at)) return whole('Write quotation marks as " or \'', '请使用英文半角引号 " 或 \'')
  if (/^[\u3000-\u303f\uff00-\uffef]/.test(at))
    return whole(`Write “${character}” as a half-width sign`, `“${character}”请改用英文半角符号`)
  switch (code) {
    case 'unterminated_string':
    case 'unterminated_triple_quoted_string':
    case 'newline_in_string':
      return whole('This text has no closing quotation mark', '此处文本缺少结束引号')
    case 'reserved_identifier':
      return whole('This word is reserved and cannot be used', '此处是保留字，不能使用')
    case 'invalid_macro_argument':
      return whole(
        'has() takes a field, as has(job.field); a loop takes a name, as list.all(each, …)',
        'has() 的参数应为字段，如 has(job.field)；循环的第一个参数应为名称，如 list.all(each, …)',
      )
    default:
      return whole(`“${character}” cannot stand here`, `此处不能写“${character}”`)
  }
}

export function unknownWords(name: string, near: string | undefined): Words {
  if (near === undefined) return whole(`“${name}” is not known here`, `此处没有“${name}”`)
  return whole(
    `“${name}” is not known here; did you mean “${near}”？`,
    `此处没有“${name}”，是否想写“${near}”？`,
  )
}

export const noEventWords = whole(
  'There is no event here: this expression also runs without one',
  '此处没有事件：该表达式在没有事件时也会执行',
)
export const notOnEveryEventWords = (name: string): Words =>
  whole(
    `Not every event that leads here carries “${name}” with the same type`,
    `并非每个到达此处的事件都带有相同类型的“${name}”`,
  )

/** Two sides that an operator cannot join. */
export function operatorWords(operator: string, types: readonly string[]): Words {
  if (types.includes('null'))
    return whole(
      'To ask whether a field is set, write has(job.field)',
      '判断字段是否已填写，请用 has(job.field)',
    )
  const [left, right] = types.map(typeWords)
  if (left === undefined) return whole(`“${operator}” does not go with this`, `“${operator}”不能用于此处`)
  if (right === undefined)
    return whole(`“${operator}” does not go with ${left.en}`, `“${operator}”不能用于${left.zh}`)
  return whole(
    `“${operator}” does not go between ${left.en} and ${right.en}`,
    `“${operator}”不能用于${left.zh}与${right.zh}之间`,
  )
}

export function functionWords(name: string, types: readonly string[]): Words {
  if (types.length === 0) return whole(`${name}() cannot be used like this`, `${name}() 不能这样使用`)
  const [en, zh] = [types.map((one) => typeWords(one).en), types.map((one) => typeWords(one).zh)]
  return whole(`${name}() does not take ${en.join(', ')}`, `${name}() 不接受${zh.join('、')}`)
}

export const expectedWords = (expected: string, found: string): Words =>
  whole(
    `This must be ${typeWords(expected).en}, but it is ${typeWords(found).en}`,
    `此处应为${typeWords(expected).zh}，实际为${typeWords(found).zh}`,
  )

const TYPE_CODES: Readonly<Record<string, Words>> = {
  invalid_logical_operand: whole(
    '&& and || join conditions, each true or false; one of these is neither',
    '&& 和 || 的两边都必须是条件（是/否）',
  ),
  invalid_condition_type: whole('The condition must be true or false', '条件必须为“是/否”'),
  incompatible_ternary_branches: whole(
    'Both outcomes of “? :” must be of one type (null: write dyn(null))',
    '“? :” 的两个结果类型必须相同（空值请写 dyn(null)）',
  ),
  heterogeneous_list_element: whole('All items of a list must be of one type', '列表中各项的类型必须相同'),
  heterogeneous_map_key: whole('All keys of an object must be of one type', '对象的各个键类型必须相同'),
  heterogeneous_map_value: whole('All values of an object must be of one type', '对象的各个值类型必须相同'),
  invalid_comprehension_range: whole('Only a list can be gone through', '只能逐项处理列表'),
  cannot_index_type: whole('This has no fields', '此处的值没有下级字段'),
  invalid_index_type: whole('A list is asked by number, an object by name', '列表按序号取值，对象按名称取值'),
}
export const typeCodeWords = (code: string): Words =>
  (Object.hasOwn(TYPE_CODES, code) ? TYPE_CODES[code] : undefined) ??
  whole('These types do not fit together', '此处的类型不匹配')

export const tooLongWords = (most: number): Words =>
  whole(`An expression has at most ${most} characters`, `表达式最多 ${most} 个字符`)
export const tooComplexWords = whole(
  'This expression is too large or too deeply nested: split it up',
  '表达式过大或嵌套过深，请拆分',
)
export const loopsWords = (most: number): Words =>
  whole(`Loops stand at most ${most} deep within each other`, `循环最多嵌套 ${most} 层`)
export const costWords = whole(
  'This could go through too many items: make the loops smaller',
  '此表达式可能需要处理过多的项目，请缩小循环范围',
)
export const badDurationWords = (text: string): Words =>
  whole(
    `“${text}” is not a duration: write PT30M for 30 minutes, P1D for a day`,
    `“${text}”不是有效的时长：30 分钟写作 PT30M,1 天写作 P1D`,
  )
export const timestampWords = whole(
  'timestamp() takes a moment written out with its offset: timestamp("2026-07-01T09:00:00+08:00")',
  'timestamp() 的参数应为带时区偏移的完整时间：timestamp("2026-07-01T09:00:00+08:00")',
)

const INSTEAD: Readonly<Record<string, Words>> = {
  matches: whole(
    'matches() is not available, for a pattern can run for hours: use startsWith, endsWith or contains',
    '不支持 matches():正则匹配可能耗时过长，请用 startsWith、endsWith 或 contains',
  ),
  bind: whole('cel.bind() is not available: write the value out', '不支持 cel.bind(),请直接写出该值'),
}
const CLOCK_FIELD = /^get(Date|DayOf\w+|FullYear|Hours|Milliseconds|Minutes|Month|Seconds)$/

/** A function of CEL that is left out here; `undefined` for one that there never was. */
export function forbiddenWords(name: string): Words | undefined {
  if (Object.hasOwn(INSTEAD, name)) return INSTEAD[name]
  if (CLOCK_FIELD.test(name))
    return whole(
      `${name}() is not available, for it does not go by the organisation's time zone: use minutesOfDay() or dayOfWeek()`,
      `不支持 ${name}():它不按本单位时区计算，请用 minutesOfDay() 或 dayOfWeek()`,
    )
  return ['bytes', 'uint', 'type', 'json', 'hex', 'base64', 'at'].includes(name)
    ? whole(`${name}() is not available here`, `此处不支持 ${name}()`)
    : undefined
}
