/**
 * Ticks the first steps that are done by being somewhere, and says on pages that count jobs that some are made up.
 *
 * Must not: ask or write anything for who put his list away.
 */
import { Box } from '@mantine/core'
import { type ReactElement, useEffect } from 'react'
import { useLocation } from 'react-router'
import { useGuide, useGuideChange, useSample } from './first-queries.ts'
import { SamplePanel } from './sample-panel.tsx'
import { stepAt } from './steps.ts'

/** Lists and reports, where made-up jobs would be taken for real ones. */
const COUNTING = /^\/(jobs|jobs\/board|norms|reviews|worklog|surveys|findings|dispatch)$/

export default function Footprints(): ReactElement | null {
  const { pathname } = useLocation()
  const guide = useGuide().data
  const { mutate } = useGuideChange()
  const step = stepAt(pathname)
  const isNew = step !== undefined && guide !== undefined && !guide.closed && !guide.done.includes(step)
  useEffect(() => {
    if (isNew && step !== undefined) mutate({ done: [step] })
  }, [isNew, step, mutate])
  const samples = useSample().data?.jobs ?? 0
  if (samples === 0 || !COUNTING.test(pathname)) return null
  return (
    <Box maw={1600} mx="auto" px={{ base: 'md', md: 'xl' }} pt="md" mb={-20}>
      <SamplePanel />
    </Box>
  )
}
