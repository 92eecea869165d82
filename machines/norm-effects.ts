/**
 * Where each norm bites: read from the definitions themselves, so that the table cannot claim what no machine holds.
 *
 * Promises: an effect is listed only with its place in a definition, or with the part of the engine that every job
 * or every publishing goes through. `bites` says whether the effects are strong enough for the norm's kind.
 * Must not: be edited to make a norm look covered.
 */
import { checklistOf } from './compile/checklists.ts'
import { inWords } from './compile/reasons.ts'
import { child } from './definition/pointer.ts'
import type { Action, Definition, Field, Guard, Text } from './definition/schema.ts'
import { buildTree, type Tree } from './definition/tree.ts'
import { NORMS, type Norm } from './norms.ts'

const EFFECT_KINDS = [
  'deadline',
  'breach',
  'item',
  'field',
  'event',
  'transition',
  'certificate',
  'state',
  'setting',
  'reportable',
  'engine',
  'publishing',
  'review',
] as const
type EffectKind = (typeof EFFECT_KINDS)[number]

export type NormEffect = {
  /** Absent for what the engine does on every job, and for what publishing asks of every process. */
  process?: string
  kind: EffectKind
  /** JSON pointer into the definition; empty where no definition says it. */
  pointer: string
  title: { en: string; zh: string }
  /** It bars the way: a required item or field, a guard, or the only way there is. */
  enforced: boolean
}
export type NormRow = Norm & { effects: NormEffect[]; status: 'effective' | 'pending' }

const always = (en: string, zh: string): NormEffect => ({
  kind: 'engine',
  pointer: '',
  title: { en, zh },
  enforced: true,
})
/** What every job has, whatever its process. */
const ENGINE: Record<string, NormEffect[]> = {
  'GN-01': [always('Working calendar of every business-time deadline', '所有工作时间期限所依据的工作日历')],
  'GN-07': [always('A complaint can be raised on any job', '任何工单均可提出投诉')],
  'GN-10': [always('Satisfaction can be rated on any job', '任何工单均可评价满意度')],
  'GN-22': [
    always('The history of every job', '每张工单的完整历史记录'),
    always(
      'A daily work log of each person, made from the histories',
      '由工单历史自动生成的每人每日工作日志',
    ),
  ],
}
const inReview = (en: string, zh: string): NormEffect => ({
  kind: 'review',
  pointer: '',
  title: { en, zh },
  enforced: true,
})
/** What holds for the work of people, over whatever jobs they had. */
const REVIEW: Record<string, NormEffect[]> = {
  'GN-10': [inReview('Surveys by period, counted in the review', '按周期的满意度调查，计入考核')],
  'GN-13': [
    inReview(
      'Review per person and period, reckoned from history by written rules',
      '按人员与周期、依成文规则由历史记录计算的考核',
    ),
  ],
  'GN-25': [
    inReview(
      'A weak or grave case is passed over only with a reason, on record',
      '考核差或情节严重者如从轻处理，须说明理由并记录在案',
    ),
  ],
}
/** What holds when a version of any process is published. */
const PUBLISHING: Record<string, NormEffect[]> = {
  'GN-19': [
    {
      kind: 'publishing',
      pointer: '',
      title: {
        en: 'Approval rule of a process: published only when all named persons agree',
        zh: '流程的审批规则：指定人员全部同意后方可发布',
      },
      enforced: true,
    },
  ],
  'GN-24': [
    {
      kind: 'publishing',
      pointer: '',
      title: {
        en: 'Findings from practice stay open until a published version names them as answered',
        zh: '来自实践的改进意见在某一发布版本注明已答复之前保持待处理',
      },
      enforced: true,
    },
  ],
}

type Put = (norms: readonly string[] | undefined, effect: Omit<NormEffect, 'process'>) => void

/** All effects of the norms in the given processes, by norm id. */
function effectsOf(definitions: readonly Definition[]): ReadonlyMap<string, NormEffect[]> {
  const effects = new Map<string, NormEffect[]>()
  for (const everywhere of [ENGINE, PUBLISHING, REVIEW])
    for (const [norm, always] of Object.entries(everywhere))
      effects.set(norm, [...(effects.get(norm) ?? []), ...always])
  for (const definition of definitions) {
    const put: Put = (norms = [], effect) => {
      for (const norm of norms)
        effects.set(norm, [...(effects.get(norm) ?? []), { process: definition.id, ...effect }])
    }
    const tree = buildTree(definition)
    readData(definition, put)
    readDelays(definition, tree, put)
    readStates(tree, put)
    for (const norm of definition.meta.reportable ?? [])
      put([norm], {
        kind: 'reportable',
        pointer: '/meta/reportable',
        title: { en: 'Can be reported as broken', zh: '可上报违规' },
        enforced: false,
      })
  }
  return effects
}

const named = (text: Text | undefined, fallback: string) => inWords(text, fallback)

