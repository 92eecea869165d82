/**
 * The chapter of a handbook about states: what each is for, its checklist, its ways out.
 *
 * Promises: every state, checklist item and transition stands in it, and each norm it names is noted in the book.
 * Must not: know HTML or Markdown.
 */
import { checklistOf } from '../compile/checklists.ts'
import { own } from '../definition/check-value.ts'
import type { Action, ChecklistItem, EventRole } from '../definition/schema.ts'
import type { TreeNode, TreeTransition } from '../definition/tree.ts'
import { type Book, heading, table } from './handbook-book.ts'
import type { Block } from './page.ts'

const EVIDENCE = {
  none: { en: '', zh: '' },
  text: { en: 'text', zh: '文字' },
  number: { en: 'number', zh: '数值' },
  photo: { en: 'photo', zh: '照片' },
  signature: { en: 'signature', zh: '签名' },
  serial: { en: 'serial number', zh: '序列号' },
}

/** Each state with its checklist and its ways out. */
export function states(book: Book): Block[] {
  book.normed(book.definition.meta.norms, book.tell.title(book.tree.root))
  return book.tree.nodes.flatMap((place) => {
    const blocks = state(book, place)
    if (place.parent !== undefined) return [heading(place.depth > 1 ? 4 : 3, book.where(place)), ...blocks]
    return blocks.length === 0 ? [] : [heading(3, book.tell.say('From every state', '任何状态下')), ...blocks]
  })
}

function state(book: Book, place: TreeNode): Block[] {
  const { node, parent } = place
  const where = book.where(place)
  const about = [...kind(book, place), ...(node.description === undefined ? [] : [node.description])]
  const described = parent === undefined ? undefined : node.meta?.description
  if (described !== undefined) about.push(book.tell.text(described, ''))
  const norms = parent === undefined ? '' : book.normed(node.meta?.norms, where)
  if (norms !== '') about.push(book.tell.say(`Rules: ${norms}`, `规范：${norms}`))
  for (const [en, zh, actions] of [
    ['On entering', '进入时', node.entry],
    ['On leaving', '离开时', node.exit],
  ] as const)
    if (actions !== undefined && actions.length > 0)
      about.push(
        book.tell.say(`${en}: `, `${zh}：`) + doings(book, actions, where).join(book.tell.say('; ', '；')),
      )
  return [
    ...(about.length === 0 ? [] : [{ kind: 'list' as const, items: about }]),
    ...checklist(book, checklistOf(place), where),
    ...ways(book, place, where),
  ]
}

function kind(book: Book, { kind, children, initial, node, parent }: TreeNode): string[] {
  if (parent === undefined) return []
  const regions = book.tell.list(children.map((each) => book.tell.title(each)))
  switch (kind) {
    case 'parallel':
      return [book.tell.say(`Goes on side by side: ${regions}`, `同时进行：${regions}`)]
    case 'final': {
      const tags = 'tags' in node ? (node.tags ?? []) : []
      if (parent.parent !== undefined) return [book.tell.say('An end of this part', '本阶段结束')]
      if (tags.includes('cancelled'))
        return [book.tell.say('An end: the job is cancelled', '结束：工单已取消')]
      return tags.includes('failed')
        ? [book.tell.say('An end: the job has failed', '结束：工单失败')]
        : [book.tell.say('An end: the job is done', '结束：工单完成')]
    }
    case 'history':
      return [book.tell.say('Back to where it was', '回到离开时的状态')]
    default:
      return initial === undefined
        ? []
        : [book.tell.say(`Begins with: ${book.tell.title(initial)}`, `起始状态：${book.tell.title(initial)}`)]
  }
}

function doings(book: Book, actions: readonly Action[], where: string): string[] {
  return actions.map((action) => {
    if ('params' in action && 'norm' in action.params && action.params.norm !== undefined)
      book.normed([action.params.norm], where)
    return book.tell.action(action)
  })
}

function checklist(book: Book, items: readonly ChecklistItem[], where: string): Block[] {
  const { say: s } = book.tell
  const rows = items.map((item) => [
    [
      book.tell.text(item.title, item.id),
      ...(item.description === undefined ? [] : [book.tell.text(item.description, '')]),
    ].join('\n'),
    required(book, item),
    EVIDENCE[item.evidence ?? 'none'][book.tell.language],
    book.tell.roles(item.roles ?? []),
    book.normed(item.norms, where),
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
function required(book: Book, { required = true }: ChecklistItem): string {
  if (typeof required === 'boolean') return required ? book.tell.say('yes', '是') : book.tell.say('no', '否')
  const condition = book.tell.expression(required['@expr'])
  return book.tell.say(`if ${condition}`, `当 ${condition}`)
}

function ways(book: Book, { transitions }: TreeNode, where: string): Block[] {
  const rows = transitions.map((each) => way(book, each, where))
  const head = [
    book.tell.say('What happens', '触发'),
    book.tell.say('Only if', '条件'),
    book.tell.say('Leads to', '去向'),
    book.tell.say('And does', '同时执行'),
    book.tell.say('Rules', '规范'),
  ]
  return table(head, rows)
}
function way(book: Book, placed: TreeTransition, where: string): string[] {
  const { transition, targets } = placed
  const { guard, actions = [], meta } = transition
  const { title, detail } = book.tell.trigger(placed)
  const { trigger } = placed
  // Of an event, who may send it says more than its key.
  const more = trigger.kind === 'on' ? rolesOf(book, trigger.descriptor) : detail
  return [
    more === '' ? title : `${title}\n${book.tell.say(`(${more})`, `（${more}）`)}`,
    guard === undefined ? '' : book.tell.guard(guard),
    targets.length === 0
      ? book.tell.say('stays', '状态不变')
      : targets.map((target) => book.where(target)).join('\n'),
    [
      ...doings(book, actions, where),
      ...(meta?.waivesChecklist === true
        ? [book.tell.say('open checklist items do not bar it', '未完成的检查项不阻止此操作')]
        : []),
    ].join('\n'),
    book.normed(meta?.norms, where),
  ]
}

/** Who may send an event. */
export function rolesOf(book: Book, event: string): string {
  const roles: readonly EventRole[] = own(book.definition.schemas.events, event)?.meta.roles ?? []
  return book.tell.roles(roles)
}
