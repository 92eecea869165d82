/**
 * What the document's tests share: the shipped processes opened, what dangles in a definition, commands at random.
 */

import { copyStates } from '../../../designer/document/clip.ts'
import { type Command, CommandStack } from '../../../designer/document/command-stack.ts'
import { addItem, moveItem, removeItem, renameItem } from '../../../designer/document/commands/checklist.ts'
import * as declare from '../../../designer/document/commands/declaration.ts'
import { dissolveState } from '../../../designer/document/commands/dissolve.ts'
import { alignStates, distributeStates, placeStates } from '../../../designer/document/commands/layout.ts'
import { extractStates, moveStates } from '../../../designer/document/commands/move.ts'
import { duplicateStates, pasteStates } from '../../../designer/document/commands/paste.ts'
import { setProcessMeta, setRoles, setText, setValue } from '../../../designer/document/commands/process.ts'
import { deleteStates } from '../../../designer/document/commands/remove.ts'
import * as state from '../../../designer/document/commands/state.ts'
import * as transition from '../../../designer/document/commands/transition.ts'
import { type Document, openDocument, treeOf } from '../../../designer/document/document.ts'
import { at, type Json, keysOf } from '../../../designer/document/json.ts'
import { DocumentError } from '../../../designer/document/problem.ts'
import type { Kind } from '../../../designer/document/questions.ts'
import { referencesIn } from '../../../designer/document/references.ts'
import { tokensOf } from '../../../machines/definition/pointer.ts'
import type { Tree, TreeNode } from '../../../machines/definition/tree.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { defaultContext, validate } from '../../../machines/validate/validate.ts'

export const shipped = SHIPPED
export const open = (id: string): Document => {
  const definition = SHIPPED.find((one) => one.id === id)
  if (definition === undefined) throw new Error(`no process ${id}`)
  return openDocument(JSON.parse(JSON.stringify(definition)))
}
export const stackOf = (id: string): CommandStack => new CommandStack(open(id))

const context = { ...defaultContext(), processes: new Map(SHIPPED.map((one) => [one.id, one])) }
/** Codes and places of what bars publishing. */
export const errorsOf = (definition: Json): string[] =>
  validate(definition, context)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path, message }) => `${code} ${path}: ${message.en}`)

/** Every name of a state that leads nowhere. */
export function dangling(definition: Json): string[] {
  const tree = treeOf(definition)
  const found = tree.nodes.flatMap((node) => [
    ...node.transitions.flatMap(({ pointer, unresolved }) => unresolved.map((text) => `${pointer}: ${text}`)),
    ...(typeof node.node.initial === 'string' && node.initial === undefined ? [`${node.path} initial`] : []),
    ...(at(definition, ...tokensOf(node.pointer), 'target') !== undefined && node.historyDefault === undefined
      ? [`${node.path} default`]
      : []),
  ])
  const named = referencesIn(definition).flatMap(({ kind, name, pointer }) =>
    kind === 'state' && !tree.byPath.has(name) ? [`${pointer}: ${name}`] : [],
  )
  return [...found, ...named]
}

/** The end of a random choice: `pick` numbers, taken modulo what there is to choose from. */
export type Dice = { command: number; one: number; two: number; three: number }

const chosen = <T>(list: readonly T[], die: number): T | undefined => list[die % Math.max(1, list.length)]
const inner = (tree: Tree): TreeNode[] => tree.nodes.filter(({ parent }) => parent !== undefined)
const KINDS: readonly Kind[] = ['atomic', 'compound', 'parallel', 'final', 'history']
const TITLE = { en: 'Anything', zh: '任意' }

