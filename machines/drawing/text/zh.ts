/**
 * What a drawing says of its own, in Chinese. Keys as in `en.ts`, which holds the type.
 *
 * Must not: hold what a definition says of itself, or what only the pages around a drawing say.
 */
import { ROLE_WORDS } from '../../definition/role-words.ts'
import type { DrawingText } from './translate.ts'

export const drawing: DrawingText = {
  common: { list: '、' },
  chart: {
    unresolved: '指向不存在的“{{target}}”',
    entry: '进入时',
    exit: '离开时',
    checklist: '检查清单',
    actions: '动作',
    more: '+{{count}}',
    calendarNamed: '{{calendar}}',
    holds: '已折叠，内含 {{count}} 个状态',
  },
  trigger: {
    after: '{{duration}}后',
    before: '{{from}}前 {{duration}}',
    afterFrom: '{{from}}后 {{duration}}',
    at: '到{{from}}时',
    computed: '按计算的时间',
    always: '立即',
    done: '完成时',
    any: '任何事件',
    unknownDelay: '“{{delay}}”后',
  },
  guard: {
    and: '且',
    or: '或',
    not: '非（{{what}}）',
    notSign: '非',
    set: '已填写{{what}}',
    in: '属于',
    checklistDone: '清单已完成',
    stateIn: '处于“{{state}}”',
    qualified: '持有证书“{{certificate}}”',
    qualifiedOf: '{{person}}持有证书“{{certificate}}”',
    within: '在“{{calendar}}”内',
    withinWindows: '在{{field}}的时段内',
    unknown: '未知条件',
  },
  action: {
    assign: '设置{{fields}}',
    raise: '触发{{event}}',
    raiseAfter: '{{delay}}后触发{{event}}',
    cancel: '撤回{{id}}',
    breach: '记录违反 {{norm}}（{{severity}}）',
    remind: '提醒{{to}}：{{message}}',
    notify: '通知{{to}}：{{message}}',
    startJob: '发起{{process}}',
    signal: '告知{{to}}：{{event}}',
    parent: '发起本工单的工单',
    unknown: '未知动作',
  },
  roles: ROLE_WORDS.zh,
  severity: { minor: '轻微', major: '严重', critical: '重大' },
}
