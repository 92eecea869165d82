/**
 * What can be done now. A trainee is not told which of it is right: all choices look the same.
 *
 * Promises: the figures on the keyboard choose, typing narrows, and what wants a form opens one; while a form is open the
 * clock of a practice rests.
 * Must not: judge a choice.
 */
import { Button, Group, Text, TextInput, Title } from '@mantine/core'
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choices } from '../../../machines/simulate/choices.ts'
import type { Doing } from '../../../machines/simulate/scenario.ts'
import type { Choice } from '../../../machines/simulate/sim.ts'
import { useCallKeys } from '../../call/use-call-keys.ts'
import { wantedKind } from '../../jobs/parts/proof.ts'
import { formOf } from '../../jobs/payload.ts'
import { Icon } from '../../shell/icons.tsx'
import { inLanguage } from '../../text/language.ts'
import { ChoiceForm } from './choice-form.tsx'
import { reasonsInWords } from './line-words.ts'
import { useScene } from './room-scene.tsx'

/** More than these are found faster by typing. */
const MANY = 6

const choiceKey = (choice: Choice): string => {
  switch (choice.is) {
    case 'event':
      return `event ${choice.type}`
    case 'tick':
      return `tick ${choice.item}`
    case 'move':
      return `move ${choice.move}`
    default:
      return `prohibited ${choice.norm}`
  }
}

/** What choosing does at once; undefined where something is to be filled in first. */
function plainly(choice: Choice): Doing | undefined {
  switch (choice.is) {
    case 'event':
      return formOf(choice.payload).inputs.length === 0 ? { do: 'event', type: choice.type } : undefined
    case 'tick':
      return wantedKind(choice.evidence) === undefined ? { do: 'tick', item: choice.item } : undefined
    case 'move':
      return { do: 'move', move: choice.move }
    default:
      return { do: 'prohibited', norm: choice.norm }
  }
}

export function ChoicePanel({ by }: { by?: string | undefined }): ReactElement {
  const { t } = useTranslation()
  const { room, view, words } = useScene()
  const { sim, over } = view
  const [opened, setOpened] = useState<string>()
  const [typed, setTyped] = useState('')
  const search = useRef<HTMLInputElement>(null)
  const panel = useRef<HTMLElement>(null)
  const offered = useMemo(() => (over === undefined ? choices(sim) : []), [sim, over])
  const { language } = words
  const wording = (choice: Choice): string => choiceInWords(choice, language, t('training.tick'))
  const found = offered.filter((choice) => wording(choice).toLowerCase().includes(typed.trim().toLowerCase()))
  const current = offered.find((choice) => choiceKey(choice) === opened)
  const isFilling = current !== undefined
  useEffect(() => {
    room.hold(isFilling)
    return () => room.hold(false)
  }, [room, isFilling])
  const did = (what: Doing): void => {
    const whose = by === undefined || (what.do !== 'event' && what.do !== 'tick') ? what : { ...what, by }
    if (!room.do(whose)) return
    // What was pressed is gone: the keyboard stays among the choices.
    panel.current?.focus({ preventScroll: true })
    setOpened(undefined)
    setTyped('')
  }
  const choose = (choice: Choice): void => {
    const what = plainly(choice)
    if (what === undefined) setOpened(choiceKey(choice))
    else did(what)
  }
  const keys = new Map<string, () => void>(
    isFilling ? [] : found.slice(0, 9).map((choice, index) => [String(index + 1), () => choose(choice)]),
  )
  keys.set('/', () => search.current?.focus())
  useCallKeys(keys)
  if (over !== undefined) return <section aria-label={t('training.choices')} />
  return (
    <section className="room-choices" aria-label={t('training.choices')} ref={panel} tabIndex={-1}>
      {current === undefined ? (
        <>
          <Group justify="space-between" gap="sm" mb={8}>
            <Title order={2} size="h5">
              {t('training.choices')}
            </Title>
            {offered.length > MANY || typed !== '' ? (
              <TextInput
                ref={search}
                size="xs"
                aria-label={t('training.find')}
                placeholder={t('training.find')}
                leftSection={<Icon name="search" size={14} />}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
                onKeyDown={(event) => {
                  const [first] = found
                  if (event.nativeEvent.isComposing) return
                  if (event.key === 'Escape') setTyped('')
                  if (event.key === 'Enter' && typed.trim() !== '' && first !== undefined) choose(first)
                }}
              />
            ) : null}
          </Group>
          {found.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t(offered.length === 0 ? 'training.noChoice' : 'training.noneFound')}
            </Text>
          ) : (
            <ol className="room-list">
              {found.map((choice, index) => (
                <li key={choiceKey(choice)}>
                  <ChoiceButton
                    choice={choice}
                    wording={wording(choice)}
                    figure={index < 9 ? String(index + 1) : undefined}
                    choose={() => choose(choice)}
                  />
                </li>
              ))}
            </ol>
          )}
        </>
      ) : (
        <ChoiceForm
          key={choiceKey(current)}
          choice={current}
          title={wording(current)}
          did={did}
          close={() => setOpened(undefined)}
        />
      )}
    </section>
  )
}

function ChoiceButton({
  choice,
  wording,
  figure,
  choose,
}: {
  choice: Choice
  wording: string
  figure: string | undefined
  choose(): void
}): ReactElement {
  const { t } = useTranslation()
  const { isOwner, words } = useScene()
  const barred = isOwner && choice.is === 'event' && !choice.open ? choice.reasons : undefined
  return (
    <>
      <Button
        variant="default"
        fullWidth
        className="room-choice"
        data-choice={choiceKey(choice)}
        onClick={choose}
        {...(figure === undefined ? {} : { 'aria-keyshortcuts': figure })}
        leftSection={
          <span className="room-figure" aria-hidden="true">
            {figure ?? ''}
          </span>
        }
        {...(barred === undefined
          ? {}
          : {
              rightSection: (
                <Group gap={4} wrap="nowrap">
                  <Icon name="lock" size={13} />
                  <Text size="xs">{t('job.barred')}</Text>
                </Group>
              ),
            })}
      >
        {wording}
      </Button>
      {barred === undefined ? null : (
        <Text size="xs" c="dimmed" className="fc-wrap" pl={44} mt={2}>
          {reasonsInWords(barred, words.language).join(' ')}
        </Text>
      )}
    </>
  )
}

function choiceInWords(choice: Choice, language: string, tick: string): string {
  switch (choice.is) {
    case 'event':
      return inLanguage(choice.title, language, choice.type)
    case 'tick':
      return `${tick}${inLanguage(choice.title, language, choice.item)}`
    default:
      return inLanguage(choice.text, language)
  }
}
