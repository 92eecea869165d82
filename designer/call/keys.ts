/**
 * Which key sends which event of a call.
 *
 * Promises: an event of the hotline has the same key in every call and every state, so that the hand learns it; what an
 * organisation adds to the process gets a free key, in the definition's order.
 * Must not: know whether an event is open.
 */

/** What comes next is on 1, the outcomes on 4 to 9, the caller's hang-up on 0. */
const STEADY: Readonly<Record<string, string>> = {
  answer: '1',
  divert: '2',
  'greeting.done': '1',
  'customer.record': '1',
  'request.record': '2',
  'request.further': '2',
  'hold.start': '3',
  'hold.acknowledge': '1',
  'hold.end': '3',
  'outcome.solved': '4',
  'outcome.visit': '5',
  'outcome.depot': '6',
  'outcome.fault': '7',
  'outcome.complaint': '8',
  'outcome.callBack': '9',
  'closing.done': '1',
  'callBack.made': '1',
  'callBack.unreached': '2',
  'caller.hungUp': '0',
  'agent.hungUp': 'X',
}
const FREE = [...'123456789', ...'QWERTYU']
const ITEMS = ['A', 'S', 'D', 'F', 'G']

/** The key of each event that has one. */
export function stepKeys(types: readonly string[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  const taken = new Set<string>()
  const give = (type: string, key: string | undefined): void => {
    if (key === undefined || taken.has(key)) return
    keys.set(type, key)
    taken.add(key)
  }
  for (const type of types) give(type, Object.hasOwn(STEADY, type) ? STEADY[type] : undefined)
  for (const type of types)
    if (!keys.has(type))
      give(
        type,
        FREE.find((key) => !taken.has(key)),
      )
  return keys
}

/** The key of a checklist item, by its place; the first few have one. */
export const itemKey = (index: number): string | undefined => ITEMS[index]
