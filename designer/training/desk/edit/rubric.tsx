/** What counts: the weight of each norm, which are critical, the pass mark, what else costs; and the certificate that is granted. */
import { Button, Checkbox, Group, NumberInput, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Definition } from '../../../../machines/definition/schema.ts'
import { NORM_BY_ID } from '../../../../machines/norms.ts'
import type { Rubric as Counted } from '../../../../machines/simulate/scenario.ts'
import { RowTools } from '../../../panels/row-tools.tsx'
import { useSpeech } from '../../../text/use-language.ts'
import { OneOf, SpanField } from './fields.tsx'
import { useNames } from './names.tsx'
import { put } from './put.ts'
import { type EditProps, Section } from './section.tsx'

/** What a norm counts until somebody says otherwise. */
const USUAL = 10

/** Every norm that the process names anywhere: on states, transitions, items, delays. */
function normsIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const each of value) normsIn(each, found)
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value))
      if (key === 'norms' && Array.isArray(each)) {
        for (const id of each) if (typeof id === 'string' && NORM_BY_ID.has(id)) found.add(id)
      } else if (key !== 'reportable') normsIn(each, found)
  return found
}
const normsOfStates = (definition: Definition | undefined): string[] =>
  [...normsIn({ states: definition?.states, delays: definition?.delays })].toSorted()

export function Rubric({ scenario, change }: EditProps): ReactElement {
  const { t } = useTranslation()
  const { definition, norms, certificates } = useNames()
  const { rubric, grants } = scenario
  const set = (next: Counted, place?: string): void => change({ ...scenario, rubric: next }, place)
  const missing = normsOfStates(definition).filter((id) => !(id in rubric.norms))
  return (
    <Section title={t('trainer.section.rubric')} lead={t('trainer.lead.rubric')}>
      <NumberInput
        label={t('trainer.form.passMark')}
        description={t('trainer.form.passMarkHelp')}
        maw={240}
        min={0}
        max={100}
        allowDecimal={false}
        value={rubric.passMark}
        onChange={(value) => {
          if (typeof value === 'number') set({ ...rubric, passMark: value }, '/rubric/passMark')
        }}
      />
      <Norms rubric={rubric} set={set} />
      <Group gap="sm" align="flex-end">
        <div style={{ flex: '1 1 16rem' }}>
          <OneOf
            label={t('trainer.form.addNorm')}
            from={norms.filter(({ value }) => !(value in rubric.norms))}
            value={undefined}
            change={(id) => {
              if (id !== undefined) set({ ...rubric, norms: { ...rubric.norms, [id]: USUAL } })
            }}
          />
        </div>
        <Button
          variant="default"
          disabled={missing.length === 0}
          onClick={() =>
            set({
              ...rubric,
              norms: { ...rubric.norms, ...Object.fromEntries(missing.map((id) => [id, USUAL])) },
            })
          }
        >
          {t('trainer.form.takeNorms', { count: missing.length })}
        </Button>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        {(['refused', 'other', 'time'] as const).map((key) => (
          <NumberInput
            key={key}
            label={t(`trainer.form.costs.${key}`)}
            min={0}
            max={100}
            allowDecimal={false}
            placeholder={{ refused: '2', other: '5', time: '10' }[key]}
            value={rubric[key] ?? ''}
            onChange={(value) =>
              set(put(rubric, key, typeof value === 'number' ? value : undefined), `/rubric/${key}`)
            }
          />
        ))}
      </SimpleGrid>
      <Stack gap="xs" className="fc-panel" p="md" data-pointer="/grants">
        <Title order={3} size="h6">
          {t('trainer.form.grants')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <OneOf
            label={t('trainer.form.certificate')}
            help={t('trainer.form.grantsHelp')}
            from={certificates}
            clearable
            value={grants?.certificate}
            change={(certificate) =>
              change(
                put(
                  scenario,
                  'grants',
                  certificate === undefined
                    ? undefined
                    : { certificate, validFor: grants?.validFor ?? 'P365D' },
                ),
              )
            }
          />
          {grants === undefined ? null : (
            <SpanField
              label={t('trainer.form.validFor')}
              value={grants.validFor}
              change={(validFor) =>
                change({ ...scenario, grants: { ...grants, validFor: validFor ?? 'P0D' } }, '/grants')
              }
            />
          )}
        </SimpleGrid>
      </Stack>
    </Section>
  )
}

function Norms({ rubric, set }: { rubric: Counted; set(next: Counted, place?: string): void }): ReactElement {
  const { t } = useTranslation()
  const { language } = useSpeech()
  const ids = [...new Set([...Object.keys(rubric.norms), ...rubric.critical])]
  if (ids.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('trainer.form.noNorms')}
      </Text>
    )
  const textOf = (id: string): string => {
    const norm = NORM_BY_ID.get(id)
    return (language.startsWith('zh') ? norm?.zh : norm?.en) ?? t('trainer.form.unknownNorm')
  }
  const without = (id: string): Counted['norms'] =>
    Object.fromEntries(Object.entries(rubric.norms).filter(([each]) => each !== id))
  return (
    <div className="fc-panel">
      <Table verticalSpacing={6} aria-label={t('trainer.form.norms')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('trainer.form.norm')}</Table.Th>
            <Table.Th w={110}>{t('trainer.form.weight')}</Table.Th>
            <Table.Th w={90}>{t('trainer.form.critical')}</Table.Th>
            <Table.Th w={40} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {ids.map((id) => (
            <Table.Tr key={id} data-pointer={`/rubric/norms/${id}`}>
              <Table.Td>
                <Text size="sm">
                  <strong>{id}</strong> {textOf(id)}
                </Text>
              </Table.Td>
              <Table.Td>
                <NumberInput
                  size="xs"
                  aria-label={t('trainer.form.weightOfNorm', { norm: id })}
                  min={0}
                  max={100}
                  allowDecimal={false}
                  value={rubric.norms[id] ?? ''}
                  onChange={(value) => {
                    if (typeof value === 'number')
                      set({ ...rubric, norms: { ...rubric.norms, [id]: value } }, `/rubric/norms/${id}`)
                  }}
                />
              </Table.Td>
              <Table.Td>
                <Checkbox
                  aria-label={t('trainer.form.criticalNorm', { norm: id })}
                  checked={rubric.critical.includes(id)}
                  onChange={(event) =>
                    set({
                      ...rubric,
                      critical: event.currentTarget.checked
                        ? [...rubric.critical, id]
                        : rubric.critical.filter((each) => each !== id),
                    })
                  }
                />
              </Table.Td>
              <Table.Td>
                <RowTools
                  what={id}
                  index={0}
                  count={1}
                  remove={() =>
                    set({
                      ...rubric,
                      norms: without(id),
                      critical: rubric.critical.filter((each) => each !== id),
                    })
                  }
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
