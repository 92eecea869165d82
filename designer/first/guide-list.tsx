/**
 * The first steps of a role: what to do, where, and what is done.
 *
 * Promises: the box of a step is ticked by hand, too; what the server sees done stays ticked.
 */
import {
  ActionIcon,
  Anchor,
  Checkbox,
  Group,
  NativeSelect,
  Progress,
  Stack,
  Text,
  Title,
  Tooltip,
} from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ChangeGuide, GuideStep } from '../../machines/wire/guide.ts'
import { ApiError } from '../session/api.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useGuide, useGuideChange } from './first-queries.ts'
import { type GuideName, guidesFor, type Step, stepsOf } from './steps.ts'

type Reader = { roles: readonly string[]; rights: readonly string[] }

/** @param close absent: it is not put away from here */
export function GuideList({ me, close }: { me: Reader; close?: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const guide = useGuide()
  const guides = guidesFor(me.roles)
  const [chosen, choose] = useState<GuideName | undefined>(undefined)
  const name = chosen ?? guides[0]
  if (guide.data === undefined || name === undefined) return null
  const steps = stepsOf(name, me.rights)
  const done = new Set<string>(guide.data.done)
  const count = steps.filter(({ id }) => done.has(id)).length
  const isAll = count === steps.length
  return (
    <section className="fc-panel" aria-labelledby="first-steps">
      <Stack p="lg" gap="md">
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
          <div>
            <Title order={2} size="h4" id="first-steps">
              {t('first.title')}
            </Title>
            <Text size="sm" c="dimmed">
              {isAll ? t('first.allDone') : t('first.lead')}
            </Text>
          </div>
          {close === undefined ? null : (
            <Tooltip label={t('first.close')}>
              <ActionIcon variant="subtle" color="gray" aria-label={t('first.close')} onClick={close}>
                <Icon name="close" />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
        <Group gap="md">
          {guides.length < 2 ? null : (
            <NativeSelect
              size="xs"
              w={220}
              aria-label={t('first.role')}
              data={guides.map((value) => ({ value, label: t(`first.roles.${value}`) }))}
              value={name}
              onChange={(event) => choose(guides.find((each) => each === event.currentTarget.value))}
            />
          )}
          <Group gap="xs" flex="1 1 12rem">
            <Progress
              value={(100 * count) / Math.max(1, steps.length)}
              flex="1 1 6rem"
              maw={240}
              aria-label={t('first.progress', { done: count, all: steps.length })}
            />
            <Text size="sm" c="dimmed" role="status">
              {t('first.progress', { done: count, all: steps.length })}
            </Text>
          </Group>
        </Group>
        <Steps steps={steps} done={done} />
      </Stack>
    </section>
  )
}

function Steps({ steps, done }: { steps: readonly Step[]; done: ReadonlySet<string> }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const change = useGuideChange()
  // A tick shows at once; it goes again where the server does not take it.
  const [asked, ask] = useState<ChangeGuide | undefined>(undefined)
  const isTicked = (id: GuideStep): boolean =>
    asked?.done?.includes(id) === true || (done.has(id) && asked?.undone?.includes(id) !== true)
  const tick = (id: GuideStep, isDone: boolean): void => {
    if (asked !== undefined) return
    const body = isDone ? { undone: [id] } : { done: [id] }
    ask(body)
    change.mutate(body, { onSettled: () => ask(undefined) })
  }
  const why =
    change.error instanceof ApiError ? say(change.error.title, t('problem.title')) : t('problem.title')
  return (
    <>
      <ol className="fc-steps">
        {steps.map(({ id, to }) => (
          <li key={id} data-done={done.has(id)}>
            <Checkbox
              checked={isTicked(id)}
              onChange={() => tick(id, isTicked(id))}
              aria-label={t('first.tick', { step: t(`first.steps.${id}`) })}
              mt={3}
            />
            <div>
              <Anchor component={Link} to={to} fw={600} c={done.has(id) ? 'dimmed' : 'inherit'}>
                {t(`first.steps.${id}`)}
              </Anchor>
              <Text size="sm" c="dimmed">
                {t(`first.leads.${id}`)}
              </Text>
            </div>
          </li>
        ))}
      </ol>
      {change.isError ? (
        <Text size="sm" c="red" role="alert">
          {t('first.ticking', { why })}
        </Text>
      ) : null}
    </>
  )
}