function readFields(
  properties: Record<string, Field>,
  required: readonly string[],
  pointer: string,
  put: Put,
): void {
  for (const [name, field] of Object.entries(properties)) {
    put(field.meta?.norms, {
      kind: 'field',
      pointer: child(pointer, 'properties', name),
      title: named(field.meta?.title, name),
      enforced: required.includes(name),
    })
    const nested = field.type === 'array' ? field.items : field
    const below =
      field.type === 'array'
        ? child(pointer, 'properties', name, 'items')
        : child(pointer, 'properties', name)
    if (nested?.properties !== undefined) readFields(nested.properties, nested.required ?? [], below, put)
  }
}

function readData({ schemas, meta }: Definition, put: Put): void {
  readFields(schemas.context.properties, schemas.context.required ?? [], '/schemas/context', put)
  for (const [type, event] of Object.entries(schemas.events)) {
    const pointer = child('/schemas/events', type)
    put(event.meta.norms, { kind: 'event', pointer, title: named(event.meta.title, type), enforced: true })
    readFields(event.properties ?? {}, event.required ?? [], pointer, put)
  }
  for (const [name, setting] of Object.entries(meta.settings ?? {}))
    put(setting.norms, {
      kind: 'setting',
      pointer: child('/meta/settings', name),
      title: named(setting.title, name),
      enforced: false,
    })
}

const breaches = (actions: readonly Action[] | undefined): string[] =>
  (actions ?? []).flatMap((action) => (action.type === 'breach' ? [action.params.norm] : []))

/** A delay counts as a deadline where its running out puts the same norm on record as broken. */
function readDelays({ delays = {} }: Definition, tree: Tree, put: Put): void {
  const broken = new Map<string, Set<string>>()
  for (const { trigger, transition, targets } of tree.nodes.flatMap((node) => node.transitions)) {
    if (trigger.kind !== 'after') continue
    const found = [...breaches(transition.actions), ...targets.flatMap(({ node }) => breaches(node.entry))]
    broken.set(trigger.delay, new Set([...(broken.get(trigger.delay) ?? []), ...found]))
  }
  for (const [name, delay] of Object.entries(delays))
    for (const norm of delay.meta?.norms ?? [])
      put([norm], {
        kind: 'deadline',
        pointer: child('/delays', name),
        title: named(delay.meta?.title, name),
        enforced: broken.get(name)?.has(norm) === true,
      })
}

function mentionsCertificate(guard: Guard | undefined): boolean {
  if (guard === undefined || '@expr' in guard) return false
  if (guard.type === 'qualified') return true
  if (guard.type === 'and' || guard.type === 'or') return guard.params.guards.some(mentionsCertificate)
  return guard.type === 'not' && mentionsCertificate(guard.params.guard)
}

function readStates(tree: Tree, put: Put): void {
  for (const node of tree.nodes) {
    const { meta } = node.node
    put(meta?.norms, {
      kind: 'state',
      pointer: node.pointer,
      title: named(meta?.title, node.key),
      enforced: true,
    })
    checklistOf(node).forEach((item, index) => {
      put(item.norms, {
        kind: 'item',
        pointer: child(node.pointer, 'meta', 'checklist', index),
        title: named(item.title, item.id),
        enforced: item.required !== false,
      })
    })
    for (const { transition, pointer } of node.transitions) {
      const title = named(transition.meta?.title, pointer)
      put(transition.meta?.norms, {
        kind: mentionsCertificate(transition.guard) ? 'certificate' : 'transition',
        pointer,
        title,
        enforced: true,
      })
      for (const norm of breaches(transition.actions))
        put([norm], { kind: 'breach', pointer, title, enforced: true })
    }
    for (const norm of [...breaches(node.node.entry), ...breaches(node.node.exit)])
      put([norm], {
        kind: 'breach',
        pointer: node.pointer,
        title: named(meta?.title, node.key),
        enforced: true,
      })
  }
}

/** What an effect must be for a norm of each kind. */
const STRONG: Record<Norm['kind'], (effect: NormEffect) => boolean> = {
  deadline: ({ kind, enforced }) => (kind === 'deadline' && enforced) || (kind === 'breach' && enforced),
  step: ({ kind, enforced }) => enforced && (kind === 'item' || kind === 'field' || kind === 'engine'),
  evidence: ({ kind, enforced }) => enforced && (kind === 'item' || kind === 'field' || kind === 'engine'),
  order: ({ enforced }) => enforced,
  consent: ({ enforced }) => enforced,
  qualification: ({ kind }) => kind === 'certificate',
  prohibition: ({ kind }) => kind === 'reportable',
  conduct: ({ kind }) => kind === 'reportable',
}
/** Whether the effects carry the norm out, as its kind asks. */
export const bites = (norm: Norm, effects: readonly NormEffect[]): boolean => effects.some(STRONG[norm.kind])

/** The whole catalogue with its effects: what `/api/norms` and `docs/norms.md` show. */
export function normTable(definitions: readonly Definition[]): NormRow[] {
  const effects = effectsOf(definitions)
  return NORMS.map((norm) => {
    const found = effects.get(norm.id) ?? []
    return { ...norm, effects: found, status: bites(norm, found) ? 'effective' : 'pending' }
  })
}
