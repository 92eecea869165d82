/**
 * What a trainer throws into a run that he watches: something the scenario has prepared, or something of his own.
 *
 * Promises: one press throws in once; what was typed stays when it is refused.
 */
import { Button, Group, Select, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Act } from '../../../machines/simulate/scenario.ts'
import type { Sim } from '../../../machines/simulate/sim.ts'
import type { AttemptView } from '../../../machines/wire/training.ts'
import { ProblemNotice } from '../../shell/notices.tsx'
import { ActForm, freshAct } from './edit/acts.tsx'
import { useActLine } from './edit/happens.tsx'
import { type Names, NamesProvider, useNamesOf } from './edit/names.tsx'
import { throwIn } from './training-api.ts'

const FREE = ['say', 'tell', 'event', 'complain'] as const satisfies readonly Act['act'][]
type Props = { code: string; attempt: AttemptView; sim: Sim }

export function ThrowInForm(props: Props): ReactElement {
  const { scenario, compiled } = props.sim.setup
  const names = useNamesOf(scenario, compiled.definition)
  return (
    <NamesProvider value={names}>
      <Form {...props} names={names} />
    </NamesProvider>
  )
}

function Form({ code, attempt, sim, names }: Props & { names: Names }): ReactElement {
  const { t } = useTranslation()
  const line = useActLine()
  const [act, setAct] = useState<Act>(() => freshAct('say', names))
  const [last, setLast] = useState<string>()
  const send = useMutation({
    mutationFn: (what: Act) => throwIn(code, attempt.id, what),
    onSuccess: (_, what) => {
      setLast(line(what))
      setAct(freshAct(what.act, names))
    },
  })
  const prepared = sim.setup.scenario.happens.flatMap(({ id, does }) =>
    does.map((one, index) => ({ key: `${id} ${index}`, one })),
  )
  const isWorded = !('text' in act) || Object.values(act.text).some((text) => text.trim() !== '')
  return (
    <Stack
      className="fc-panel session-throw"
      p="md"
      gap="sm"
      component="section"
      aria-label={t('trainer.throw.title')}
    >
      <Title order={3} size="h6">
        {t('trainer.throw.title')}
      </Title>
      {prepared.length === 0 ? null : (
        <Stack gap={6}>
          <Text size="xs" c="dimmed">
            {t('trainer.throw.prepared')}
          </Text>
          {prepared.map(({ key, one }) => (
            <Group key={key} justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm" lineClamp={2} title={line(one)}>
                {line(one)}
              </Text>
              <Button
                size="compact-xs"
                variant="default"
                style={{ flex: 'none' }}
                disabled={send.isPending}
                aria-label={t('trainer.throw.named', { what: line(one) })}
                onClick={() => send.mutate(one)}
              >
                {t('trainer.throw.in')}
              </Button>
            </Group>
          ))}
        </Stack>
      )}
      <Text size="xs" c="dimmed">
        {t('trainer.throw.free')}
      </Text>
      <Select
        aria-label={t('trainer.form.actKind')}
        allowDeselect={false}
        data={FREE.map((kind) => ({ value: kind, label: t(`trainer.act.${kind}`) }))}
        value={act.act}
        onChange={(value) => {
          const kind = FREE.find((each) => each === value)
          if (kind !== undefined && kind !== act.act) setAct(freshAct(kind, names))
        }}
      />
      <ActForm act={act} change={setAct} />
      {send.isError ? <ProblemNotice error={send.error} /> : null}
      <Group gap="sm">
        <Button
          size="sm"
          disabled={!isWorded}
          loading={send.isPending}
          onClick={() => {
            if (!send.isPending) send.mutate(act)
          }}
        >
          {t('trainer.throw.in')}
        </Button>
        {last === undefined ? null : (
          <Text size="sm" c="dimmed" role="status" lineClamp={1}>
            {t('trainer.throw.done', { what: last })}
          </Text>
        )}
      </Group>
    </Stack>
  )
}
