/** What actions anywhere in a definition name: links to other jobs, events raised under an id. Must not: judge them. */
import { at, entriesOf, isList, isObject, type Json, textOf } from '../document/json.ts'

/** By which a job knows the jobs it started. */
export const linksIn = (definition: Json): string[] =>
  namesIn(definition, 'startJob', (action) => textOf(at(action, 'params', 'link')))

/** Under which a raised event can be taken back. */
export const raisedIn = (definition: Json): string[] =>
  namesIn(definition, '@xstate.raise', (action) => textOf(at(action, 'id')))

function namesIn(definition: Json, type: string, nameOf: (action: Json) => string | undefined): string[] {
  const found = new Set<string>()
  const open: Json[] = [definition]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isObject(value) && value.type === type) {
      const name = nameOf(value)
      if (name !== undefined) found.add(name)
    }
    if (isList(value)) open.push(...value)
    else if (isObject(value)) open.push(...entriesOf(value).map(([, inner]) => inner))
  }
  return [...found].toSorted()
}
