/**
 * What an import could not carry over, or had to guess: the list that comes with every imported process.
 *
 * Promises: each note has its place in the file it came from and speaks both languages. An `error` means that the
 * process does something else, or cannot be published, until a person has looked at the place.
 * Must not: judge the definition that came out (`validate/` does).
 */
import Type, { type Static } from 'typebox'

export const Note = Type.Object(
  {
    severity: Type.Enum(['error', 'warning']),
    /** Stable, in kebab case. */
    code: Type.String(),
    /** In the file that was read: a JSON pointer, or `line:column`. */
    place: Type.String(),
    message: Type.Object({ en: Type.String(), zh: Type.String() }),
  },
  { additionalProperties: false },
)
export type Note = Static<typeof Note>

/** A reason in both languages. */
export type Said = Note['message']

type Kind = { severity: Note['severity']; en: string; zh: string }
const error = (en: string, zh: string): Kind => ({ severity: 'error', en, zh })
const warning = (en: string, zh: string): Kind => ({ severity: 'warning', en, zh })

const CODES = {
  unreadable: error('The file cannot be read: {why}', '无法读取该文件：{why}'),
  'too-large': error('The file is too large.', '文件过大。'),
  'too-deep': error('The file is nested too deeply.', '文件嵌套层数过多。'),
  'no-machine': error('The file holds no statechart.', '文件中没有状态图。'),
  'forbidden-markup': error(
    'The file holds “{what}”, which is not read for safety’s sake.',
    '文件中含有“{what}”，出于安全考虑不予读取。',
  ),
  renamed: warning(
    '“{from}” cannot be a name here; it is “{to}” now.',
    '“{from}”不能用作名称，已改为“{to}”。',
  ),
  'unknown-target': error('“{name}” names no state.', '“{name}”不是任何状态。'),
  'unknown-guard': error(
    'What the condition “{name}” means is code of another program. The name was kept: say it as an expression.',
    '条件“{name}”的含义写在其他程序的代码里。名称已保留，请改写为表达式。',
  ),
  'unknown-action': error(
    'What the action “{name}” does is code of another program. The name was kept: choose an action of this process.',
    '动作“{name}”的内容写在其他程序的代码里。名称已保留，请改用本系统的动作。',
  ),
  'unknown-delay': error(
    'How long “{name}” lasts is not in the file. The name was kept: give it a duration.',
    '文件中没有“{name}”的时长。名称已保留，请填写时长。',
  ),
  'expression-kept': error(
    '“{text}” was kept as it stands, but cannot be read as an expression here. Rewrite it.',
    '“{text}”已原样保留，但在此无法作为表达式读取，请改写。',
  ),
  'not-carried': warning('“{what}” was not carried over.', '“{what}”未能导入。'),
  'work-not-carried': error(
    '“{what}” does work of its own and was not carried over.',
    '“{what}”会执行自身的操作，未能导入。',
  ),
  'event-not-carried': error(
    'Nothing sends the event “{name}” here, so its transitions were not carried over.',
    '此处没有任何来源会发出事件“{name}”，其转移未导入。',
  ),
  'meta-not-carried': warning('“meta” does not fit and was not carried over.', '“meta”的结构不符，未导入。'),
  'roles-needed': warning(
    'Say who may send the event “{name}”: until then nobody may.',
    '请指定谁可以发送事件“{name}”，在此之前无人可以发送。',
  ),
  'type-guessed': warning(
    'The type of the field “{name}” was guessed: {type}.',
    '字段“{name}”的类型是推测的：{type}。',
  ),
  'started-by-step': warning(
    'The start “{name}” lies deeper than a state can begin here; a first step leads to it.',
    '起点“{name}”所在层级过深，已用一个起始步骤引向它。',
  ),
  'one-default': warning(
    'A history has one default here; of several the first was kept: “{name}”.',
    '历史状态只能有一个默认目标，已保留第一个：“{name}”。',
  ),
  'send-as-raise': warning(
    '“{name}” was sent to the machine itself; it is raised within the same step now.',
    '“{name}”原为发给自身的事件，现改为在同一步内触发。',
  ),
  'too-many-notes': warning('There is more than is listed.', '还有更多问题未列出。'),
} as const satisfies Record<string, Kind>
export type NoteCode = keyof typeof CODES

const MOST = 500
/** A name from outside may be as long as the file. */
const shorten = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text)

/** Collects notes; beyond 500 it says that there are more. */
export class Notes {
  readonly #found: Note[] = []
  #full = false

  add(code: NoteCode, place: string, values: Record<string, string | Said> = {}): void {
    if (this.#found.length >= MOST) {
      if (this.#full) return
      this.#full = true
    }
    const { severity, en, zh } = CODES[this.#full ? 'too-many-notes' : code]
    const fill = (text: string, language: keyof Said): string =>
      text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
        const value = Object.hasOwn(values, name) ? (values[name] ?? '') : whole
        return typeof value === 'string' ? shorten(value) : shorten(value[language])
      })
    const message = { en: fill(en, 'en'), zh: fill(zh, 'zh') }
    this.#found.push({ severity, code: this.#full ? 'too-many-notes' : code, place: shorten(place), message })
  }

  list(): Note[] {
    return this.#found
  }
}

/** `definition` is a draft: JSON that a person may still have to mend. Absent where nothing could be read. */
export type Imported = { definition?: Record<string, unknown>; notes: Note[] }
