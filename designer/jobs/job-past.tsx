/**
 * The slider that goes through a job's history, and the notice that what is seen is past.
 *
 * Promises: arrows, Home and End step through it; what is shown is also said.
 * Must not: know how a moment is worked out.
 */
import { ActionIcon, Alert, Button, Group, Text } from '@mantine/core'
import { type ReactElement, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shell/icons.tsx'
import './job.css'

/** A step of the history in words. */
export type Step = { what: string; when: string }

export function PastSlider({
  steps,
  at,
  choose,
}: {
  steps: readonly Step[]
  /** `undefined`: the present. */
  at: number | undefined
  choose(at: number | undefined): void
}): ReactElement | null {
  const { t } = useTranslation()
  const hint = useId()
  const last = steps.length - 1
  const here = Math.min(at ?? last, last)
  const step = steps[here]
  if (step === undefined || last < 1) return null
  const said =
    at === undefined
      ? t('jobPage.past.present', { count: steps.length })
      : t('jobPage.past.at', { number: here + 1, count: steps.length, ...step })
  const go = (to: number): void => choose(to >= last ? undefined : Math.max(0, to))
  return (
    <div className="fc-past" data-past={at !== undefined}>
      <Group gap="xs" wrap="nowrap">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('jobPage.past.earlier')}
          disabled={here === 0}
          onClick={() => go(here - 1)}
        >
          <Icon name="back" size={16} />
        </ActionIcon>
        <input
          type="range"
          className="fc-past-range"
          min={0}
          max={last}
          step={1}
          value={here}
          aria-label={t('jobPage.past.label')}
          aria-valuetext={said}
          aria-describedby={hint}
          onChange={(event) => go(Number(event.currentTarget.value))}
        />
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('jobPage.past.later')}
          disabled={here === last}
          onClick={() => go(here + 1)}
          style={{ transform: 'scaleX(-1)' }}
        >
          <Icon name="back" size={16} />
        </ActionIcon>
      </Group>
      <Text size="xs" c="dimmed" className="fc-wrap" mt={4}>
        {said}
      </Text>
      <span id={hint} hidden>
        {t('jobPage.past.hint')}
      </span>
    </div>
  )
}

export function PastNotice({ step, back }: { step: Step; back(): void }): ReactElement {
  const { t } = useTranslation()
  return (
    <Alert color="indigo" variant="light" icon={<Icon name="history" />} mb="md" role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm" className="fc-wrap">
          {t('jobPage.past.notice', step)}
        </Text>
        <Button size="compact-sm" variant="default" onClick={back}>
          {t('jobPage.past.now')}
        </Button>
      </Group>
    </Alert>
  )
}
