/** Hints, shown in practice alone; and what the trainee must and must not do. */
import { Checkbox, Group, NumberInput, Select, SimpleGrid, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Expectation, Prompt } from '../../../../machines/simulate/scenario.ts'
import { useSpeech } from '../../../text/use-language.ts'
import { WordsField } from '../words-field.tsx'
import { Cards } from './cards.tsx'
import { ChosenField } from './chosen.tsx'
import { ConditionField, OneOf, SeveralOf, SpanField } from './fields.tsx'
import { useNames } from './names.tsx'
import { freeKey, orNone, put } from './put.ts'
import { type EditProps, Section } from './section.tsx'

export function Hints({ scenario, change }: EditProps): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { states, norms } = useNames()
  const prompts = scenario.prompts ?? []
  return (
    <Section title={t('trainer.section.hints')} lead={t('trainer.lead.hints')}>
      <Cards
        items={prompts}
        at="/prompts"
        told={({ text }) => say(text) || t('trainer.form.unworded')}
        add={t('trainer.form.addHint')}
        empty={t('trainer.form.noHint')}
        fresh={(): Prompt => ({
          id: freeKey(
            'hint',
            prompts.map(({ id }) => id),
          ),
          text: { en: '' },
        })}
        change={(next) => change(put(scenario, 'prompts', orNone(next)), '/prompts')}
      >
        {(one, set, at) => (
          <>
            <div data-pointer={`${at}/text`}>
              <WordsField
                label={t('trainer.form.hint')}
                value={one.text}
                change={(text) => set({ ...one, text })}
              />
            </div>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <div data-pointer={`${at}/in`}>
                <OneOf
                  label={t('trainer.form.shownIn')}
                  from={states}
                  clearable
                  value={one.in}
                  change={(next) => set(put(one, 'in', next))}
                />
              </div>
              <div data-pointer={`${at}/norms`}>
                <SeveralOf
                  label={t('trainer.form.aboutNorms')}
                  from={norms}
                  value={one.norms ?? []}
                  change={(next) => set(put(one, 'norms', orNone(next)))}
                />
              </div>
            </SimpleGrid>
            <div data-pointer={`${at}/if`}>
              <ConditionField value={one.if} change={(next) => set(put(one, 'if', next))} />
            </div>
          </>
        )}
      </Cards>
    </Section>
  )
}

export function Expect({ scenario, change }: EditProps): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { events } = useNames()
  return (
    <Section title={t('trainer.section.expect')} lead={t('trainer.lead.expect')}>
      {(['must', 'mustNot'] as const).map((list) => (
        <div key={list} data-pointer={`/${list}`}>
          <Title order={3} size="h6" mb="xs">
            {t(`trainer.form.${list}`)}
          </Title>
          <Cards
            items={scenario[list] ?? []}
            at={`/${list}`}
            told={({ title }) => say(title) || t('trainer.form.unworded')}
            add={t(`trainer.form.add.${list}`)}
            empty={t(`trainer.form.none.${list}`)}
            fresh={(): Expectation => ({
              id: freeKey(
                list,
                (scenario[list] ?? []).map(({ id }) => id),
              ),
              what: { event: events[0]?.value ?? 'event' },
              title: { en: '' },
            })}
            change={(next) => change(put(scenario, list, orNone(next)), `/${list}`)}
          >
            {(one, set, at) => <ExpectationForm one={one} set={set} at={at} isMust={list === 'must'} />}
          </Cards>
        </div>
      ))}
    </Section>
  )
}

type ExpectationProps = {
  one: Expectation
  set(one: Expectation): void
  at: string
  isMust: boolean
}

function ExpectationForm({ one, set, at, isMust }: ExpectationProps): ReactElement {
  const { t } = useTranslation()
  const { states, norms, events } = useNames()
  const { what } = one
  return (
    <>
      <div data-pointer={`${at}/title`}>
        <WordsField
          label={t('trainer.form.expectTitle')}
          lines={1}
          value={one.title}
          change={(title) => set({ ...one, title })}
        />
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" data-pointer={`${at}/what`}>
        <Select
          label={t('trainer.form.expectWhat')}
          allowDeselect={false}
          data={(['choice', 'state'] as const).map((value) => ({
            value,
            label: t(`trainer.form.expectKinds.${value}`),
          }))}
          value={'state' in what ? 'state' : 'choice'}
          onChange={(kind) => {
            if (kind === 'state' && !('state' in what))
              set({ ...one, what: { state: states[0]?.value ?? '' } })
            if (kind === 'choice' && 'state' in what) set({ ...one, what: { event: events[0]?.value ?? '' } })
          }}
        />
        {'state' in what ? (
          <OneOf
            label={t('trainer.form.state')}
            from={states}
            value={what.state}
            change={(state) => set({ ...one, what: { state: state ?? what.state } })}
          />
        ) : (
          <ChosenField value={what} change={(next) => set({ ...one, what: next })} />
        )}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <div data-pointer={`${at}/norm`}>
          <OneOf
            label={t('trainer.form.norm')}
            from={norms}
            clearable
            value={one.norm}
            change={(norm) => set(put(one, 'norm', norm))}
          />
        </div>
        {isMust ? (
          <div data-pointer={`${at}/by`}>
            <SpanField
              label={t('trainer.form.within')}
              value={one.by}
              change={(by) => set(put(one, 'by', by))}
            />
          </div>
        ) : null}
      </SimpleGrid>
      <Group gap="lg" align="flex-end">
        <NumberInput
          label={t(isMust ? 'trainer.form.weightOf' : 'trainer.form.costOf')}
          w={160}
          min={0}
          max={100}
          allowDecimal={false}
          placeholder="10"
          value={one.weight ?? ''}
          onChange={(value) => set(put(one, 'weight', typeof value === 'number' ? value : undefined))}
        />
        <Checkbox
          pb={8}
          label={t('trainer.form.criticalHelp')}
          checked={one.critical === true}
          onChange={(event) => set(put(one, 'critical', event.currentTarget.checked || undefined))}
        />
      </Group>
      <WordsField
        label={t('trainer.form.explain')}
        value={one.explain}
        change={(explain) => {
          const isEmpty = Object.values(explain).every((text) => text === '')
          set(put(one, 'explain', isEmpty ? undefined : explain))
        }}
      />
      <div data-pointer={`${at}/if`}>
        <ConditionField value={one.if} change={(next) => set(put(one, 'if', next))} />
      </div>
    </>
  )
}
