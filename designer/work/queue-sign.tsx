/**
 * How it stands with what was done here: all sent, so many waiting and why, so many refused.
 *
 * Promises: always in the same place; said aloud when it changes, not with every act.
 */
import { Button, Text, UnstyledButton } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../shell/icons.tsx'
import type { QueueState } from './queue.ts'
import { useQueueState, useWork } from './work.ts'

type Look = 'sent' | 'sending' | 'waiting' | 'refused'
const lookOf = ({ acts, sending, hindrance }: QueueState): Look => {
  if (acts.some(({ state }) => state === 'refused')) return 'refused'
  if (!acts.some(({ state }) => state === 'waiting')) return 'sent'
  return sending && hindrance === undefined ? 'sending' : 'waiting'
}
const ICONS = { sent: 'check', sending: 'up', waiting: 'clock', refused: 'alert' } as const

export function QueueSign(): ReactElement {
  const { t } = useTranslation()
  const { queue } = useWork()
  const state = useQueueState()
  const look = lookOf(state)
  const waiting = state.acts.filter((act) => act.state === 'waiting').length
  const refused = state.acts.filter((act) => act.state === 'refused')
  const [first] = refused
  return (
    <div className="work-sign" data-look={look}>
      <Icon name={ICONS[look]} size={18} />
      <div role="status" className="work-sign-words">
        <Text size="sm" fw={600}>
          {look === 'sent'
            ? t('work.sign.sent')
            : look === 'refused'
              ? t('work.sign.refused', { count: refused.length })
              : t(look === 'sending' ? 'work.sign.sending' : 'work.sign.waiting', { count: waiting })}
        </Text>
        {waiting > 0 && look === 'refused' ? (
          <Text size="xs">{t('work.sign.waiting', { count: waiting })}</Text>
        ) : null}
        {state.hindrance === undefined || waiting === 0 ? null : (
          <Text size="xs">{t(`work.why.${state.hindrance}`)}</Text>
        )}
      </div>
      {first !== undefined ? (
        <UnstyledButton
          component={Link}
          to={`/work/${encodeURIComponent(first.job)}`}
          className="work-sign-go"
        >
          {t('work.sign.decide')}
        </UnstyledButton>
      ) : waiting === 0 || look === 'sending' ? null : state.hindrance === 'signed-out' ? (
        // The page itself asks who is there.
        <Button size="sm" variant="default" onClick={() => window.location.reload()}>
          {t('access.signIn')}
        </Button>
      ) : (
        <Button size="sm" variant="default" onClick={() => queue.wake()}>
          {t('work.sign.now')}
        </Button>
      )}
    </div>
  )
}
