/** The choices that the scenario words itself: what they say, where they are offered, what they do, what they keep or break. */
import { Checkbox, Group, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Doing, Move } from '../../../../machines/simulate/scenario.ts'
import { useSpeech } from '../../../text/use-language.ts'
import { WordsField } from '../words-field.tsx'
import { ActList } from './acts.tsx'
import { Cards } from './cards.tsx'
import { ConditionField, OneOf, SeveralOf } from './fields.tsx'
import { useNames } from './names.tsx'
import { ValuesForm } from './payload.tsx'
import { freeKey, orNone, put } from './put.ts'
import { type EditProps, Section } from './section.tsx'

export function Moves({ scenario, change }: EditProps): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  return (
    <Section title={t('trainer.section.moves')} lead={t('trainer.lead.moves')}>
      <Cards
        items={scenario.moves}
        at="/moves"
        told={({ text, breaks, critical }) =>
          [
            say(text) === '' ? t('trainer.form.unworded') : say(text),
            critical === true ? t('trainer.form.critical') : '',
            ...(breaks ?? []),
          ]
            .filter((part) => part !== '')
            .join(' · ')
        }
        add={t('trainer.form.addMove')}
        empty={t('trainer.form.noMove')}
        fresh={(): Move => ({
          id: freeKey(
            'choice',
            scenario.moves.map(({ id }) => id),
          ),
          text: { en: '' },
        })}
        change={(moves) => change({ ...scenario, moves }, '/moves')}
      >
        {(one, set, at) => <MoveForm one={one} set={set} at={at} />}
      </Cards>
    </Section>
  )
}

function MoveForm({ one, set, at }: { one: Move; set(one: Move): void; at: string }): ReactElement {
  const { t } = useTranslation()
  const { states, norms } = useNames()
  return (
    <>
      <div data-pointer={`${at}/text`}>
        <WordsField
          label={t('trainer.form.choiceText')}
          value={one.text}
          change={(text) => set({ ...one, text })}
        />
      </div>
      <div data-pointer={`${at}/in`}>
        <SeveralOf
          label={t('trainer.form.offeredIn')}
          placeholder={t('trainer.form.everywhere')}
          from={states}
          value={one.in ?? []}
          change={(next) => set(put(one, 'in', orNone(next)))}
        />
      </div>
      <div data-pointer={`${at}/as`}>
        <DoingField value={one.as} change={(as) => set(put(one, 'as', as))} />
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {(['keeps', 'breaks'] as const).map((key) => (
          <div key={key} data-pointer={`${at}/${key}`}>
            <SeveralOf
              label={t(`trainer.form.${key}`)}
              from={norms}
              value={one[key] ?? []}
              change={(next) => set(put(one, key, orNone(next)))}
            />
          </div>
        ))}
      </SimpleGrid>
      <Group gap="lg">
        <Checkbox
          label={t('trainer.form.criticalHelp')}
          checked={one.critical === true}
          onChange={(event) => set(put(one, 'critical', event.currentTarget.checked || undefined))}
        />
        <Checkbox
          label={t('trainer.form.again')}
          checked={one.again === true}
          onChange={(event) => set(put(one, 'again', event.currentTarget.checked || undefined))}
        />
      </Group>
      <WordsField
        label={t('trainer.form.explain')}
        help={t('trainer.form.explainHelp')}
        value={one.explain}
        change={(explain) => {
          const isEmpty = Object.values(explain).every((text) => text === '')
          set(put(one, 'explain', isEmpty ? undefined : explain))
        }}
      />
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {t('trainer.form.consequences')}
        </Text>
        <ActList
          acts={one.does ?? []}
          at={`${at}/does`}
          change={(does) => set(put(one, 'does', orNone(does)))}
        />
      </Stack>
      <div data-pointer={`${at}/if`}>
        <ConditionField value={one.if} change={(next) => set(put(one, 'if', next))} />
      </div>
    </>
  )
}

const DOINGS = ['nothing', 'event', 'tick'] as const

/** What is done to the job with it, if anything; kinds that the form does not offer stay as they are. */
export function DoingField({
  value,
  change,
  by = false,
}: {
  value: Doing | undefined
  change(value: Doing | undefined): void
  /** Who does it is chosen too. */
  by?: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { events, items, people, definition } = useNames()
  const kind = value === undefined ? 'nothing' : value.do
  const known = DOINGS.some((each) => each === kind)
  const who = (doing: Extract<Doing, { do: 'event' | 'tick' }>): ReactElement | null =>
    by ? (
      <OneOf
        label={t('trainer.form.by')}
        from={people}
        value={doing.by ?? 'trainee'}
        change={(next) => change(put(doing, 'by', next === 'trainee' ? undefined : next))}
      />
    ) : null
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: by ? 3 : 2 }} spacing="sm">
        <Select
          label={t('trainer.form.doing')}
          allowDeselect={false}
          data={[
            ...DOINGS.filter((each) => !by || each !== 'nothing').map((each) => ({
              value: each,
              label: t(`trainer.doing.${each}`),
            })),
            ...(known ? [] : [{ value: kind, label: t('trainer.doing.other', { kind }) }]),
          ]}
          value={kind}
          onChange={(chosen) => {
            if (chosen === kind) return
            if (chosen === 'nothing') change(undefined)
            else if (chosen === 'event') change({ do: 'event', type: events[0]?.value ?? 'event' })
            else if (chosen === 'tick') change({ do: 'tick', item: items[0]?.value ?? 'item' })
          }}
        />
        {value?.do === 'event' ? (
          <OneOf
            label={t('trainer.form.event')}
            from={events}
            value={value.type}
            change={(type) => change(put({ ...value, type: type ?? value.type }, 'payload', undefined))}
          />
        ) : value?.do === 'tick' ? (
          <OneOf
            label={t('trainer.form.item')}
            from={items}
            value={value.item}
            change={(item) => change({ ...value, item: item ?? value.item })}
          />
        ) : null}
        {value?.do === 'event' || value?.do === 'tick' ? who(value) : null}
      </SimpleGrid>
      {value?.do === 'event' ? (
        <ValuesForm
          schema={definition?.schemas.events[value.type] ?? {}}
          values={value.payload ?? {}}
          change={(payload) =>
            change(put(value, 'payload', Object.keys(payload).length === 0 ? undefined : payload))
          }
        />
      ) : null}
    </Stack>
  )
}
