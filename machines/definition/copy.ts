/**
 * A copy of a process under another id.
 *
 * Promises: the copy does what the original did: targets that go by the process's id (`#fault.open`) go by the new
 * one. Jobs that it starts of other processes, or of the original, stay as they are named.
 * Must not: change what it was given.
 */
import type { Definition, StateNode, Text } from './schema.ts'
import { buildTree } from './tree.ts'

/** @param definition one that was published */
export function copyDefinition(definition: Definition, id: string, title: Text): Definition {
  const copy = structuredClone(definition)
  const renamed = (target: string): string => {
    const [first = '', ...below] = target.split('.')
    return first === `#${definition.id}` ? [`#${id}`, ...below].join('.') : target
  }
  // The tree's nodes are the copy's own, read before the id changes.
  for (const { node, transitions } of buildTree(copy).nodes) {
    if (isHistory(node)) node.target = renamed(node.target)
    for (const { transition } of transitions) {
      const { target } = transition
      if (target === undefined) continue
      transition.target = typeof target === 'string' ? renamed(target) : target.map(renamed)
    }
  }
  return { ...copy, id, meta: { ...copy.meta, title } }
}

const isHistory = (node: StateNode | Definition): node is StateNode & { target: string } =>
  'target' in node && typeof node.target === 'string'
