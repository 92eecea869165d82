/**
 * Values given to fields and payloads by actions: known names, all that is required, literals that fit.
 *
 * Must not: check expressions among them (`expressions.ts`).
 */
import { checkValue, own } from '../definition/check-value.ts'
import { child } from '../definition/pointer.ts'
import type { ContextSchema, EventSchema, Value } from '../definition/schema.ts'
import { isExpression, type Model } from './model.ts'

/** Whose values they are: fields of the job itself, of a job to be started, or an event's payload. */
export type Owner = 'field' | { process: string; place: string } | { event: string; place: string }

export const eventAsSchema = ({ properties = {}, required = [] }: EventSchema): Required<ContextSchema> => ({
  properties,
  required,
})

export function checkValues(
  model: Model,
  schema: ContextSchema,
  values: Record<string, Value>,
  pointer: string,
  owner: Owner,
): void {
  const { sink } = model
  for (const [name, value] of Object.entries(values)) {
    const at = child(pointer, name)
    const field = own(schema.properties, name)
    if (field === undefined) {
      const fix = sink.renaming(at, name, Object.keys(schema.properties))
      if (owner !== 'field' && 'event' in owner)
        sink.add('unknown-payload', at, { name, event: owner.event }, { fix })
      else sink.add('unknown-field', at, { name }, { fix })
    } else if (!isExpression(value) && !(value === null && owner === 'field'))
      for (const { message } of checkValue(field, value)) sink.add('wrong-value', at, { name, ...message })
  }
  if (owner === 'field') return
  for (const name of schema.required ?? []) {
    if (Object.hasOwn(values, name)) continue
    if ('event' in owner) sink.add('missing-payload', owner.place, { name, event: owner.event })
    else sink.add('unmapped-field', owner.place, { name, process: owner.process })
  }
}
