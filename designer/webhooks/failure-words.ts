/** Why a message did not arrive, in the reader's words. */
import { useTranslation } from 'react-i18next'
import type { WebhookFailure } from '../../machines/wire/webhooks.ts'

export function useFailure(): (failure: WebhookFailure) => string {
  const { t } = useTranslation()
  return ({ reason, status = 0 }) => t(`webhooks.failure.${reason}`, { status })
}
