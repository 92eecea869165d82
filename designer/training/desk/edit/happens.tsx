/** What happens by itself: when, how long after, how often, under what condition, and what it is. */
import { NumberInput, Select, SimpleGrid, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Act, Chosen, Delay, Happening } from '../../../../machines/simulate/scenario.ts'
import { useSpeech } from '../../../text/use-language.ts'
import { ActList, freshAct } from './acts.tsx'
import { Cards } from './cards.tsx'
import { ChosenField, useChosenWords } from './chosen.tsx'
import { ConditionField, DelayField, OneOf } from './fields.tsx'
import { useNames, withUnknown } from './names.tsx'
import { freeKey, put } from './put.ts'
import { type EditProps, Section } from './section.tsx'
import { useSpanWords } from './span-words.ts'

const WHENS = ['at', 'enters', 'chosen'] as const
type When = (typeof WHENS)[number]
const whenOf = (when: Happening['when']): When =>
  'at' in when ? 'at' : 'enters' in when ? 'enters' : 'chosen'

export function Happens({ scenario, change }: EditProps): ReactElement {
  const { t } = useTranslation()
  const names = useNames()
  const told = useHappeningLine()
  return (
    <Section title={t('trainer.section.happens')} lead={t('trainer.lead.happens')}>
      <Cards
        items={scenario.happens}
        at="/happens"
        told={told}
        add={t('trainer.form.addHappening')}
        empty={t('trainer.form.noHappening')}
        fresh={(): Happening => ({
          id: freeKey(
            'happening',
            scenario.happens.map(({ id }) => id),
          ),
          when: { at: 'PT5M' },
          does: [freshAct('say', names)],
        })}
        change={(happens) => change({ ...scenario, happens }, '/happens')}
      >
        {(one, set, at) => <HappeningForm one={one} set={set} at={at} />}
      </Cards>
    </Section>
  )
}

/** "On entering Repairing: Mr Wang: Where are you?" */
function useHappeningLine(): (one: Happening) => string {
  const { t } = useTranslation()
  const { states } = useNames()
  const chosen = useChosenWords()
  const told = useActLine()
  const span = useSpanWords()
  const delayWords = (delay: Delay): string =>
    typeof delay === 'string' ? span(delay) : `${span(delay.least)} – ${span(delay.most)}`
  return ({ when, does }) => {
    const state = (path: string): string =>
      withUnknown(states, [path]).find(({ value }) => value === path)?.label ?? path
    const at =
      'at' in when
        ? t('trainer.form.line.at', {
            time: delayWords(when.at),
          })
        : 'enters' in when
          ? t('trainer.form.line.enters', { state: state(when.enters) })
          : t('trainer.form.line.chosen', { choice: chosen(when.chosen) })
    return [at, does[0] === undefined ? '' : told(does[0])]
      .filter((part) => part !== '')
      .join(t('common.colon'))
  }
}

/** What is done, in a few words. */
export function useActLine(): (act: Act) => string {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { people, events, items } = useNames()
  const label = (from: typeof people, value: string | undefined): string =>
    from.find((each) => each.value === value)?.label ?? value ?? ''
  return (act) => {
    const who = 'by' in act ? label(people, act.by) : ''
    const what = {
      say: () => ('text' in act ? say(act.text) : ''),
      tell: () => ('text' in act ? say(act.text) : ''),
      event: () => ('type' in act ? label(events, act.type) : ''),
      tick: () => ('item' in act ? label(items, act.item) : ''),
      end: () => t('trainer.act.end'),
      complain: () => ('text' in act ? say(act.text) : ''),
      correct: () => t('trainer.act.correct'),
      hand: () => t('trainer.act.hand'),
    }[act.act]()
    return [who, what].filter((part) => part !== '').join(t('common.colon'))
  }
}

function HappeningForm({
  one,
  set,
  at,
}: {
  one: Happening
  set(one: Happening): void
  at: string
}): ReactElement {
  const { t } = useTranslation()
  const { states, events } = useNames()
  const kind = whenOf(one.when)
  const fresh: Record<When, () => Happening['when']> = {
    at: () => ({ at: 'PT5M' }),
    enters: () => ({ enters: states[0]?.value ?? 'state' }),
    chosen: () => ({ chosen: { event: events[0]?.value ?? 'event' } }),
  }
  const asChosen = (chosen: Chosen): Happening => ({ ...one, when: { chosen } })
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" data-pointer={`${at}/when`}>
        <Select
          label={t('trainer.form.when')}
          allowDeselect={false}
          data={WHENS.map((value) => ({ value, label: t(`trainer.form.whens.${value}`) }))}
          value={kind}
          onChange={(value) => {
            const next = WHENS.find((each) => each === value)
            if (next !== undefined && next !== kind) set({ ...one, when: fresh[next]() })
          }}
        />
        {'at' in one.when ? (
          <DelayField
            label={t('trainer.form.afterStart')}
            value={one.when.at}
            change={(delay) => set({ ...one, when: { at: delay ?? 'PT0S' } })}
          />
        ) : 'enters' in one.when ? (
          <OneOf
            label={t('trainer.form.state')}
            from={states}
            value={one.when.enters}
            change={(enters) => set({ ...one, when: { enters: enters ?? '' } })}
          />
        ) : (
          <ChosenField value={one.when.chosen} change={(chosen) => set(asChosen(chosen))} />
        )}
      </SimpleGrid>
      {kind === 'at' ? null : (
        <div data-pointer={`${at}/after`}>
          <DelayField
            label={t('trainer.form.after')}
            value={one.after}
            change={(after) => set(put(one, 'after', after))}
          />
        </div>
      )}
      <Text size="sm" fw={600}>
        {t('trainer.form.does')}
      </Text>
      <ActList acts={one.does} at={`${at}/does`} change={(does) => set({ ...one, does })} />
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <div data-pointer={`${at}/while`}>
          <OneOf
            label={t('trainer.form.while')}
            help={t('trainer.form.whileHelp')}
            from={states}
            clearable
            value={one.while}
            change={(state) => set(put(one, 'while', state))}
          />
        </div>
        <NumberInput
          label={t('trainer.form.chance')}
          description={t('trainer.form.chanceHelp')}
          suffix="%"
          min={0}
          max={100}
          allowDecimal={false}
          value={one.chance === undefined ? '' : Math.round(one.chance * 100)}
          onChange={(value) =>
            set(put(one, 'chance', typeof value === 'number' && value < 100 ? value / 100 : undefined))
          }
        />
        <NumberInput
          label={t('trainer.form.times')}
          description={t('trainer.form.timesHelp')}
          min={1}
          max={100}
          allowDecimal={false}
          value={one.times ?? ''}
          onChange={(value) => set(put(one, 'times', typeof value === 'number' ? value : undefined))}
        />
      </SimpleGrid>
      <div data-pointer={`${at}/if`}>
        <ConditionField value={one.if} change={(next) => set(put(one, 'if', next))} />
      </div>
    </>
  )
}
