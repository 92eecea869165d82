/**
 * The known runs that come out otherwise on the draft, what cannot run at all first, each with the difference in words.
 *
 * Must not: list what is as it was and as it should be.
 */
import { Anchor, Badge, Button, Group, List, Stack, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ScenarioRuns } from '../../machines/wire/training.ts'
import { useMe } from '../session/queries.ts'
import { useSpeech } from '../text/use-language.ts'
import { useScenarioWords } from './scenario-words.ts'

type Run = ScenarioRuns['results'][number]
type Verdict = 'cannot' | 'changed' | 'failed' | 'still' | 'mended'
const GRAVEST: readonly Verdict[] = ['cannot', 'changed', 'failed', 'still', 'mended']
const COLOURS = {
  cannot: 'red',
  changed: 'red',
  failed: 'orange',
  still: 'gray',
  mended: 'teal',
} as const satisfies Record<Verdict, string>
const SHOWN = 20
const PROBLEMS = 3

/** Nothing where it is as it should be and always was. */
function verdictOf({ ok, before }: Run): Verdict | undefined {
  if (ok) return before === false ? 'mended' : undefined
  if (before === undefined) return 'failed'
  return before ? 'changed' : 'still'
}

type Row = { key: string; scenario: string; name: string; verdict: Verdict; why: readonly string[] }

export function ScenarioList({
  runs: { results, broken },
  before,
  version,
}: {
  runs: ScenarioRuns
  before: unknown
  version: number | undefined
}): ReactElement | null {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const words = useScenarioWords(before)
  const [shown, setShown] = useState(SHOWN)
  const mayRead = useMe().data?.rights.includes('training:write') === true
  const rows: Row[] = [
    ...broken.map(({ scenario, title, problems }): Row => {
      const why = problems.slice(0, PROBLEMS).map(({ message }) => say(message))
      const more = problems.length - why.length
      return {
        key: scenario,
        scenario,
        name: say(title),
        verdict: 'cannot',
        why: more > 0 ? [...why, t('tested.more', { count: more })] : why,
      }
    }),
    ...results.flatMap((run): Row[] => {
      const verdict = verdictOf(run)
      if (verdict === undefined) return []
      const name = t('tested.run', {
        scenario: say(run.title),
        run: run.runTitle === undefined ? run.run : say(run.runTitle),
      })
      return [
        { key: `${run.scenario} ${run.run}`, scenario: run.scenario, name, verdict, why: words.why(run) },
      ]
    }),
  ].sort((one, other) => GRAVEST.indexOf(one.verdict) - GRAVEST.indexOf(other.verdict))
  if (rows.length === 0) return null
  return (
    <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {rows.slice(0, shown).map(({ key, scenario, name, verdict, why }) => (
        <li key={key}>
          <Group gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
            {mayRead ? (
              <Anchor
                component={Link}
                size="sm"
                className="fc-wrap"
                to={`/training/scenarios/${encodeURIComponent(scenario)}`}
                target="_blank"
                aria-label={t('tested.open', { title: name })}
              >
                {name}
              </Anchor>
            ) : (
              <Text size="sm" className="fc-wrap">
                {name}
              </Text>
            )}
            <Badge
              size="sm"
              variant="light"
              color={COLOURS[verdict]}
              c="var(--mantine-color-text)"
              tt="none"
              style={{ flex: 'none' }}
            >
              {t(`tested.verdict.${verdict}`, { version: version ?? '' })}
            </Badge>
          </Group>
          <List size="sm" spacing={0} withPadding>
            {why.map((line) => (
              <List.Item key={line} className="fc-wrap">
                {line}
              </List.Item>
            ))}
          </List>
        </li>
      ))}
      {rows.length > shown ? (
        <li>
          <Button size="compact-xs" variant="subtle" onClick={() => setShown(shown + SHOWN)}>
            {t('tested.showMore', { count: rows.length - shown })}
          </Button>
        </li>
      ) : null}
    </Stack>
  )
}
