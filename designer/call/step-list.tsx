/**
 * The events of the present state, each with its key: open ones to send, their small forms in place, barred ones with why.
 *
 * Must not: send; know keys other than to show them.
 */
import { Alert, Button, Group, List, Stack, Text, UnstyledButton } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Allowed, Reason } from '../../machines/advance/job.ts'
import type { Role } from '../../machines/definition/schema.ts'
import { NORM_BY_ID } from '../../machines/norms.ts'
import { ROLE_NAMES } from '../jobs/statuses.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { KeyCap } from './key-cap.tsx'
import { NormMark } from './script-part.tsx'
import { StepForm } from './step-form.tsx'
import type { Call } from './use-call.ts'
import type { Doubt, Steps } from './use-steps.ts'

export type StepListProps = {
  call: Call
  steps: Steps
  keys: ReadonlyMap<string, string>
  /** The event whose form is open. */
  opened: string | undefined
  /** Somebody else is on the line. */
  isLocked: boolean
  press(event: Allowed): void
  close(sent: boolean): void
}

const isRole = (role: string | undefined): role is Role => ROLE_NAMES.some((each) => each === role)
/** So many stand below each other. */
const FEW = 4
/** As the keys lie: 1 to 9, 0, then the letters. */
const ROW = '1234567890'
function inOrder(events: readonly Allowed[], keys: ReadonlyMap<string, string>): Allowed[] {
  const place = ({ type }: Allowed): number => {
    const at = ROW.indexOf(keys.get(type) ?? ' ')
    return at < 0 ? ROW.length : at
  }
  return events.toSorted((one, other) => place(one) - place(other))
}

/** It is others' to send, whatever the state. */
export const isOthers = ({ reasons }: Allowed): boolean => reasons.some(({ role }) => role !== undefined)

export function StepList(props: StepListProps): ReactElement {
  const { t } = useTranslation()
  const { job } = props.call
  const mine = inOrder(
    job.allowed.filter((event) => !isOthers(event)),
    props.keys,
  )
  const others = job.allowed.filter(isOthers)
  // What could not be done, of an item or of an event that is no longer here: another was faster.
  const { failed } = props.steps
  const homeless = job.allowed.some(({ type }) => type === failed?.type) ? undefined : failed
  return (
    <Stack gap="xs">
      {props.steps.doubt === undefined ? null : <DoubtPart {...props} doubt={props.steps.doubt} />}
      {homeless === undefined ? null : <ProblemNotice error={homeless.error} />}
      {mine.length === 0 ? <Text size="sm">{t('call.noSteps')}</Text> : null}
      <ul className="call-steps" data-many={mine.length > FEW} aria-label={t('call.steps')}>
        {mine.map((event) => (
          <li key={event.type} data-step={event.type} data-wide={props.opened === event.type || undefined}>
            <Step {...props} event={event} />
          </li>
        ))}
      </ul>
      {others.length === 0 ? null : (
        <details>
          <summary>{t('call.others', { count: others.length })}</summary>
          <Stack gap={6} mt={6}>
            {others.map((event) => (
              <Step key={event.type} {...props} event={event} />
            ))}
          </Stack>
        </details>
      )}
    </Stack>
  )
}

function Step({ event, ...props }: StepListProps & { event: Allowed }): ReactElement {
  const { say } = useSpeech()
  const { steps, keys, opened, press, call, close, isLocked } = props
  const { type, norms } = event
  const open = event.open && !isLocked
  const key = keys.get(type)
  const failed = steps.failed?.type === type ? steps.failed.error : undefined
  const isOpened = opened === type && open
  return (
    <div className="call-step" data-open={open} data-sending={steps.sending === type}>
      <UnstyledButton
        className="call-step-button"
        aria-disabled={!open}
        aria-expanded={isOpened ? true : undefined}
        {...(key === undefined ? {} : { 'aria-keyshortcuts': key })}
        onClick={() => press(event)}
      >
        {key === undefined ? <span className="call-key" /> : <KeyCap name={key} />}
        <span className="call-step-words">
          <Text component="span" fw={600} className="fc-wrap">
            {say(event.title, type)}
          </Text>
          {norms.map((norm) => (
            <NormMark key={norm} norm={norm} />
          ))}
          {open ? null : <Icon name="lock" size={14} />}
        </span>
      </UnstyledButton>
      {event.open ? null : <Why event={event} />}
      {isOpened ? <StepForm call={call} event={event} steps={steps} close={close} /> : null}
      {failed === undefined || isOpened ? null : <ProblemNotice error={failed} />}
    </div>
  )
}

function Why({ event }: { event: Allowed }): ReactElement {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  const roles = event.reasons.map(({ role }) => role).filter(isRole)
  const rest = event.reasons.filter(({ role }) => !isRole(role))
  return (
    <List size="sm" spacing={2} className="call-why" aria-label={t('job.why')}>
      {roles.length === 0 ? null : (
        <List.Item>{t('job.needsRole', { roles: list(roles.map((role) => t(`roles.${role}`))) })}</List.Item>
      )}
      {rest.map((reason) => (
        <List.Item key={keyOf(reason)} className="fc-wrap">
          {say(reason.message)}
        </List.Item>
      ))}
    </List>
  )
}
const keyOf = ({ code, pointer, item, message }: Reason): string =>
  [code, pointer, item, message.en].join(' ')

/** Asked before a press that breaks a norm or loses the call; Enter says yes, Escape no. */
function DoubtPart({ call, steps, doubt }: StepListProps & { doubt: Doubt }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const title = say(call.definition?.schemas.events?.[doubt.event.type]?.meta.title, doubt.event.type)
  return (
    <Alert
      color="orange"
      className="call-alert"
      role="alertdialog"
      aria-label={t('call.doubt', { title })}
      title={t('call.doubt', { title })}
      icon={<Icon name="alert" />}
      onKeyDown={(event) => {
        if (event.key === 'Escape') steps.dismiss()
      }}
    >
      <Stack gap="xs">
        {doubt.isLost ? <Text size="sm">{t('call.lost')}</Text> : null}
        {doubt.breaches.map(({ norm }) => (
          <Text size="sm" key={norm}>
            {t('call.breaks', { norm, rule: say(NORM_BY_ID.get(norm)) })}
          </Text>
        ))}
        <Group gap="sm" p={3}>
          <Button
            size="sm"
            color="red"
            autoFocus
            onClick={() => void steps.send(doubt.event, { sure: true })}
          >
            {t('call.doSo')}
          </Button>
          <Button size="sm" variant="default" onClick={steps.dismiss}>
            {t('call.dont')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
