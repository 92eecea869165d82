/**
 * What a new transition needs to be told: where it leads, and what opens it.
 *
 * Promises: all of it by keyboard. Must not: change the document; it hands on what was chosen.
 */
import { Button, Group, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventRole } from '../../machines/definition/schema.ts'
import { DurationField, RolesField } from '../panels/fields.tsx'
import { type Opening, textIn } from './gestures.ts'

export type WayDraft = {
  readonly source: string
  readonly target?: string | undefined
  readonly into?: boolean
}
export type WayChosen = {
  readonly target: string | undefined
  readonly title: string
  readonly opening: Opening
}
type Choice = { readonly value: string; readonly label: string }

/** Values that are no path and no name. */
const NEW = '+'
const NOWHERE = '-'
const KINDS = ['event', 'after', 'always', 'done'] as const

export function ConnectDialog({
  draft,
  states,
  events,
  delays,
  canBeDone,
  close,
  finish,
}: {
  draft: WayDraft
  states: readonly Choice[]
  events: readonly Choice[]
  delays: readonly Choice[]
  canBeDone: boolean
  close(): void
  finish(chosen: WayChosen): void
}): ReactElement {
  const { t, i18n } = useTranslation()
  const [target, setTarget] = useState(draft.into === true ? NEW : (draft.target ?? null))
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<(typeof KINDS)[number]>('event')
  const [event, setEvent] = useState<string | null>(NEW)
  const [eventTitle, setEventTitle] = useState('')
  const [roles, setRoles] = useState<EventRole[]>(['engineer'])
  const [delay, setDelay] = useState<string | null>(NEW)
  const [duration, setDuration] = useState('PT30M')
  const [tried, setTried] = useState(false)
  const noTarget = target === null
  const noTitle = target === NEW && title.trim() === ''
  const noEvent = kind === 'event' && event === NEW && eventTitle.trim() === ''
  const opening = (): Opening => {
    if (kind === 'event')
      return event === NEW || event === null
        ? { kind: 'new-event', title: textIn(i18n.language, eventTitle.trim()), roles }
        : { kind: 'event', type: event }
    if (kind === 'after')
      return delay === NEW || delay === null
        ? {
            kind: 'new-delay',
            duration,
            title: textIn(i18n.language, t('edit.delayTitle', { state: labelOf(states, draft.source) })),
          }
        : { kind: 'delay', name: delay }
    return { kind }
  }
  const submit = (form: FormEvent): void => {
    form.preventDefault()
    setTried(true)
    if (noTarget || noTitle || noEvent) return
    finish({
      target: target === NEW || target === NOWHERE ? undefined : target,
      title: target === NEW ? title.trim() : '',
      opening: opening(),
    })
  }
  const kinds = KINDS.filter((each) => each !== 'done' || canBeDone)
  return (
    <Modal
      opened
      onClose={close}
      title={t('edit.newWay', { state: labelOf(states, draft.source) })}
      closeButtonProps={{ 'aria-label': t('edit.cancel') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Select
            label={t('edit.leadsTo')}
            data={[
              { value: NEW, label: t('edit.toNew') },
              ...states,
              { value: NOWHERE, label: t('edit.toNowhere') },
            ]}
            value={target}
            onChange={setTarget}
            searchable
            allowDeselect={false}
            {...focusFirst(draft.target === undefined && draft.into !== true)}
            error={tried && noTarget ? t('edit.chooseState') : null}
            comboboxProps={{ withinPortal: true }}
          />
          {target === NEW ? (
            <TextInput
              label={t('edit.newTitle')}
              value={title}
              onChange={(change) => setTitle(change.currentTarget.value)}
              {...focusFirst(true)}
              error={tried && noTitle ? t('edit.giveTitle') : null}
            />
          ) : null}
          <SegmentedControl
            fullWidth
            aria-label={t('edit.opensBy')}
            value={kind}
            onChange={(chosen) => setKind(kinds.find((each) => each === chosen) ?? 'event')}
            data={kinds.map((each) => ({ value: each, label: t(`edit.opens.${each}`) }))}
          />
          {kind === 'event' ? (
            <>
              <Select
                label={t('edit.event')}
                data={[{ value: NEW, label: t('edit.newEvent') }, ...events]}
                value={event}
                onChange={setEvent}
                searchable
                allowDeselect={false}
                comboboxProps={{ withinPortal: true }}
              />
              {event === NEW ? (
                <>
                  <TextInput
                    label={t('edit.eventTitle')}
                    description={t('edit.eventHelp')}
                    value={eventTitle}
                    onChange={(change) => setEventTitle(change.currentTarget.value)}
                    {...focusFirst(draft.target !== undefined)}
                    error={tried && noEvent ? t('edit.giveTitle') : null}
                  />
                  <RolesField label={t('edit.whoSends')} value={roles} system change={setRoles} />
                </>
              ) : null}
            </>
          ) : null}
          {kind === 'after' ? (
            <>
              <Select
                label={t('edit.delay')}
                data={[{ value: NEW, label: t('edit.newDelay') }, ...delays]}
                value={delay}
                onChange={setDelay}
                searchable
                allowDeselect={false}
                comboboxProps={{ withinPortal: true }}
              />
              {delay === NEW ? (
                <DurationField label={t('panel.amount')} value={duration} change={setDuration} />
              ) : null}
            </>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('edit.cancel')}
            </Button>
            <Button type="submit">{t('edit.draw')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
const labelOf = (choices: readonly Choice[], value: string): string =>
  choices.find((each) => each.value === value)?.label ?? value
/** The attribute counts by being there at all. */
const focusFirst = (first: boolean): { 'data-autofocus'?: true } => (first ? { 'data-autofocus': true } : {})
