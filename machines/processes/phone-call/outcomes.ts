/**
 * The six outcomes of a call (PC-07), each a transition: what it records, which job it starts.
 *
 * Promises: none is taken before the request is on record (PC-21); none ends a call by itself.
 */
import type { Action, Guard, Transition, Value } from '../../definition/schema.ts'
import { all, assign, cel, not, notify, text, toField } from '../author.ts'
import { assignGiven, CUSTOMER_FILE, handOver, optional } from '../customer-file.ts'

const requestKnown = cel('has(job.problem)')
const NORMS = ['PC-07', 'PC-21']

const startJob = (process: string, link: string, fields: Record<string, Value>): Action => ({
  type: 'startJob',
  params: { process, link, fields },
})

/** The outcomes, leading to `target`. */
export function outcomeTransitions(target: string): Record<string, Transition | Transition[]> {
  const way = (
    guards: Guard[],
    outcome: string,
    actions: Action[],
    result: Value = optional('event.result'),
  ): Transition => ({
    target,
    guard: guards.length === 0 ? requestKnown : all(requestKnown, ...guards),
    actions: [assign({ outcome, result }), ...actions],
    meta: { norms: NORMS },
  })
  const bringing = cel('has(event.bringing) && event.bringing')
  return {
    'outcome.solved': way([], 'solved', []),
    'outcome.visit': way([cel('event.timeWanted > now'), cel('has(job.customerAddress)')], 'visit', [
      assignGiven('timeWanted', 'distanceBand'),
      startJob('home-visit', 'visit', {
        timeWanted: cel('event.timeWanted'),
        problem: cel('job.problem'),
        problemKind: cel('job.problemKind'),
        severity: cel('job.severity'),
        distanceBand: optional('event.distanceBand'),
        ...handOver(...CUSTOMER_FILE, 'region', 'orderNumber', 'serialNumber'),
      }),
    ]),
    'outcome.depot': [
      way([bringing, cel('has(job.customerName) && has(job.customerPhone)')], 'depot', [
        startJob('depot-repair', 'repair', {
          problem: cel('job.problem'),
          problemKind: cel('job.problemKind'),
          severity: cel('job.severity'),
          ...handOver(...CUSTOMER_FILE, 'region', 'orderNumber', 'serialNumber'),
        }),
      ]),
      way([not(bringing)], 'depot', []),
    ],
    'outcome.fault': way([cel('!has(event.startedAt) || event.startedAt <= now')], 'fault', [
      startJob('fault', 'fault', {
        description: cel('job.problem'),
        startedAt: cel('has(event.startedAt) ? event.startedAt : now'),
        system: optional('event.system'),
        problemKind: cel('job.problemKind'),
        severity: cel('job.severity'),
        ...handOver(...CUSTOMER_FILE, 'region', 'orderNumber', 'serialNumber'),
      }),
    ]),
    'outcome.complaint': way(
      [],
      'complaint',
      [
        startJob('complaint', 'complaint', {
          text: cel('event.text'),
          quality: cel('has(event.quality) && event.quality'),
          aboutJob: optional('event.aboutJob'),
          ...handOver(...CUSTOMER_FILE, 'region', 'orderNumber', 'serialNumber'),
        }),
      ],
      cel('event.text'),
    ),
    'outcome.callBack': way([cel('event.callBackAt > now')], 'call-back', [
      assignGiven('callBackAt'),
      notify(
        [toField('agent')],
        text('You have promised a customer a call-back.', '您已向客户承诺回电，请按时回复。'),
        'PC-07',
      ),
    ]),
  }
}
