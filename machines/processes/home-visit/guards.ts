/**
 * Conditions that several states of a home visit share.
 *
 * Must not: open a way by leaving something untold; each says `has(...)` where a field may be unset.
 */
import type { Action, Expression, Guard } from '../../definition/schema.ts'
import { all, any, assign, cel } from '../author.ts'

/** Paths of states that other regions look at. */
const FIXED = 'beforeVisit.arrangement.fixed'
const UNREACHABLE = 'beforeVisit.arrangement.unreachable'
const CONTACTING = 'beforeVisit.arrangement.contacting'
const REBOOKING = 'beforeVisit.arrangement.rebooking'
export const POSTPONING = 'beforeVisit.arrangement.postponing'
export const TRAVELLING = 'beforeVisit.preparation.travelling'
export const STUCK = 'onSite.visit.service.stuck'
export const CLOSING = 'onSite.visit.service.closing'

export const inState = (state: string): Guard => ({ type: 'stateIn', params: { state } })
/** The time is settled, or the customer could not be reached and is visited as promised (HV-05). */
export const timeStands = any(inState(FIXED), inState(UNREACHABLE))
/** Somebody is talking with the customer or deciding about a new time. */
export const timeInMotion = any(inState(CONTACTING), inState(REBOOKING), inState(POSTPONING))

const withinOwnHours = (at: string): string => {
  const minute = `double(minutesOfDay(${at}))`
  const from = 'job.customerHoursFrom * 60.0'
  const to = 'job.customerHoursTo * 60.0'
  return (
    `job.customerHoursFrom <= job.customerHoursTo ? (${minute} >= ${from} && ${minute} < ${to})` +
    ` : (${minute} >= ${from} || ${minute} < ${to})`
  )
}
const OWN_HOURS = 'has(job.customerHoursFrom) && has(job.customerHoursTo)'
const hours = (at: string): Guard[] => [
  cel(`${OWN_HOURS} && (${withinOwnHours(at)})`),
  all(cel(`!(${OWN_HOURS})`), { type: 'within', params: { calendar: 'customer-hours', at: cel(at) } }),
]
/** HV-41: the customer's own hours where they are known, else those of all customers. */
export const inCustomersHours = (at: string): Guard => any(...hours(at))
/** HV-41, for an event that can say that the customer asked for this hour. */
export const inHoursOrAsked = (at: string): Guard =>
  any(cel('has(event.customerAsked) && event.customerAsked'), ...hours(at))

/** Whoever approves must not be the one who asks. */
export const notTheEngineer = cel('!has(job.engineer) || actor.id != job.engineer')
export const inFuture = cel('event.time > now')
/** HV-40: by the owner's list, else the centre that bears the region's name. */
export const centreOf = (region: string): string =>
  `settings.serviceCentres.exists(c, c.startsWith(${region} + '='))` +
  ` ? settings.serviceCentres.filter(c, c.startsWith(${region} + '='))[0].substring(size(${region}) + 1)` +
  ` : ${region}`

/** The permit of a construction site is not open. */
export const permitMissing: Expression = cel("job.constructionSite && job.permitStatus != 'open'")

export const outcome = (value: string): Action => assign({ outcome: value })
export const cameOut = (...values: string[]): Expression =>
  cel(`job.outcome in [${values.map((value) => `'${value}'`).join(', ')}]`)
