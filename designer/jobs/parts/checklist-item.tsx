/**
 * One checklist item: to be confirmed, with the evidence it wants, or confirmed by whom and when.
 *
 * Promises: evidence that was typed, photographed or signed stays while it is sent, and when sending fails.
 * Must not: send; know a job or a page.
 */
import { Badge, Box, Button, Group, Progress, Stack, Text } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tick } from '../../../machines/advance/job.ts'
import type { OpenItem } from '../../../machines/wire/jobs.ts'
import { Icon } from '../../shell/icons.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { isRole } from '../statuses.ts'
import { EvidenceView } from './evidence-view.tsx'
import { useFirstFocus } from './first-focus.ts'
import type { FormSize } from './payload-input.tsx'
import { blankProof, isWhole, type Proof, wantedKind } from './proof.ts'
import { ProofField } from './proof-field.tsx'

/** `working`: a tick or its file is under way; `progress`: of the file, 0 to 1. */
export type ItemState = { working: boolean; progress?: number; problem?: ReactNode }

export function ChecklistItem({
  item,
  tick,
  nameOf,
  mayTick,
  isOthers = !mayTick,
  state,
  proof,
  put,
  confirm,
  takeBack,
  camera = false,
  takesFocus = false,
  size = 'sm',
}: {
  item: OpenItem
  /** Who confirmed it, when, and with what. */
  tick: Tick | undefined
  nameOf(person: string): string
  /** The reader may confirm it and take it back. */
  mayTick: boolean
  /** It is for people of other roles to confirm. */
  isOthers?: boolean
  state: ItemState
  /** What is being given; `undefined` while nothing is. */
  proof: Proof | undefined
  put(proof: Proof | undefined): void
  /** Without evidence for an item that wants none. */
  confirm(proof?: Proof): void
  takeBack(): void
  camera?: boolean
  /** The keyboard goes into the form when it opens. */
  takesFocus?: boolean
  size?: FormSize
}): ReactElement {
  const place = useFirstFocus<HTMLFormElement>(takesFocus && proof !== undefined)
  const { t } = useTranslation()
  const { say, time, list } = useSpeech()
  const title = say(item.title, item.id)
  const kind = wantedKind(item.evidence)
  const confirmed = tick === undefined ? undefined : { who: nameOf(tick.by), when: time(tick.at) }
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm" data-item={item.id}>
      <span
        className="fc-tick"
        data-done={item.done}
        role="img"
        aria-label={t(item.done ? 'job.itemDone' : 'job.itemOpen')}
      >
        {item.done ? <Icon name="check" size={13} /> : null}
      </span>
      <Stack gap={6} style={{ flex: 1, minWidth: 0 }}>
        <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
          <Box miw={0}>
            <Text size={size} className="fc-wrap">
              {title}
            </Text>
            <Text size="xs" c="dimmed" component="div">
              {confirmed === undefined ? (
                [
                  t(item.required ? 'job.required' : 'job.optional'),
                  ...(kind === undefined ? [] : [t('jobItem.with', { kind: t(`jobItem.evidence.${kind}`) })]),
                ].join(' · ')
              ) : (
                <span>{t('jobItem.confirmedBy', confirmed)}</span>
              )}
              {item.norms.map((norm) => (
                <Badge
                  key={norm}
                  size="xs"
                  ml={6}
                  color="indigo"
                  variant="light"
                  c="var(--mantine-color-text)"
                >
                  {norm}
                </Badge>
              ))}
            </Text>
          </Box>
          {!mayTick || proof !== undefined ? null : item.done ? (
            <Button
              size={size === 'sm' ? 'compact-sm' : size}
              variant="subtle"
              color="gray"
              c="dimmed"
              aria-label={t('jobItem.takeBackItem', { title })}
              loading={state.working}
              onClick={takeBack}
              style={{ flex: 'none' }}
            >
              {t('jobItem.takeBack')}
            </Button>
          ) : (
            <Button
              size={size === 'sm' ? 'compact-sm' : size}
              variant="light"
              aria-label={t('jobItem.confirmItem', { title })}
              loading={state.working}
              onClick={() => (kind === undefined ? confirm() : put(blankProof(kind)))}
              style={{ flex: 'none' }}
            >
              {t('jobItem.confirm')}
            </Button>
          )}
        </Group>
        {tick?.evidence === undefined ? null : <EvidenceView evidence={tick.evidence} title={title} />}
        {!isOthers || item.done ? null : (
          <Text size="xs" c="dimmed">
            {t('jobItem.roles', { roles: list(item.roles.filter(isRole).map((role) => t(`roles.${role}`))) })}
          </Text>
        )}
        {proof === undefined || item.done ? null : (
          <form
            ref={place}
            onSubmit={(submitted) => {
              submitted.preventDefault()
              if (isWhole(proof) && !state.working) confirm(proof)
            }}
          >
            <Stack gap="xs">
              <ProofField proof={proof} put={put} camera={camera} size={size} />
              <Sending state={state} />
              <Group gap="xs">
                <Button type="submit" size={size} disabled={!isWhole(proof)} loading={state.working}>
                  {t('jobItem.confirm')}
                </Button>
                <Button size={size} variant="default" disabled={state.working} onClick={() => put(undefined)}>
                  {t('jobItem.cancel')}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
        {state.problem}
      </Stack>
    </Group>
  )
}

function Sending({ state }: { state: ItemState }): ReactElement | null {
  const { t } = useTranslation()
  if (!state.working || state.progress === undefined) return null
  const percent = Math.round(state.progress * 100)
  const said = state.progress < 1 ? t('jobItem.sending', { percent }) : t('jobItem.sent')
  return (
    <div role="status">
      <Progress value={percent} aria-label={said} />
      <Text size="xs" c="dimmed">
        {said}
      </Text>
    </div>
  )
}
