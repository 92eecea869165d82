/**
 * Stand-ins for the processes that a home visit is linked with: they say what the real ones say, at a word.
 */
import type { Definition } from '../../../machines/definition/schema.ts'
import { assign, cel, text } from '../../../machines/processes/author.ts'
import { depotRepair } from '../../../machines/processes/depot-repair/process.ts'
import { siteSafety } from '../../../machines/processes/site-safety/process.ts'

const word = (title: string) => ({ meta: { title: text(title, title), roles: ['safety-officer' as const] } })
const tell = (event: string) => ({ type: 'signal' as const, params: { to: 'parent' as const, event } })
const meta = (title: string) => ({ meta: { title: text(title, title) } })

/** Opens, suspends and closes a permit as told. */
export const permitStub: Definition = {
  id: 'site-safety',
  initial: 'preparing',
  schemas: {
    context: siteSafety.schemas.context,
    events: { open: word('open'), suspend: word('suspend'), close: word('close') },
  },
  meta: { title: text('Permit', '许可') },
  states: {
    preparing: {
      ...meta('preparing'),
      on: { open: { target: 'open', actions: [tell('permit.opened')] }, close: { target: 'closed' } },
    },
    open: {
      ...meta('open'),
      on: {
        suspend: { target: 'preparing', actions: [tell('permit.suspended')] },
        close: { target: 'closed', actions: [tell('permit.closed')] },
      },
    },
    closed: { type: 'final', ...meta('closed') },
  },
}

/** Ends with the outcome it is told. */
export const depotStub: Definition = {
  id: 'depot-repair',
  initial: 'working',
  schemas: {
    context: depotRepair.schemas.context,
    events: {
      finish: {
        properties: { outcome: { type: 'string', meta: { title: text('Outcome', '结果') } } },
        required: ['outcome'],
        meta: { title: text('Finish', '结束'), roles: ['front-desk'] },
      },
    },
  },
  meta: { title: text('Depot', '维修站') },
  states: {
    working: {
      ...meta('working'),
      on: { finish: { target: 'done', actions: [assign({ outcome: cel('event.outcome') })] } },
    },
    done: { type: 'final', ...meta('done') },
  },
}
