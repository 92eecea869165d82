/**
 * A process as a handbook for those who work by it: states with their checklists and ways out, rules, deadlines, roles,
 * events, data and figures.
 *
 * Promises: everything a person must know of the definition stands in it; nothing stands in it that the definition or
 * the catalogue of norms does not say.
 * Must not: know HTML or Markdown (`page.ts`).
 */
import { checklistOf } from '../compile/checklists.ts'
import { own } from '../definition/check-value.ts'
import type { Action, ChecklistItem, Definition, EventRole, Field, Text } from '../definition/schema.ts'
import { buildTree, type Tree, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import { NORM_BY_ID } from '../norms.ts'
import { type Block, type Part, toHtml, toMarkdown } from './page.ts'
import {
  actionText,
  delayText,
  eventTitle,
  guardText,
  inLanguage,
  type Language,
  roleName,
  say,
  titleOf,
  triggerText,
} from './words.ts'

export type HandbookLanguage = Language | 'both'
const languagesOf = (language: HandbookLanguage): Language[] =>
  language === 'both' ? ['en', 'zh'] : [language]

/** For a browser to show and print. */
export function toHandbook(definition: Definition, language: HandbookLanguage): string {
  const [first = 'en'] = languagesOf(language)
  return toHtml(inLanguage(definition.meta.title, first, definition.id), partsOf(definition, language))
}
export const toHandbookMarkdown = (definition: Definition, language: HandbookLanguage): string =>
  toMarkdown(partsOf(definition, language))

function partsOf(definition: Definition, language: HandbookLanguage): Part[] {
  const tree = buildTree(definition)
  return languagesOf(language).map((each) => ({
    language: each,
    blocks: new Handbook(definition, tree, each).blocks(),
  }))
}

const heading = (level: 1 | 2 | 3 | 4, text: string): Block => ({ kind: 'heading', level, text })
/** None for a table without rows. */
const table = (head: string[], rows: string[][]): Block[] =>
  rows.length === 0 ? [] : [{ kind: 'table', head, rows }]

class Handbook {
  readonly #definition: Definition
  readonly #tree: Tree
  readonly #language: Language
  /** Where each norm is carried out. */
  readonly #norms = new Map<string, Set<string>>()

  constructor(definition: Definition, tree: Tree, language: Language) {
    this.#definition = definition
    this.#tree = tree
    this.#language = language
  }

  blocks(): Block[] {
    const { meta } = this.#definition
    const states = this.#states()
    const more = [
      ...this.#chapter('Deadlines and times', '时限', this.#delays()),
      ...this.#chapter('Roles', '角色', this.#roles()),
      ...this.#chapter('Events', '事件', this.#events()),
      ...this.#chapter('Data', '数据', this.#fields()),
      ...this.#chapter('Figures that may be changed', '可调整的参数', this.#settings()),
    ]
    const { description } = meta
    return [
      heading(1, this.#text(meta.title, this.#definition.id)),
      ...(description === undefined
        ? []
        : [{ kind: 'paragraph' as const, text: this.#text(description, '') }]),
      ...(this.#definition.description === undefined
        ? []
        : [{ kind: 'paragraph' as const, text: this.#definition.description }]),
      ...this.#chapter('States', '状态', states),
      ...this.#chapter('Rules', '规范', this.#rules()),
      ...more,
    ]
  }

  #say(en: string, zh: string): string {
    return say(this.#language, en, zh)
  }
  #text(text: Text | undefined, fallback: string): string {
    return inLanguage(text, this.#language, fallback)
  }
  #chapter(en: string, zh: string, blocks: Block[]): Block[] {
    return blocks.length === 0 ? [] : [heading(2, this.#say(en, zh)), ...blocks]
  }
  #title(place: TreeNode): string {
    return titleOf(place, this.#definition, this.#language)
  }
  #where(place: TreeNode): string {
    const above = place.parent
    const isTop = above === undefined || above.parent === undefined
    return isTop ? this.#title(place) : `${this.#where(above)} › ${this.#title(place)}`
  }

  /** The norms as text, and on record with the place. */
  #normed(norms: readonly string[] | undefined, where: string): string {
    for (const norm of norms ?? []) {
      const places = this.#norms.get(norm) ?? new Set()
      this.#norms.set(norm, places.add(where))
    }
    return (norms ?? []).join(', ')
  }

  /* --------------------------------------------------------------- states */

  #states(): Block[] {
    this.#normed(this.#definition.meta.norms, this.#title(this.#tree.root))
    return this.#tree.nodes.flatMap((place) => {
      const blocks = this.#state(place)
      if (place.parent !== undefined) return [heading(place.depth > 1 ? 4 : 3, this.#where(place)), ...blocks]
      return blocks.length === 0 ? [] : [heading(3, this.#say('From every state', '任何状态下')), ...blocks]
    })
  }

  #state(place: TreeNode): Block[] {
    const { node, parent } = place
    const where = this.#where(place)
    const about = [...this.#kind(place), ...(node.description === undefined ? [] : [node.description])]
    const described = parent === undefined ? undefined : node.meta?.description
    if (described !== undefined) about.push(this.#text(described, ''))
    const norms = parent === undefined ? '' : this.#normed(node.meta?.norms, where)
    if (norms !== '') about.push(this.#say(`Rules: ${norms}`, `规范:${norms}`))
    for (const [en, zh, actions] of [
      ['On entering', '进入时', node.entry],
      ['On leaving', '离开时', node.exit],
    ] as const)
      if (actions !== undefined && actions.length > 0)
        about.push(this.#say(`${en}: `, `${zh}:`) + this.#actions(actions, where).join('; '))
    return [
      ...(about.length === 0 ? [] : [{ kind: 'list' as const, items: about }]),
      ...this.#checklist(checklistOf(place), where),
      ...this.#ways(place, where),
    ]
  }

  #kind({ kind, children, initial, node, parent }: TreeNode): string[] {
    if (parent === undefined) return []
    const regions = children.map((each) => this.#title(each)).join(this.#say(', ', '、'))
    switch (kind) {
      case 'parallel':
        return [this.#say(`Goes on side by side: ${regions}`, `同时进行:${regions}`)]
      case 'final': {
        const tags = 'tags' in node ? (node.tags ?? []) : []
        if (parent.parent !== undefined) return [this.#say('An end of this part', '本阶段结束')]
        if (tags.includes('cancelled')) return [this.#say('An end: the job is cancelled', '结束:工单已取消')]
        return tags.includes('failed')
          ? [this.#say('An end: the job has failed', '结束:工单失败')]
          : [this.#say('An end: the job is done', '结束:工单完成')]
      }
      case 'history':
        return [this.#say('Back to where it was', '回到离开时的状态')]
      default:
        return initial === undefined
          ? []
          : [this.#say(`Begins with: ${this.#title(initial)}`, `起始状态:${this.#title(initial)}`)]
    }
  }

  #actions(actions: readonly Action[], where: string): string[] {
    return actions.map((action) => {
      if ('params' in action && 'norm' in action.params && action.params.norm !== undefined)
        this.#normed([action.params.norm], where)
      return actionText(action, this.#definition, this.#language)
    })
  }

  #checklist(items: readonly ChecklistItem[], where: string): Block[] {
    const s = (en: string, zh: string): string => this.#say(en, zh)
    const rows = items.map((item) => [
      [
        this.#text(item.title, item.id),
        ...(item.description === undefined ? [] : [this.#text(item.description, '')]),
      ].join('\n'),
      this.#required(item),
      EVIDENCE[item.evidence ?? 'none'][this.#language],
      (item.roles ?? []).map((role) => roleName(role, this.#language)).join(s(', ', '、')),
      this.#normed(item.norms, where),
    ])
    return table(
      [
        s('Checklist', '检查清单'),
        s('Required', '必需'),
        s('Evidence', '凭证'),
        s('Who', '执行人'),
        s('Rules', '规范'),
      ],
      rows,
    )
  }
  #required({ required = true }: ChecklistItem): string {
    if (typeof required === 'boolean') return required ? this.#say('yes', '是') : this.#say('no', '否')
    return this.#say(`if ${required['@expr']}`, `当 ${required['@expr']}`)
  }

  #ways({ transitions }: TreeNode, where: string): Block[] {
    const rows = transitions.map((each) => this.#way(each, where))
    const head = [
      this.#say('What happens', '触发'),
      this.#say('Only if', '条件'),
      this.#say('Leads to', '去向'),
      this.#say('And does', '同时执行'),
      this.#say('Rules', '规范'),
    ]
    return table(head, rows)
  }
  #way(placed: TreeTransition, where: string): string[] {
    const { transition, targets } = placed
    const { guard, actions = [], meta } = transition
    const roles = placed.trigger.kind === 'on' ? this.#rolesOf(placed.trigger.descriptor) : ''
    return [
      [triggerText(placed, this.#definition, this.#language), ...(roles === '' ? [] : [`(${roles})`])].join(
        '\n',
      ),
      guard === undefined ? '' : guardText(guard, this.#language),
      targets.length === 0
        ? this.#say('stays', '状态不变')
        : targets.map((target) => this.#where(target)).join('\n'),
      [
        ...this.#actions(actions, where),
        ...(meta?.waivesChecklist === true
          ? [this.#say('open checklist items do not bar it', '未完成的检查项不阻止此操作')]
          : []),
      ].join('\n'),
      this.#normed(meta?.norms, where),
    ]
  }

  #rolesOf(event: string): string {
    const roles: readonly EventRole[] = own(this.#definition.schemas.events, event)?.meta.roles ?? []
    return roles.map((role) => roleName(role, this.#language)).join(this.#say(', ', '、'))
  }

  /* --------------------------------------------------------------- tables */

  #rules(): Block[] {
    const reportable = this.#definition.meta.reportable ?? []
    const any = this.#say('reported by hand, at any time', '随时可人工登记违规')
    for (const norm of reportable) this.#normed([norm], any)
    for (const [name, delay] of Object.entries(this.#definition.delays ?? {}))
      this.#normed(delay.meta?.norms, this.#text(delay.meta?.title, name))
    for (const [type, event] of Object.entries(this.#definition.schemas.events)) {
      const title = this.#text(event.meta.title, type)
      this.#normed(event.meta.norms, title)
      for (const field of Object.values(event.properties ?? {})) this.#normed(field.meta?.norms, title)
    }
    for (const field of Object.values(this.#definition.schemas.context.properties))
      this.#normed(field.meta?.norms, this.#text(field.meta?.title, ''))
    for (const setting of Object.values(this.#definition.meta.settings ?? {}))
      this.#normed(setting.norms, this.#text(setting.title, ''))
    const rows = [...this.#norms.keys()].sort().map((id) => {
      const norm = NORM_BY_ID.get(id)
      const words = norm === undefined ? '' : this.#say(norm.en, norm.zh)
      return [id, words, norm?.figure ?? '', [...(this.#norms.get(id) ?? [])].join('\n')]
    })
    return table(
      [
        this.#say('Rule', '编号'),
        this.#say('What it says', '内容'),
        this.#say('Figure', '数值'),
        this.#say('Where', '位置'),
      ],
      rows,
    )
  }

  #delays(): Block[] {
    const rows = Object.entries(this.#definition.delays ?? {}).map(([name, delay]) => [
      this.#text(delay.meta?.title, name),
      delayText(delay, this.#language),
      KINDS[delay.meta?.kind ?? 'step'][this.#language],
      this.#tree.nodes
        .filter(({ transitions }) =>
          transitions.some(({ trigger }) => trigger.kind === 'after' && trigger.delay === name),
        )
        .map((place) => this.#where(place))
        .join('\n'),
      (delay.meta?.norms ?? []).join(', '),
    ])
    const s = (en: string, zh: string): string => this.#say(en, zh)
    return table(
      [s('Time', '时限'), s('How long', '时长'), s('Kind', '类型'), s('In', '所在状态'), s('Rules', '规范')],
      rows,
    )
  }

  #roles(): Block[] {
    const byRole = new Map<EventRole, string[]>()
    for (const [type, event] of Object.entries(this.#definition.schemas.events))
      for (const role of event.meta.roles)
        byRole.set(role, [...(byRole.get(role) ?? []), eventTitle(type, this.#definition, this.#language)])
    const rows = [...byRole].map(([role, events]) => [
      roleName(role, this.#language),
      events.join(this.#say(', ', '、')),
    ])
    return table([this.#say('Role', '角色'), this.#say('May', '可执行')], rows)
  }

  #events(): Block[] {
    const rows = Object.entries(this.#definition.schemas.events).map(([type, event]) => [
      [
        this.#text(event.meta.title, type),
        type,
        ...(event.meta.description === undefined ? [] : [this.#text(event.meta.description, '')]),
      ].join('\n'),
      this.#rolesOf(type),
      Object.entries(event.properties ?? {})
        .map(
          ([name, field]) =>
            `${this.#fieldLine(name, field)}${(event.required ?? []).includes(name) ? this.#say(', required', ',必填') : ''}`,
        )
        .join('\n'),
      (event.meta.norms ?? []).join(', '),
    ])
    const s = (en: string, zh: string): string => this.#say(en, zh)
    return table([s('Event', '事件'), s('Who', '角色'), s('Carries', '携带数据'), s('Rules', '规范')], rows)
  }

  #fieldLine(name: string, field: Field): string {
    const options = field.enum?.map((value) => this.#text(own(field.meta?.options, value), value)).join(' | ')
    return `${this.#text(field.meta?.title, name)} (${options ?? [field.type, field.format].filter(Boolean).join(' ')})`
  }

  #fields(): Block[] {
    const { properties, required = [] } = this.#definition.schemas.context
    const s = (en: string, zh: string): string => this.#say(en, zh)
    const rows = Object.entries(properties).map(([name, field]) => [
      [
        this.#fieldLine(name, field),
        ...(field.meta?.description === undefined ? [] : [this.#text(field.meta.description, '')]),
      ].join('\n'),
      name,
      [
        ...(required.includes(name) ? [s('needed at the start', '创建时必填')] : []),
        ...(field.meta?.personal === true ? [s('personal', '个人信息')] : []),
        ...(field.meta?.locked === true ? [s('set by the process alone', '仅由流程写入')] : []),
      ].join('\n'),
      (field.meta?.norms ?? []).join(', '),
    ])
    return table([s('Field', '字段'), s('Name', '名称'), s('Notes', '说明'), s('Rules', '规范')], rows)
  }

  #settings(): Block[] {
    const rows = Object.values(this.#definition.meta.settings ?? {}).map((setting) => [
      this.#text(setting.title, ''),
      Array.isArray(setting.value) ? setting.value.join(', ') : String(setting.value),
      (setting.norms ?? []).join(', '),
    ])
    return table([this.#say('Figure', '参数'), this.#say('Value', '值'), this.#say('Rules', '规范')], rows)
  }
}

const EVIDENCE = {
  none: { en: '', zh: '' },
  text: { en: 'text', zh: '文字' },
  number: { en: 'number', zh: '数值' },
  photo: { en: 'photo', zh: '照片' },
  signature: { en: 'signature', zh: '签名' },
  serial: { en: 'serial number', zh: '序列号' },
}
const KINDS = {
  deadline: { en: 'deadline: running out is a breach', zh: '期限:超时记为违规' },
  reminder: { en: 'reminder', zh: '提醒' },
  step: { en: 'the process moves on', zh: '流程自动推进' },
}
