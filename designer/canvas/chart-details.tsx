/**
 * All there is to say of a selected state or transition, in words: also the way to it for keyboards and screen readers.
 */
import { ActionIcon, Anchor, Group, List, Stack, Text, Title } from '@mantine/core'
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { normsOf, wholeLine } from '../../machines/drawing/boxes.ts'
import type { ChartState, ChartTransition } from '../../machines/drawing/model.ts'
import {
  actionInWords,
  expressionInWords,
  guardInWords,
  stateTitle,
  titleAt,
  triggerInWords,
} from '../../machines/drawing/words.ts'
import { Icon } from '../shell/icons.tsx'
import { inLanguage } from '../text/language.ts'
import type { Choice } from './chart.tsx'
import type { Words } from './chart-words.ts'
import { normInWords } from './chip.tsx'

type DetailsProps = {
  words: Words
  choice: NonNullable<Choice>
  choose(choice: Choice): void
  /** Stands above all else. */
  children?: ReactNode
}

export function ChartDetails({ words, choice, choose, children }: DetailsProps): ReactElement | null {
  const { t, model } = words
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') choose(undefined)
    }
    document.addEventListener('keydown', close)
    return () => document.removeEventListener('keydown', close)
  }, [choose])
  const state = 'state' in choice ? model.states.get(choice.state) : undefined
  const way =
    'transition' in choice ? model.transitions.find((each) => each.pointer === choice.transition) : undefined
  if (state === undefined && way === undefined) return null
  const title = state === undefined ? way && triggerInWords(way, words).title : stateTitle(state, words)
  return (
    <aside className="chart-details" ref={panel} aria-label={t('chart.details')}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb="sm">
        <Title order={2} size="h4" className="fc-wrap">
          {title}
        </Title>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="inherit"
          aria-label={t('chart.closeDetails')}
          onClick={() => choose(undefined)}
        >
          <Icon name="close" size={16} />
        </ActionIcon>
      </Group>
      <Stack gap="md">
        {children}
        {state === undefined ? null : <StateDetails state={state} words={words} choose={choose} />}
        {way === undefined ? null : <WayDetails way={way} words={words} choose={choose} />}
      </Stack>
    </aside>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {title}
      </Title>
      {children}
    </div>
  )
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }): ReactElement | null {
  if (lines.length === 0) return null
  return (
    <Part title={title}>
      <List size="sm" spacing={4}>
        {lines.map((line) => (
          <List.Item key={line} className="fc-wrap">
            {line}
          </List.Item>
        ))}
      </List>
    </Part>
  )
}

function StateDetails({
  state,
  words,
  choose,
}: {
  state: ChartState
  words: Words
  choose(choice: Choice): void
}): ReactElement {
  const { t, language, model } = words
  const ways = model.transitions.filter((each) => each.source === state.path)
  const said = (actions: ChartState['entry']): string[] => actions.map((each) => actionInWords(each, words))
  return (
    <>
      <Text size="sm" c="dimmed">
        {t(`chart.kind.${state.region ? 'region' : state.kind}`)}
      </Text>
      {state.description === undefined ? null : (
        <Text size="sm">{inLanguage(state.description, language)}</Text>
      )}
      <Lines title={t('chart.checklist')} lines={state.checklist.map((item) => itemInWords(item, words))} />
      <Lines title={t('chart.entry')} lines={said(state.entry)} />
      <Lines title={t('chart.exit')} lines={said(state.exit)} />
      {ways.length === 0 ? null : (
        <Part title={t('chart.transitions')}>
          <List size="sm" spacing={6}>
            {ways.map((way) => (
              <List.Item key={way.pointer} className="fc-wrap">
                <Anchor
                  component="button"
                  type="button"
                  ta="start"
                  size="sm"
                  onClick={() => choose({ transition: way.pointer })}
                >
                  {wholeLine(way, words)}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {leadsTo(way, words)}
                </Text>
              </List.Item>
            ))}
          </List>
        </Part>
      )}
      <Lines title={t('chart.norms')} lines={normsOf(state).map((norm) => normInWords(norm, language))} />
    </>
  )
}

function itemInWords(item: ChartState['checklist'][number], words: Words): string {
  const { t, language } = words
  const { required } = item
  const how =
    required === false
      ? t('chart.optional')
      : typeof required === 'object'
        ? t('chart.conditional', { condition: expressionInWords(required['@expr'] ?? '', words) })
        : t('chart.required')
  const evidence =
    item.evidence === undefined || item.evidence === 'none'
      ? []
      : [t('job.evidence', { kind: t(`evidence.${item.evidence}`) })]
  return [inLanguage(item.title, language, item.id), how, ...evidence].join(' · ')
}

const leadsTo = (way: ChartTransition, words: Words): string =>
  way.targets.length === 0
    ? words.t('chart.stays')
    : words.t('chart.to', {
        state: way.targets.map((path) => titleAt(path, words)).join(words.t('common.list')),
      })

function WayDetails({
  way,
  words,
  choose,
}: {
  way: ChartTransition
  words: Words
  choose(choice: Choice): void
}): ReactElement {
  const { t, language } = words
  const { detail } = triggerInWords(way, words)
  const notes = [
    ...(way.reenter ? [t('chart.reenters')] : []),
    ...(way.waivesChecklist ? [t('chart.waives')] : []),
    ...way.unresolved.map((target) => t('chart.unresolved', { target })),
  ]
  return (
    <>
      {detail === '' ? null : (
        <Text size="sm" c="dimmed">
          {detail}
        </Text>
      )}
      <Group gap="xs">
        <Anchor component="button" type="button" size="sm" onClick={() => choose({ state: way.source })}>
          {t('chart.from', { state: titleAt(way.source, words) })}
        </Anchor>
        {way.targets.map((path) => (
          <Anchor
            key={path}
            component="button"
            type="button"
            size="sm"
            onClick={() => choose({ state: path })}
          >
            {t('chart.to', { state: titleAt(path, words) })}
          </Anchor>
        ))}
        {way.targets.length === 0 ? <Text size="sm">{t('chart.stays')}</Text> : null}
      </Group>
      {way.guard === undefined ? null : (
        <Part title={t('chart.guard')}>
          <Text size="sm" className="fc-wrap">
            {guardInWords(way.guard, words)}
          </Text>
        </Part>
      )}
      <Lines title={t('chart.actions')} lines={way.actions.map((each) => actionInWords(each, words))} />
      {notes.map((note) => (
        <Text size="sm" key={note}>
          {note}
        </Text>
      ))}
      <Lines title={t('chart.norms')} lines={way.norms.map((norm) => normInWords(norm, language))} />
    </>
  )
}
