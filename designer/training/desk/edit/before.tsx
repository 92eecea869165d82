/** What was done before the trainee comes in: steps of the others, one after another, not scored. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Step } from '../../../../machines/simulate/scenario.ts'
import { Cards } from './cards.tsx'
import { SpanField } from './fields.tsx'
import { DoingField } from './moves.tsx'
import { useNames } from './names.tsx'
import { orNone, put } from './put.ts'
import { type EditProps, Section } from './section.tsx'

export function Before({ scenario, change }: EditProps): ReactElement {
  const { t } = useTranslation()
  const names = useNames()
  const told = useStepLine()
  const { start } = scenario
  return (
    <Section title={t('trainer.section.before')} lead={t('trainer.lead.before')}>
      <Cards
        items={start.before ?? []}
        at="/start/before"
        told={told}
        add={t('trainer.form.addStep')}
        empty={t('trainer.form.noBefore')}
        fresh={(): Step => ({
          after: 'PT1M',
          what: { do: 'event', type: names.events[0]?.value ?? 'event' },
        })}
        change={(before) =>
          change({ ...scenario, start: put(start, 'before', orNone(before)) }, '/start/before')
        }
      >
        {(one, set, at) => (
          <>
            <div data-pointer={`${at}/what`}>
              <DoingField by value={one.what} change={(what) => set({ ...one, what: what ?? one.what })} />
            </div>
            <div data-pointer={`${at}/after`}>
              <SpanField
                label={t('trainer.form.afterStep')}
                value={one.after}
                change={(after) => set(put(one, 'after', after))}
              />
            </div>
          </>
        )}
      </Cards>
    </Section>
  )
}

/** Who did what. */
export function useStepLine(): (step: Step) => string {
  const { t } = useTranslation()
  const { people, events, items, moves } = useNames()
  const label = (from: typeof people, value: string): string =>
    from.find((each) => each.value === value)?.label ?? value
  return ({ what }) => {
    const who = 'by' in what && what.by !== undefined ? label(people, what.by) : ''
    const told =
      what.do === 'event'
        ? label(events, what.type)
        : what.do === 'tick' || what.do === 'untick'
          ? label(items, what.item)
          : what.do === 'move'
            ? label(moves, what.move)
            : what.do === 'prohibited'
              ? what.norm
              : what.do === 'wait'
                ? t('trainer.doing.wait')
                : what.do === 'give-up'
                  ? t('trainer.doing.giveUp')
                  : t('trainer.doing.other', { kind: what.do })
    return [who, told].filter((part) => part !== '').join(t('common.colon'))
  }
}
