/**
 * What a job knows, as the new version keeps it: fields and ticks.
 *
 * Promises: no value is lost unasked; what comes out fits the new version's fields, but for a required field that was
 * already empty before.
 * Must not: know states or timers.
 */
import type { Context, Fields, Reason } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import { assigned } from '../compile/machine-config.ts'
import { valueWrong } from '../compile/reasons.ts'
import { checkFields, own } from '../definition/check-value.ts'
import type { Mapping } from './mapping.ts'
import { fieldTitle, say } from './names.ts'

type Kept = { context: Context; notes: Reason[] }
export type Carried = { ok: true; kept: Kept } | { ok: false; reasons: Reason[] }

/** In the frame of a run, for values may be computed. Throws `AssignFailed`. */
export function dataOf(from: Compiled, to: Compiled, mapping: Mapping, context: Context): Carried {
  const renamed = renamedFields(from, to, mapping, context.fields)
  if (!renamed.ok) return renamed
  const { checklist, notes } = ticksOf(to, mapping, context.checklist)
  const fields = { ...newDefaults(from, to), ...renamed.fields }
  const wanted = Object.entries(mapping.values ?? {}).filter(([name]) => !Object.hasOwn(fields, name))
  const filled = assigned(to.build, Object.fromEntries(wanted), {
    context: { fields, checklist },
    event: { type: '' },
  })
  const reasons = unfit(from, to, context.fields, filled)
  if (reasons.length > 0) return { ok: false, reasons }
  return { ok: true, kept: { context: { fields: filled, checklist }, notes: [...renamed.notes, ...notes] } }
}

function renamedFields(
  { definition: old }: Compiled,
  { definition: next }: Compiled,
  mapping: Mapping,
  fields: Fields,
): { ok: true; fields: Fields; notes: Reason[] } | { ok: false; reasons: Reason[] } {
  const [kept, notes, reasons]: [Fields, Reason[], Reason[]] = [{}, [], []]
  for (const [name, value] of Object.entries(fields)) {
    const said = own(mapping.fields, name)
    const to = said === undefined ? name : said
    const { en, zh } = fieldTitle(old, name)
    if (to === null) notes.push(say('field-given-up', `“${en}” is given up`, `放弃“${zh}”的内容`))
    else if (own(next.schemas.context.properties, to) === undefined)
      reasons.push(
        say(
          'field-gone',
          `“${en}” is not in the new version; name its successor, or give it up`,
          `新版本中没有“${zh}”，请指定对应的字段或放弃其内容`,
          { pointer: `/${name}` },
        ),
      )
    else kept[to] = value
  }
  return reasons.length > 0 ? { ok: false, reasons } : { ok: true, fields: kept, notes }
}

/** A field that both versions have and that is empty stays empty: someone may have emptied it. */
function newDefaults({ definition: old }: Compiled, { definition: next }: Compiled): Fields {
  const fields: Fields = {}
  for (const [name, field] of Object.entries(next.schemas.context.properties))
    if (field.default !== undefined && own(old.schemas.context.properties, name) === undefined)
      fields[name] = structuredClone(field.default)
  return fields
}

function unfit(
  { definition: old }: Compiled,
  { definition: next }: Compiled,
  before: Fields,
  after: Fields,
): Reason[] {
  const { properties, required = [] } = next.schemas.context
  const wasEmpty = (name: string) =>
    old.schemas.context.required?.includes(name) === true && !Object.hasOwn(before, name)
  const schema = { properties, required: required.filter((name) => !wasEmpty(name)) }
  return checkFields(schema, after).map((problem) => valueWrong(next, problem))
}

function ticksOf({ items }: Compiled, mapping: Mapping, ticks: Context['checklist']) {
  const checklist: Context['checklist'] = {}
  const notes: Reason[] = []
  for (const [id, tick] of Object.entries(ticks)) {
    const said = own(mapping.items, id)
    const to = said === undefined ? id : said
    if (to !== null && items.has(to)) checklist[to] = tick
    else
      notes.push(
        say('tick-dropped', `The tick of “${id}” falls away`, `检查项“${id}”的勾选不再保留`, { item: id }),
      )
  }
  return { checklist, notes }
}
