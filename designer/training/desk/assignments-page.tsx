/**
 * `/training/assignments`: what was assigned to whom, and how far each is.
 *
 * Promises: what is overdue stands out in words; taking one back is asked about, and keeps the attempts.
 */
import '../../people/people.css'
import {
  Anchor,
  Button,
  Checkbox,
  Group,
  Progress,
  Stack,
  Table,
  Text,
  Title,
  UnstyledButton,
} from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { AssignmentView } from '../../../machines/wire/training.ts'
import { useNow } from '../../session/now.ts'
import { useMe } from '../../session/queries.ts'
import { Dialog } from '../../shell/dialog.tsx'
import { Icon } from '../../shell/icons.tsx'
import { Empty, ProblemNotice, Waiting } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { ModeBadge, StateBadge } from './badges.tsx'
import { useProcessTitle } from './scenario-filter.tsx'
import { refreshTraining, useAssignments, withdraw } from './training-api.ts'
import { TrainingPage } from './training-page.tsx'

export default function AssignmentsPage(): ReactElement {
  const { t } = useTranslation()
  const assignments = useAssignments()
  const [address, setAddress] = useSearchParams()
  const asked = address.get('new')
  const [past, setPast] = useState(false)
  const now = useNow()
  const all = assignments.data ?? []
  const shown = all.filter((one) => past || !isOver(one))
  const open = (): void => setAddress({ new: '' }, { replace: true })
  return (
    <TrainingPage
      title={t('trainer.assign.page')}
      beside={
        <Button leftSection={<Icon name="plus" size={16} />} onClick={open}>
          {t('trainer.assign.button')}
        </Button>
      }
    >
      <Stack gap="md" maw={1200}>
        {all.length === 0 ? null : (
          <Checkbox
            label={t('trainer.assign.withOver')}
            checked={past}
            onChange={(event) => setPast(event.currentTarget.checked)}
          />
        )}
        {assignments.isError ? (
          <ProblemNotice error={assignments.error} retry={() => void assignments.refetch()} />
        ) : assignments.data === undefined ? (
          <Waiting />
        ) : shown.length === 0 ? (
          <Empty
            title={t(all.length === 0 ? 'trainer.assign.empty' : 'trainer.assign.allOver')}
            lead={t('trainer.assign.emptyLead')}
          />
        ) : (
          shown.map((one) => <AssignmentCard key={one.id} one={one} now={now} />)
        )}
      </Stack>
      {asked === null ? null : (
        <AssignDialog
          scenario={asked === '' ? undefined : asked}
          close={() => setAddress({}, { replace: true })}
        />
      )}
    </TrainingPage>
  )
}

const passedOf = ({ assigned }: AssignmentView): number =>
  assigned.filter(({ status }) => status === 'passed').length
/** Taken back, or done by all. What is overdue is not over. */
const isOver = (one: AssignmentView): boolean =>
  one.withdrawnAt !== undefined || (one.assigned.length > 0 && passedOf(one) === one.assigned.length)

function AssignmentCard({ one, now }: { one: AssignmentView; now: number }): ReactElement {
  const { t } = useTranslation()
  const { say, date, relative, list } = useSpeech()
  const titleOf = useProcessTitle()
  const mayWrite = useMe().data?.rights.includes('training:write') === true
  const [isOpen, setOpen] = useState(false)
  const [asking, setAsking] = useState(false)
  const title = say(one.title, one.scenario)
  const passed = passedOf(one)
  const late = one.assigned.filter(({ status }) => status === 'late').length
  return (
    <Stack component="section" className="fc-panel" p="md" gap="sm" aria-label={title}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4}>
          <Group gap={8}>
            <Title order={2} size="h5">
              {mayWrite ? (
                <Anchor
                  component={Link}
                  to={`/training/scenarios/${encodeURIComponent(one.scenario)}`}
                  c="inherit"
                >
                  {title}
                </Anchor>
              ) : (
                title
              )}
            </Title>
            <ModeBadge mode={one.mode} />
          </Group>
          <Text size="sm" c="dimmed">
            {[titleOf(one.process), list(one.roles.map((role) => t(`roles.${role}`)))]
              .filter((part) => part !== '')
              .join(' · ')}
          </Text>
          <Text size="sm">
            {one.withdrawnAt === undefined
              ? t('trainer.assign.dueOn', { date: date(one.dueAt), relative: relative(one.dueAt, now) })
              : t('trainer.assign.withdrawnOn', { date: date(one.withdrawnAt) })}
          </Text>
          {one.note === undefined ? null : (
            <Text size="sm" className="fc-wrap">
              {one.note}
            </Text>
          )}
        </Stack>
        {one.withdrawnAt === undefined ? (
          <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
            {t('trainer.assign.withdraw')}
          </Button>
        ) : null}
      </Group>
      <UnstyledButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Group gap="sm" wrap="nowrap">
          <Progress
            flex="1"
            maw={320}
            color="teal"
            aria-hidden
            value={one.assigned.length === 0 ? 0 : (100 * passed) / one.assigned.length}
          />
          <Text size="sm" fw={600}>
            {t('trainer.assign.passedOf', { passed, count: one.assigned.length })}
          </Text>
          {late === 0 ? null : (
            <Text size="sm" fw={600} c="var(--mantine-color-error)">
              {t('trainer.assign.lateAre', { count: late })}
            </Text>
          )}
          <Icon name="unfold" size={14} />
        </Group>
      </UnstyledButton>
      {isOpen ? <People one={one} /> : null}
      {asking ? <WithdrawDialog one={one} title={title} close={() => setAsking(false)} /> : null}
    </Stack>
  )
}

function People({ one }: { one: AssignmentView }): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  if (one.assigned.length === 0) return <Text c="dimmed">{t('trainer.assign.nobody')}</Text>
  return (
    <Table className="fc-people" aria-label={t('trainer.assign.people')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('people.name')}</Table.Th>
          <Table.Th>{t('trainer.stateLabel')}</Table.Th>
          <Table.Th>{t('trainer.assign.attempts')}</Table.Th>
          <Table.Th>{t('trainer.assign.best')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {one.assigned.map(({ person, name, status, attempts, points }) => (
          <Table.Tr key={person}>
            <Table.Td>
              <Anchor
                component={Link}
                c="inherit"
                to={`/training/results?person=${encodeURIComponent(person)}&range=all`}
              >
                {name}
              </Anchor>
            </Table.Td>
            <Table.Td data-label={t('trainer.stateLabel')}>
              <StateBadge state={status} />
            </Table.Td>
            <Table.Td data-label={t('trainer.assign.attempts')}>{number(attempts)}</Table.Td>
            <Table.Td data-label={t('trainer.assign.best')}>
              {points === undefined ? t('common.none') : number(points)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function WithdrawDialog({
  one,
  title,
  close,
}: {
  one: AssignmentView
  title: string
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const take = useMutation({
    mutationFn: () => withdraw(one.id),
    onSuccess: async () => {
      await refreshTraining(client)
      close()
    },
  })
  return (
    <Dialog
      title={t('trainer.assign.withdrawTitle', { title })}
      closeLabel={t('trainer.cancel')}
      size="md"
      close={close}
    >
      <Text>{t('trainer.assign.withdrawLead')}</Text>
      {take.isError ? <ProblemNotice error={take.error} /> : null}
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={close}>
          {t('trainer.cancel')}
        </Button>
        <Button color="red.9" loading={take.isPending} onClick={() => take.mutate()}>
          {t('trainer.assign.withdraw')}
        </Button>
      </Group>
    </Dialog>
  )
}
