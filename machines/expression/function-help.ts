/**
 * The functions of expressions in words: what each takes and gives, with an example.
 *
 * Promises: every function that the check passes, and no other (a test compares).
 * Must not: carry one out.
 */
import type { Words } from './messages.ts'

export type FunctionHelp = {
  /** The type it is called on, `list` for any list; undefined: it stands by itself. */
  readonly on?: 'string' | 'list'
  readonly takes: readonly string[]
  readonly gives: string
  readonly title: Words
  readonly example: string
}

const help = (
  takes: readonly string[],
  gives: string,
  en: string,
  zh: string,
  example: string,
  on?: 'string' | 'list',
): FunctionHelp => ({ takes, gives, title: { en, zh }, example, ...(on === undefined ? {} : { on }) })

export const FUNCTION_HELP: Readonly<Record<string, FunctionHelp>> = {
  has: help(['dyn'], 'bool', 'Whether a field is filled in', '字段是否已填写', 'has(job.engineer)'),
  size: help(
    ['dyn'],
    'int',
    'How many entries, or characters',
    '列表的项数或文本的字数',
    'size(job.parts) > 0',
  ),
  plus: help(
    ['timestamp', 'string'],
    'timestamp',
    'A time after a moment',
    '某时间之后',
    "plus(job.appointment, 'PT30M')",
  ),
  minus: help(
    ['timestamp', 'string'],
    'timestamp',
    'A time before a moment',
    '某时间之前',
    "minus(job.appointment, 'PT4H')",
  ),
  minutesOfDay: help(
    ['timestamp'],
    'int',
    "Minutes since midnight by the organisation's clocks",
    '本单位时区当天零点起的分钟数',
    'minutesOfDay(now) >= 540',
  ),
  dayOfWeek: help(
    ['timestamp'],
    'int',
    'Day of the week, 1 is Monday',
    '星期几，1 为周一',
    'dayOfWeek(now) <= 5',
  ),
  timestamp: help(
    ['string'],
    'timestamp',
    'A moment written out',
    '写定的时间',
    'timestamp("2026-07-01T09:00:00+08:00")',
  ),
  duration: help(['string'], 'duration', 'A length of time', '时长', 'duration("30m")'),
  int: help(['dyn'], 'int', 'As a whole number', '转为整数', 'int(job.price)'),
  double: help(['dyn'], 'double', 'As a number', '转为数字', 'double(job.count)'),
  string: help(['dyn'], 'string', 'As a text', '转为文本', 'string(job.count)'),
  bool: help(['dyn'], 'bool', 'As true or false', '转为“是/否”', 'bool("true")'),
  dyn: help(['dyn'], 'dyn', 'A value whose type is not checked', '不检查类型的值', 'dyn(null)'),
  all: help(
    ['dyn', 'bool'],
    'bool',
    'Every entry meets the condition',
    '每一项都满足条件',
    'job.parts.all(each, each.count > 0)',
    'list',
  ),
  exists: help(
    ['dyn', 'bool'],
    'bool',
    'Some entry meets the condition',
    '至少一项满足条件',
    "job.parts.exists(each, each.serial == 'A1')",
    'list',
  ),
  exists_one: help(
    ['dyn', 'bool'],
    'bool',
    'Exactly one entry meets the condition',
    '恰有一项满足条件',
    "job.parts.exists_one(each, each.serial == 'A1')",
    'list',
  ),
  filter: help(
    ['dyn', 'bool'],
    'list<dyn>',
    'The entries that meet the condition',
    '满足条件的各项',
    'job.parts.filter(each, each.count > 1)',
    'list',
  ),
  map: help(
    ['dyn', 'dyn'],
    'list<dyn>',
    'Something made of each entry',
    '由每一项得出的列表',
    'job.parts.map(each, each.serial)',
    'list',
  ),
  join: help(
    ['string'],
    'string',
    'The texts of a list as one',
    '将列表中的文本连接起来',
    "job.tags.join(', ')",
    'list',
  ),
  startsWith: help(
    ['string'],
    'bool',
    'Begins with a text',
    '以某文本开头',
    "job.name.startsWith('A')",
    'string',
  ),
  endsWith: help(['string'], 'bool', 'Ends with a text', '以某文本结尾', "job.name.endsWith('Z')", 'string'),
  contains: help(['string'], 'bool', 'Holds a text', '包含某文本', "job.name.contains('M')", 'string'),
  indexOf: help(
    ['string'],
    'int',
    'Where a text first stands, from 0',
    '文本首次出现的位置，从 0 起',
    "job.name.indexOf('-')",
    'string',
  ),
  lastIndexOf: help(
    ['string'],
    'int',
    'Where a text last stands, from 0',
    '文本最后出现的位置，从 0 起',
    "job.name.lastIndexOf('-')",
    'string',
  ),
  substring: help(
    ['int', 'int'],
    'string',
    'A part of a text',
    '文本的一段',
    'job.name.substring(0, 2)',
    'string',
  ),
  trim: help([], 'string', 'Without spaces at either end', '去掉首尾空格', 'job.name.trim()', 'string'),
  lowerAscii: help(
    [],
    'string',
    'In small letters (A to Z)',
    '转为小写字母',
    'job.name.lowerAscii()',
    'string',
  ),
  upperAscii: help(
    [],
    'string',
    'In capital letters (a to z)',
    '转为大写字母',
    'job.name.upperAscii()',
    'string',
  ),
  split: help(
    ['string'],
    'list<string>',
    'A text in pieces',
    '将文本拆分成列表',
    "job.name.split(',')",
    'string',
  ),
}
