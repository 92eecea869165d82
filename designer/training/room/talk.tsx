/**
 * The conversation of a run: what is said and seen, what the trainee did, and in practice why it was right or wrong.
 *
 * Promises: what is new is in sight and told to those who listen; who reads further up is not torn away.
 */
import { Box, Group, Text } from '@mantine/core'
import { type ReactElement, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Line } from '../../../machines/simulate/sim.ts'
import { Icon } from '../../shell/icons.tsx'
import { Face } from './face.tsx'
import { lineInWords, type Told } from './line-words.ts'
import { useScene } from './room-scene.tsx'

/** As close to the end counts as being there. */
const NEAR_PX = 80

/** @param trainee his name, for somebody else who looks on; without it he is addressed */
export function Talk({ trainee }: { trainee?: string }): ReactElement {
  const { t } = useTranslation()
  const scene = useScene()
  const { lines } = scene.view.sim
  const told = useMemo(
    () =>
      lines.flatMap((line, index) => {
        const words = lineInWords(line, scene)
        const isSaid = words?.kind === 'hint' && wasExplained(lines, index)
        return words === undefined || isSaid ? [] : [{ words, at: line.at, key: index }]
      }),
    // Words change with the language alone, lines with each step.
    [lines, scene],
  )
  const box = useRef<HTMLDivElement>(null)
  const isNear = useRef(true)
  const count = told.length
  useEffect(() => {
    if (count > 0 && isNear.current) box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [count])
  return (
    <Box
      className="room-talk"
      ref={box}
      role="log"
      aria-live="polite"
      aria-label={t('training.talk')}
      tabIndex={0}
      onScroll={({ currentTarget }) => {
        const { scrollHeight, scrollTop, clientHeight } = currentTarget
        isNear.current = scrollHeight - scrollTop - clientHeight < NEAR_PX
      }}
    >
      {told.length === 0 ? (
        <Text size="sm" c="dimmed" ta="center" py="lg">
          {t('training.nothingYet')}
        </Text>
      ) : (
        told.map(({ words, at, key }) => (
          <OneLine key={key} told={words} at={at} own={trainee ?? t('training.you')} />
        ))
      )}
    </Box>
  )
}

/** The fault just before said the same. */
function wasExplained(lines: readonly Line[], index: number): boolean {
  const [line, before] = [lines[index], lines[index - 1]]
  return (
    line?.is === 'explained' &&
    before?.is === 'broke' &&
    JSON.stringify(before.why) === JSON.stringify(line.text)
  )
}

const SIGNS = { fault: 'alert', hint: 'check', seen: 'bell', end: 'final' } as const

function OneLine({ told, at, own }: { told: Told; at: number; own: string }): ReactElement {
  const { t } = useTranslation()
  const { clock } = useScene()
  const { kind, text, who, temper, more = [], forced } = told
  const sign =
    kind === 'fault' || kind === 'hint' || kind === 'seen' || kind === 'end' ? SIGNS[kind] : undefined
  return (
    <div className="room-line" data-line={kind} data-forced={forced === true}>
      {kind === 'state' ? (
        <Text size="xs" c="dimmed" component="span">
          {t('training.line.nowIn', { states: text })}
        </Text>
      ) : (
        <div className="room-bubble">
          {kind === 'own' || kind === 'said' || who !== undefined ? (
            <Group gap={8} wrap="nowrap" mb={2}>
              <Text size="xs" fw={600} component="span" className="fc-wrap">
                {who ?? own}
              </Text>
              {temper === undefined ? null : <Face temper={temper} />}
              {forced === true ? (
                <Text size="xs" component="span" className="room-forced">
                  {t('training.byHand')}
                </Text>
              ) : null}
            </Group>
          ) : null}
          <Group gap={8} wrap="nowrap" align="flex-start">
            {sign === undefined ? null : (
              <span className="room-sign">
                <Icon name={sign} size={15} />
              </span>
            )}
            <div style={{ minWidth: 0 }}>
              <Text size="sm" className="fc-wrap">
                {text}
              </Text>
              {more.map((each) => (
                <Text size="sm" key={each} className="fc-wrap" c="dimmed">
                  {each}
                </Text>
              ))}
            </div>
          </Group>
        </div>
      )}
      <Text size="xs" c="dimmed" component="time" className="room-time">
        {clock.ofDay(at)}
      </Text>
    </div>
  )
}
