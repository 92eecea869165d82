/**
 * What the page of webhooks asks and changes.
 *
 * Must not: keep a secret; whoever made it has it from the answer.
 */
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  ChangeWebhook,
  CreateWebhook,
  DeadDeliveries,
  NewWebhook,
  ResendDeliveries,
  WebhookList,
  WebhookTested,
  WebhookView,
} from '../../machines/wire/webhooks.ts'
import { ask } from '../session/api.ts'

const KEY = ['webhooks'] as const
const under = (id: string, rest = ''): string => `/api/webhooks/${encodeURIComponent(id)}${rest}`
/** Delivery goes on while somebody looks. */
const LOOK_AGAIN_MS = 5000

export const useWebhooks = (): UseQueryResult<WebhookList> =>
  useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ask<WebhookList>('/api/webhooks', { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  })

export const useDead = (id: string, dead: number): UseQueryResult<DeadDeliveries> =>
  useQuery({
    queryKey: [...KEY, id, 'dead', dead],
    queryFn: ({ signal }) => ask<DeadDeliveries>(under(id, '/dead'), { signal }),
  })

export function useMakeWebhook() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: CreateWebhook) => ask<NewWebhook>('/api/webhooks', { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  })
}

export function useWebhook(id: string) {
  const client = useQueryClient()
  const after = { onSettled: () => client.invalidateQueries({ queryKey: KEY }) }
  const change = useMutation({
    mutationFn: (body: ChangeWebhook) => ask<WebhookView>(under(id), { method: 'PATCH', body }),
    ...after,
  })
  const rotate = useMutation({
    mutationFn: () => ask<NewWebhook>(under(id, '/rotate'), { method: 'POST' }),
    ...after,
  })
  const test = useMutation({
    mutationFn: () => ask<WebhookTested>(under(id, '/test'), { method: 'POST' }),
    ...after,
  })
  const resend = useMutation({
    mutationFn: (body: ResendDeliveries) => ask(under(id, '/resend'), { method: 'POST', body }),
    ...after,
  })
  const drop = useMutation({ mutationFn: () => ask(under(id), { method: 'DELETE' }), ...after })
  return { change, rotate, test, resend, drop }
}
