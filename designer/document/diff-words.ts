/**
 * Words for what changed: titles, values and labels in both languages.
 *
 * Must not: find what changed (`diff.ts`).
 */
import { drawing as english } from '../../machines/drawing/text/en.ts'
import { drawing as chinese } from '../../machines/drawing/text/zh.ts'
import { formatDuration, isDuration } from '../../machines/time/duration.ts'
import { at, isList, isObject, type Json, member, textOf } from './json.ts'
import { type Words, words } from './problem.ts'

const LONGEST = 80
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text)

/** The title of anything that has one, else its name. */
export function titled(value: Json | undefined, name: string): Words {
  const title = at(value, 'meta', 'title') ?? member(value, 'title') ?? value
  const [en, zh] = [textOf(member(title, 'en')), textOf(member(title, 'zh'))]
  return words(`“${en ?? zh ?? name}”`, `“${zh ?? en ?? name}”`)
}

/** A value as people say it; undefined where it is too much to say. */
export function said(value: Json | undefined): Words | undefined {
  if (typeof value === 'boolean') return value ? words('yes', '是') : words('no', '否')
  if (typeof value === 'number') return words(String(value), String(value))
  if (typeof value === 'string')
    return isDuration(value)
      ? words(formatDuration(value, 'en'), formatDuration(value, 'zh'))
      : words(short(value), short(value))
  if (isList(value))
    return value.length > 0 && value.every((entry) => typeof entry === 'string')
      ? words(short(value.join(', ')), short(value.join('、')))
      : undefined
  if (!isObject(value)) return undefined
  const expression = textOf(value['@expr'])
  if (expression !== undefined) return words(short(expression), short(expression))
  const [en, zh] = [textOf(member(value, 'en')), textOf(member(value, 'zh'))]
  const isText = Object.keys(value).every((key) => key === 'en' || key === 'zh')
  return isText && (en !== undefined || zh !== undefined)
    ? words(short(en ?? zh ?? ''), short(zh ?? en ?? ''))
    : undefined
}

/** Roles by their names; as they stand where one is none. */
function saidRoles(value: Json | undefined): Words | undefined {
  if (!isList(value) || value.length === 0) return said(value)
  const ids = value.flatMap((entry) => textOf(entry) ?? [])
  const names = (of: Readonly<Record<string, string>>) =>
    ids.map((id) => (Object.hasOwn(of, id) ? of[id] : id))
  return words(names(english.roles).join(', '), names(chinese.roles).join('、'))
}

const LABELS: Readonly<Record<string, Words>> = {
  title: words('title', '名称'),
  description: words('description', '说明'),
  norms: words('norms', '规范'),
  roles: words('who may do it', '可操作角色'),
  calendar: words('calendar', '日历'),
  from: words('counted from', '起算时间'),
  kind: words('kind', '类型'),
  type: words('type', '类型'),
  format: words('format', '格式'),
  enum: words('choices', '可选值'),
  options: words('titles of the choices', '选项名称'),
  default: words('default', '默认值'),
  minLength: words('shortest length', '最短长度'),
  maxLength: words('longest length', '最长长度'),
  minimum: words('least', '最小值'),
  maximum: words('most', '最大值'),
  items: words('entries', '列表项'),
  minItems: words('fewest entries', '最少项数'),
  maxItems: words('most entries', '最多项数'),
  properties: words('what it carries', '内容'),
  required: words('required', '是否必填'),
  personal: words('personal data', '个人信息'),
  locked: words('locked', '锁定'),
  evidence: words('evidence', '凭证'),
  keep: words('tick is kept', '保留勾选'),
  guard: words('condition', '条件'),
  actions: words('actions', '动作'),
  reenter: words('re-entry', '重新进入'),
  waivesChecklist: words('open with an open checklist', '可跳过检查项'),
  entry: words('entry actions', '进入动作'),
  exit: words('exit actions', '离开动作'),
  tags: words('tags', '标签'),
  id: words('id', '标识'),
  history: words('history', '历史类型'),
  reportable: words('reportable norms', '可举报规范'),
  summary: words('fields in lists', '列表字段'),
  assignee: words('assignee', '负责人字段'),
  region: words('region', '区域字段'),
  complaint: words('complaint process', '投诉流程'),
}

/** What a member is called. */
export const labelled = (key: string): Words =>
  LABELS[Object.hasOwn(LABELS, key) ? key : ''] ?? words(key, key)

/** “Contact deadline”: 30 minutes to 20 minutes. `label` is left out where the name says it all. */
export function changed(
  name: Words,
  label: Words | undefined,
  before: Json | undefined,
  after: Json | undefined,
): Words {
  const saying = label === LABELS.roles ? saidRoles : said
  const [old, now] = [saying(before), saying(after)]
  const en = label === undefined ? '' : `${label.en} `
  const zh = label === undefined ? '' : label.zh
  // Said in one language only: both readers are told which, and see what it says there.
  if (old !== undefined && now !== undefined && (old.en === now.en) !== (old.zh === now.zh)) {
    const [tongue, language] =
      old.en === now.en ? (['Chinese', '中文'] as const) : (['English', '英文'] as const)
    const [from, to] = old.en === now.en ? [old.zh, now.zh] : [old.en, now.en]
    return words(
      `${name.en}: ${en}in ${tongue}, ${from} to ${to}`,
      `${name.zh}：${language}${zh}由${spaced(from)}改为${spaced(to).trimEnd()}`,
    )
  }
  if (old !== undefined && now !== undefined && old.en !== now.en)
    return words(
      `${name.en}: ${en}${old.en} to ${now.en}`,
      `${name.zh}：${zh}由${spaced(old.zh)}改为${spaced(now.zh).trimEnd()}`,
    )
  if (before === undefined && now !== undefined)
    return words(`${name.en}: ${en}now ${now.en}`, `${name.zh}：${zh}设为 ${now.zh}`)
  if (after === undefined && old !== undefined)
    return words(`${name.en}: ${en}${old.en} removed`, `${name.zh}：取消${zh} ${old.zh}`)
  return words(`${name.en}: ${label?.en ?? 'value'} changed`, `${name.zh}：${label?.zh ?? '内容'}有变动`)
}
/** Set off from Chinese words where it does not begin or end with one. */
const spaced = (text: string): string =>
  `${/^[\x20-\x7e]/.test(text) ? ' ' : ''}${text}${/[\x20-\x7e]$/.test(text) ? ' ' : ''}`