/** A command on this document, as the dice fall; it may be one that is refused. */
export function randomCommand(document: Document, dice: Dice): Command {
  const { definition } = document
  const tree = treeOf(definition)
  const states = inner(tree)
  const a = chosen(states, dice.one)?.path ?? ''
  const b = chosen(tree.nodes, dice.two)?.path ?? ''
  const c = chosen(states, dice.three)?.path ?? ''
  const ways = tree.nodes.flatMap(({ transitions }) => transitions)
  const way = chosen(ways, dice.one)?.pointer ?? ''
  const siblings = (tree.byPath.get(a)?.parent?.children ?? []).map(({ path }) => path)
  const some = siblings.filter((_, index) => ((dice.two >> index) & 1) === 1)
  const fields = keysOf(at(definition, 'schemas', 'context', 'properties'))
  const events = keysOf(at(definition, 'schemas', 'events'))
  const delays = keysOf(at(definition, 'delays'))
  const settings = keysOf(at(definition, 'meta', 'settings'))
  const items = referencesIn(definition).flatMap(({ kind, how, name }) =>
    kind === 'item' && how === 'declares' ? [name] : [],
  )
  const field = chosen(fields, dice.one) ?? 'none'
  const event = chosen(events, dice.one) ?? 'none'
  const delay = chosen(delays, dice.one) ?? 'none'
  const item = chosen(items, dice.one) ?? 'none'
  const name = `fresh${dice.three % 1000}`
  const withUses = dice.two % 2 === 0
  const kind = chosen(KINDS, dice.three) ?? 'atomic'
  const menu: (() => Command)[] = [
    () => state.addState({ parent: b, kind, title: TITLE, box: { x: dice.one % 500, y: dice.three % 500 } }),
    () => state.renameState(a, name),
    () => state.renameState(a, chosen(siblings, dice.two)?.split('.').at(-1) ?? name),
    () => state.changeKind(a, kind),
    () => state.setInitial(a),
    () => state.setStateText(a, 'title', { en: name, zh: name }),
    () => state.setStateId(a, name),
    () => state.setStateNorms(a, ['HV-01']),
    () => state.renameProcess(name.toLowerCase()),
    () => moveStates([a], b),
    () => moveStates([a, c], b, { positions: { [a]: { x: 1, y: 2 } } }),
    () => moveStates([a], tree.byPath.get(a)?.parent?.path ?? '', { before: c.split('.').at(-1) ?? '' }),
    () => extractStates(some.length === 0 ? [a] : some),
    () => dissolveState(a),
    () =>
      dissolveState(
        chosen(
          states.filter(({ children }) => children.length > 0),
          dice.one,
        )?.path ?? a,
      ),
    () => deleteStates([a]),
    () => deleteStates([a, c], b),
    () => duplicateStates([a, c]),
    () => pasteStates(copyStates(document, [a]), b),
    () => pasteStates(copyStates(open(chosen(SHIPPED, dice.three)?.id ?? ''), ['cancelled']), b),
    () => transition.connect({ source: a, trigger: { kind: 'on', descriptor: event }, targets: [c] }),
    () => transition.connect({ source: a, trigger: { kind: 'always' }, targets: [c], index: 0 }),
    () => transition.reconnect(way, { source: c }),
    () => transition.reconnect(way, { target: c }),
    () => transition.setTrigger(way, { kind: 'after', delay }),
    () => transition.moveTransition(way, dice.two % 4),
    () => transition.removeTransitions([way]),
    () => transition.setGuard(way, { type: 'stateIn', params: { state: c } }),
    () => transition.setGuard(way, undefined),
    () => transition.setActions(way, [{ type: '@xstate.raise', event: { type: event } }]),
    () => transition.setReenter(way, withUses),
    () => declare.addField(name, { type: 'string', meta: { title: TITLE } }),
    () => declare.renameField(field, name),
    () => declare.removeField(field, { withUses }),
    () => declare.setFieldRequired(field, withUses),
    () => declare.renameEvent(event, name),
    () => declare.removeEvent(event, { withUses }),
    () => declare.renameDelay(delay, name),
    () => declare.removeDelay(delay, { withUses }),
    () => declare.renameSetting(chosen(settings, dice.one) ?? 'none', name),
    () => declare.reorder('field', fields.toReversed()),
    () => addItem(a, { id: name, title: TITLE }),
    () => renameItem(item, name),
    () => moveItem(item, dice.two % 3),
    () => removeItem(item),
    () => setProcessMeta('title', { en: name, zh: name }),
    () => setRoles(event, ['engineer']),
    () => setText(`/delays/${delay}/meta/title`, TITLE),
    () => setValue('/description', name),
    () => placeStates({ [a]: { x: dice.one % 900, y: dice.two % 900, width: 100, height: 50 } }),
    () => alignStates(siblings.slice(0, 3), 'center'),
    () => distributeStates(siblings.slice(0, 4), 'across'),
  ]
  const make = menu[dice.command % menu.length]
  if (make === undefined) throw new Error('no command')
  try {
    return make()
  } catch (error) {
    // Copying may refuse before there is a command.
    if (error instanceof DocumentError) return refusing(error)
    throw error
  }
}

const refusing = (error: DocumentError): Command => ({
  name: 'refused',
  title: { en: '', zh: '' },
  do: () => {
    throw error
  },
})

/** Whether it was done; what is refused must be refused in words. */
export function attempted(stack: CommandStack, command: Command): boolean {
  try {
    stack.execute(command)
    return true
  } catch (error) {
    if (error instanceof DocumentError) return false
    throw error
  }
}
