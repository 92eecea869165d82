/**
 * Every problem a definition can have: its code, how grave it is, and what people read.
 *
 * Promises: codes are stable, in kebab case; `{name}` in a message stands for a value given with the problem.
 * Must not: hold a rule. Which problem is where, the other files of this folder find.
 */
import type { Text } from '../definition/schema.ts'

type Code = { severity: 'error' | 'warning'; en: string; zh: string }
const error = (en: string, zh: string): Code => ({ severity: 'error', en, zh })
const warning = (en: string, zh: string): Code => ({ severity: 'warning', en, zh })

export const CODES = {
  /* limits */
  'not-json': error('This is not JSON: {what}.', '不是合法的 JSON 内容：{what}。'),
  'too-large': error('The definition is larger than {limit}.', '流程定义超过 {limit}。'),
  'too-deep': error('Nested deeper than {limit} levels.', '嵌套超过 {limit} 层。'),
  'too-many-states': error('{count} states; at most {limit}.', '共有 {count} 个状态，最多 {limit} 个。'),
  'too-many-events': error('{count} events; at most {limit}.', '共有 {count} 个事件，最多 {limit} 个。'),
  'states-too-deep': error('States nested deeper than {limit} levels.', '状态嵌套超过 {limit} 层。'),
  'guard-too-deep': error('Guards nested deeper than {limit} levels.', '条件嵌套超过 {limit} 层。'),
  'expression-too-long': error(
    'An expression takes at most {limit} characters.',
    '表达式最多 {limit} 个字符。',
  ),
  'too-many-problems': warning(
    'There are more problems than are shown here; mend these first.',
    '问题过多，未全部列出，请先解决已列出的问题。',
  ),
  /* shape */
  'wrong-type': error('This must be {expected}.', '此处应为{expected}。'),
  'missing-key': error('“{key}” is missing.', '缺少“{key}”。'),
  'unknown-key': error('“{key}” is not known here.', '此处没有“{key}”这一项。'),
  'wrong-choice': error('“{value}” is not one of: {choices}.', '“{value}”不在可选范围内：{choices}。'),
  'bad-format': error('“{value}” must be {expected}.', '“{value}”应为{expected}。'),
  'too-long': error('At most {limit} characters.', '最多 {limit} 个字符。'),
  empty: error('This must not be empty.', '此处不能为空。'),
  'out-of-range': error('This must be at least {limit}.', '不得小于 {limit}。'),
  'unknown-guard': error('There is no guard “{name}”.', '没有名为“{name}”的条件。'),
  'unknown-action': error('There is no action “{name}”.', '没有名为“{name}”的动作。'),
  'unknown-role': error('There is no role “{name}”.', '没有名为“{name}”的角色。'),
  /* names */
  'reserved-name': error(
    '“{name}” cannot be a name: the language of the machine takes it.',
    '“{name}”是系统保留的名称，不能使用。',
  ),
  'bad-state-key': error(
    'The state “{name}” needs another key: a letter first, then letters, digits, - and _; no dots.',
    '状态“{name}”的键名无效：应以字母开头，只含字母、数字、- 和 _,不能有点号。',
  ),
  'bad-name': error('“{name}” must be {expected}.', '“{name}”应为{expected}。'),
  'reserved-event': error(
    'Events whose names begin with “{prefix}” belong to the machine itself.',
    '以“{prefix}”开头的事件由系统专用。',
  ),
  'duplicate-id': error('The id “{name}” is taken by another state.', '编号“{name}”已被另一个状态使用。'),
  'duplicate-item': error('The checklist item “{name}” is there twice.', '检查项“{name}”重复。'),
  /* references */
  'unknown-target': error('There is no state “{name}” to go to from here.', '从此处找不到目标状态“{name}”。'),
  'unknown-state': error('There is no state “{name}”.', '没有状态“{name}”。'),
  'unknown-event': error('There is no event “{name}”.', '没有事件“{name}”。'),
  'unknown-field': error('There is no field “{name}”.', '没有字段“{name}”。'),
  'unknown-payload': error(
    'The event “{event}” carries no “{name}”.',
    '事件“{event}”没有“{name}”这一数据项。',
  ),
  'missing-payload': error('The event “{event}” needs “{name}”.', '事件“{event}”缺少“{name}”。'),
  'unknown-norm': error('There is no norm “{name}”.', '没有规范“{name}”。'),
  'norm-not-reportable': error(
    'The norm “{name}” is neither a prohibition nor a rule of conduct: nobody reports it.',
    '规范“{name}”既非禁止事项也非行为规范，不能由人员上报。',
  ),
  'unknown-certificate': error(
    'There is no certificate “{name}”. List it under the process.',
    '没有证书“{name}”，请先在流程中登记。',
  ),
  'unknown-calendar': error('There is no calendar “{name}”.', '没有日历“{name}”。'),
  'unknown-delay': error('There is no delay “{name}”.', '没有时限“{name}”。'),
  'unknown-process': error('There is no process “{name}”.', '没有流程“{name}”。'),
  'unknown-link': error(
    'No action starts a job under the link “{name}”.',
    '没有任何动作以“{name}”关联工单。',
  ),
  'unknown-item': error('There is no checklist item “{name}”.', '没有检查项“{name}”。'),
  'unknown-raise': error(
    'Nothing raises an event under the id “{name}”.',
    '没有以“{name}”为编号的待触发事件。',
  ),
  'link-conflict': error(
    'The link “{name}” is used for two processes, “{one}” and “{other}”.',
    '关联名“{name}”同时用于两个流程：“{one}”和“{other}”。',
  ),
  'event-not-for-system': error(
    'Jobs cannot send “{name}”: its roles lack “system”.',
    '事件“{name}”的角色中没有“system”，工单之间无法发送。',
  ),
  'unmapped-field': error(
    'The process “{process}” cannot start without the field “{name}”.',
    '启动流程“{process}”必须提供字段“{name}”。',
  ),
  'not-a-person': error('“{name}” does not name a person.', '“{name}”不是人员字段。'),
  'within-what': error(
    'Name either a calendar or a field with windows.',
    '请指定日历或时间窗字段，二者选一。',
  ),
  'not-windows': error(
    '“{name}” is not a list of windows {from, to}.',
    '“{name}”不是时间窗（{from, to}）列表。',
  ),
  /* states */
  'missing-initial': error('It is not said which state comes first.', '未指定初始状态。'),
  'unknown-initial': error('“{name}” is not a state of this one.', '“{name}”不是此状态的下级状态。'),
  'needless-initial': error(
    'Only a state with a choice of states has a first one.',
    '只有复合状态才有初始状态。',
  ),
  'no-states': error('A {kind} state needs states within.', '此类状态（{kind}）必须包含下级状态。'),
  'needless-states': error('A {kind} state has no states within.', '此类状态（{kind}）不能包含下级状态。'),
  'atomic-with-states': error('An atomic state has no states within.', '原子状态不能包含下级状态。'),
  'final-with-exits': error('Nothing leads out of a final state.', '终止状态不能有出口。'),
  'history-with-content': error(
    'A history state only remembers: it has no “{key}”.',
    '历史状态仅用于恢复，不能有“{key}”。',
  ),
  'history-only': error('“{key}” belongs to history states.', '“{key}”只用于历史状态。'),
  'history-target': error(
    'The default of a history state must be a state beside it.',
    '历史状态的默认目标必须与其同属一个上级状态。',
  ),
  'history-without-default': warning(
    'Entered for the first time, this history state falls back to the first state. Name a default.',
    '首次进入时没有历史可恢复，将回到初始状态；请指定默认目标。',
  ),
  'targets-conflict': error(
    'These targets cannot be active together: “{one}” and “{other}”.',
    '目标“{one}”和“{other}”不能同时处于活动状态。',
  ),
  'unreachable-state': warning('No way leads to this state.', '没有任何路径能到达此状态。'),
  'dead-end': error('From here the job can never end.', '从此处开始，工单永远无法结束。'),
  'no-end': error('The process has no final state that it can reach.', '流程没有可到达的终止状态。'),
  'done-never': warning(
    'This way opens when the states within are done, but none of them is final.',
    '下级状态中没有终止状态，此出口永远不会打开。',
  ),
  /* events, transitions */
  'unused-event': warning('No state takes this event.', '没有任何状态处理此事件。'),
  'bad-descriptor': error(
    '“{name}” must be an event, “*”, or the beginning of events followed by “.*”.',
    '“{name}”应为事件名、“*”，或以“.*”结尾的事件名前缀。',
  ),
  'no-roles': error('Nobody may send this event: it names no role.', '此事件未指定任何角色，无人可以发送。'),
  'shadowed-transition': error(
    'This way is never taken: the one before it has no guard.',
    '此转移永远不会执行：其前一个转移没有条件。',
  ),
  'always-loop': error('This way is taken for ever, without rest.', '此转移会无休止地循环执行。'),
  'always-loop-likely': warning(
    'Nothing on this round changes what its guards ask: it may run without rest.',
    '此循环中没有任何动作会改变其条件，可能无休止地执行。',
  ),
  /* expressions */
  'expression-syntax': error('{en}', '{zh}'),
  'expression-type': error('{en}', '{zh}'),
  'expression-unknown-name': error('{en}', '{zh}'),
  'expression-forbidden': error('{en}', '{zh}'),
  'expression-too-complex': error('{en}', '{zh}'),
  /* data */
  'wrong-value': error('“{name}” {en}.', '“{name}”{zh}。'),
  'wrong-default': error('The default does not fit: it {en}.', '默认值不符合要求：{zh}。'),
  'misplaced-keyword': error('“{key}” means nothing for the type {type}.', '“{key}”不适用于类型 {type}。'),
  'empty-range': error('“{low}” lies above “{high}”.', '“{low}”大于“{high}”。'),
  'untitled-option': warning('The value “{name}” has no title.', '选项“{name}”没有标题。'),
  'unknown-option': error('“{name}” is not a value of this field.', '“{name}”不是此字段的可选值。'),
  'unused-field': warning(
    'Nothing reads or sets the field “{name}”. If it is kept for the record, say in its description what for.',
    '字段“{name}”从未被读取或赋值；如仅作记录，请在说明中写明用途。',
  ),
  'unused-setting': warning('No expression reads the setting “{name}”.', '没有表达式使用设置项“{name}”。'),
  /* time */
  'zero-delay': error(
    'A delay of no length needs “from”: counted from entering the state it is no delay.',
    '时长为零时必须指定起算时间“from”。',
  ),
  'negative-delay': error(
    'A delay before a point in time needs “from”: nothing lies before entering the state.',
    '负时长必须指定起算时间“from”，进入状态之前无法计时。',
  ),
  'long-delay': error('A delay is at most 10 years.', '时长不得超过 10 年。'),
  'unused-delay': warning('Nothing waits for the delay “{name}”.', '时限“{name}”从未被使用。'),
  /* checklists */
  'nobody-ticks': error('Nobody may tick this item.', '无人有权勾选此检查项。'),
  'item-bars-nothing': error(
    'This required item bars nothing: no way out of the state asks for it.',
    '此必办项不起作用：该状态没有任何需要完成它才能通过的出口。',
  ),
  /* text */
  'no-text': error('Words for people are missing.', '缺少文字说明。'),
  'missing-language': warning('The text is missing in {en}.', '缺少{zh}文本。'),
  untitled: warning('This has no title.', '没有标题。'),
} as const satisfies Record<string, Code>

export type ProblemCode = keyof typeof CODES

/** Values of a message: the same in both languages, or one for each. */
export type MessageValues = Record<string, string | number | Required<Text>>

/** The words of a problem. A value's control characters and length are tamed: it may come from a stranger. */
export function messageOf(code: ProblemCode, values: MessageValues = {}): { en: string; zh: string } {
  const fill = (template: string, language: 'en' | 'zh'): string =>
    template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      if (!Object.hasOwn(values, name)) return whole
      const value = values[name]
      return tame(typeof value === 'object' ? value[language] : String(value))
    })
  return { en: fill(CODES[code].en, 'en'), zh: fill(CODES[code].zh, 'zh') }
}

const LONGEST = 400
const tame = (value: string): string => {
  const plain = value.replaceAll(/\p{Cc}/gu, ' ')
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain
}
