/** The trials and moves that a process has seen, newest first. */
import { Button, Table, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNameOf } from '../session/people.ts'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useMoves } from './use-move.ts'

export function EarlierMoves({ process, show }: { process: string; show(run: string): void }): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const nameOf = useNameOf()
  const moves = useMoves(process)
  if (moves.isPending) return <Waiting />
  if (moves.isError) return <ProblemNotice error={moves.error} retry={() => void moves.refetch()} />
  const { migrations } = moves.data
  if (migrations.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('move.earlier.none')}
      </Text>
    )
  return (
    <Table.ScrollContainer minWidth={560} mah={360}>
      <Table fz="sm" verticalSpacing={6}>
        <Table.Tbody>
          {migrations.map(({ id, dryRun, from, to, by, startedAt, status, counts }) => {
            const what = t(dryRun ? 'move.run.trial' : 'move.run.real', { from, to })
            return (
              <Table.Tr key={id} data-run={id}>
                <Table.Td>{what}</Table.Td>
                <Table.Td>{t('move.run.by', { who: nameOf(by), when: time(startedAt) })}</Table.Td>
                <Table.Td>{t(`move.run.status.${status}`)}</Table.Td>
                <Table.Td>{t(dryRun ? 'move.earlier.would' : 'move.earlier.counts', counts)}</Table.Td>
                <Table.Td ta="end">
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t('move.earlier.showRun', { what, when: time(startedAt) })}
                    onClick={() => show(id)}
                  >
                    {t('move.earlier.show')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
