/**
 * What is told to an endpoint of a change of a job, or of a new version of a process.
 *
 * Promises: the same change gives the same messages with the same ids, however often it is asked for.
 * Must not: tell fields of a job, words of people, or who did something.
 */
import type { Breach, Entry } from '../../machines/advance/job.ts'
import { isSample } from '../../machines/advance/sample.ts'
import type { JobMessage, MessageType, WebhookEvent } from '../../machines/wire/webhooks.ts'
import type { FeedItem } from '../store/port.ts'
import type { NewDelivery, WebhookEndpoint } from '../store/webhook-port.ts'

type Wanted = Pick<WebhookEndpoint, 'events' | 'process'>

export const messageOf = (
  id: string,
  type: MessageType,
  at: string,
  data: Record<string, unknown>,
): NewDelivery => ({ id, type, at, body: JSON.stringify({ type, timestamp: at, data }) })

/** Sample jobs are nobody's business outside. */
export function messagesOfChange({ entry, process, version }: FeedItem, wanted: Wanted): NewDelivery[] {
  if (isSample(entry.job) || (wanted.process !== undefined && wanted.process !== process)) return []
  return told(entry)
    .filter(({ type }) => wanted.events.includes(type))
    .map(({ type, part, more }) => {
      const data: JobMessage = { ...partOf(entry), process, version, ...more }
      return messageOf(`job_${entry.job}_${entry.seq}_${part}`, type, entry.at, data)
    })
}

export function messageOfVersion(
  { process, version, publishedAt }: { process: string; version: number; publishedAt: string },
  wanted: Wanted,
): NewDelivery[] {
  const type = 'process.published'
  if (!wanted.events.includes(type) || (wanted.process !== undefined && wanted.process !== process)) return []
  return [messageOf(`process_${process}_${version}`, type, publishedAt, { process, version })]
}

function partOf({ job, seq, status, active, command }: Entry): Omit<JobMessage, 'process' | 'version'> {
  return {
    job,
    seq,
    status,
    states: active,
    command: command.kind,
    ...(command.kind === 'event' ? { event: command.type } : {}),
  }
}

type Told = { type: WebhookEvent; part: string; more?: Partial<JobMessage> }
function told(entry: Entry): Told[] {
  const { command, breaches, effects } = entry
  return [
    ...(command.kind === 'start' ? [{ type: 'job.created' as const, part: 'created' }] : []),
    { type: 'job.changed', part: 'changed' },
    ...(hasEnded(entry) ? [{ type: 'job.ended' as const, part: 'ended' }] : []),
    ...breaches.map(
      (breach, at): Told => ({ type: 'norm.breached', part: `breached${at}`, more: broken(breach) }),
    ),
    ...breaches.flatMap((breach, at): Told[] =>
      breach.dueAt === undefined
        ? []
        : [{ type: 'deadline.missed', part: `missed${at}`, more: broken(breach) }],
    ),
    ...effects.flatMap((effect, at): Told[] =>
      effect.type === 'remind'
        ? [
            {
              type: 'job.reminded',
              part: `reminded${at}`,
              more: effect.norm === undefined ? {} : { norm: effect.norm },
            },
          ]
        : [],
    ),
    ...(command.kind === 'complain' ? [{ type: 'complaint.raised' as const, part: 'complaint' }] : []),
  ]
}

const broken = ({ norm, severity, dueAt }: Breach): Partial<JobMessage> => ({
  norm,
  severity,
  ...(dueAt === undefined ? {} : { dueAt }),
})

/** What may still be done to a job that is over leaves its states alone. */
const AFTERWARDS = [
  'note',
  'attach',
  'rate',
  'complain',
  'reportBreach',
  'correct',
  'linkEnded',
  'migrate',
  'erase',
]
const hasEnded = ({ status, command, taken }: Entry): boolean =>
  status !== 'active' && (taken.length > 0 || !AFTERWARDS.includes(command.kind))
