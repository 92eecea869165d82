/**
 * A definition as a Mermaid `stateDiagram-v2`: for wikis and reviews.
 *
 * Promises: every state and transition is there, named in the language asked for; no text of a definition can be
 * read as a directive. Conditions, checklists and actions are left to the other forms.
 * Must not: lay anything out.
 */
import type { Definition } from '../definition/schema.ts'
import { buildTree, type TreeNode, type TreeTransition } from '../definition/tree.ts'
import { createTeller, type Language, type Teller } from './words.ts'

/** Never throws on a valid definition. */
export function toMermaid(definition: Definition, language: Language): string {
  const tree = buildTree(definition)
  const tell = createTeller(definition, language)
  const names = new Map(tree.nodes.map((place, index) => [place, `s${index}`]))
  const lines = ['---', `title: ${JSON.stringify(safe(tell.title(tree.root)))}`, '---', 'stateDiagram-v2']
  body(tree.root, '  ', { tell, names }, lines)
  for (const place of tree.nodes)
    for (const transition of place.transitions) lines.push(...arrows(transition, { tell, names }))
  return `${lines.join('\n')}\n`
}

type Drawing = { tell: Teller; names: ReadonlyMap<TreeNode, string> }

/** Signs by which Mermaid would read on as something else, as the entities it knows. */
const safe = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[#;:"<>{}[\]%`\\|]/g, (sign) => `#${sign.charCodeAt(0)};`)
    .replaceAll('--', '#45;#45;')

function body(place: TreeNode, indent: string, drawing: Drawing, lines: string[]): void {
  const { tell, names } = drawing
  if (place.initial !== undefined) lines.push(`${indent}[*] --> ${names.get(place.initial) ?? ''}`)
  place.children.forEach((below, index) => {
    if (place.kind === 'parallel' && index > 0) lines.push(`${indent}--`)
    const name = names.get(below) ?? ''
    const history = 'history' in below.node && below.node.history === 'deep' ? 'H*' : 'H'
    const words = below.kind === 'history' ? history : tell.title(below)
    lines.push(`${indent}state "${safe(words)}" as ${name}`)
    if (below.children.length > 0) {
      lines.push(`${indent}state ${name} {`)
      body(below, `${indent}  `, drawing, lines)
      lines.push(`${indent}}`)
    }
    if (below.kind === 'final') lines.push(`${indent}${name} --> [*]`)
  })
}

/** From the process itself an arrow leads from a state that stands for all of them. */
function arrows(transition: TreeTransition, { tell, names }: Drawing): string[] {
  const { source, targets } = transition
  const from = source.parent === undefined ? undefined : names.get(source)
  const label = safe(tell.trigger(transition).title)
  return targets.flatMap((target) => {
    const to = names.get(target)
    if (to === undefined || target.parent === undefined) return []
    if (from !== undefined) return [`  ${from} --> ${to} : ${label}`]
    const any = tell.say('any state', '任何状态')
    return [`  state "${any}" as any`, `  any --> ${to} : ${label}`]
  })
}
