/** What an endpoint can be told of, in the reader's words. */
import { useTranslation } from 'react-i18next'
import type { WebhookEvent } from '../../machines/wire/webhooks.ts'

/** A text's key has no dot of its own. */
const KEYS = {
  'job.created': 'jobCreated',
  'job.changed': 'jobChanged',
  'job.ended': 'jobEnded',
  'norm.breached': 'normBreached',
  'deadline.missed': 'deadlineMissed',
  'job.reminded': 'jobReminded',
  'complaint.raised': 'complaintRaised',
  'process.published': 'processPublished',
} as const satisfies Record<WebhookEvent, string>

export function useEventWords(): (event: WebhookEvent) => string {
  const { t } = useTranslation()
  return (event) => t(`webhooks.event.${KEYS[event]}`)
}
