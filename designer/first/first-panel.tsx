/**
 * What a newcomer sees above the processes: the sample day, and his first steps until he puts them away.
 */
import './first.css'
import { Box } from '@mantine/core'
import type { ReactElement } from 'react'
import { useMe } from '../session/queries.ts'
import { useGuide, useGuideChange } from './first-queries.ts'
import { GuideList } from './guide-list.tsx'
import { SamplePanel } from './sample-panel.tsx'

export default function FirstPanel(): ReactElement | null {
  const me = useMe().data
  const guide = useGuide().data
  const change = useGuideChange()
  if (me === undefined) return null
  return (
    <>
      <SamplePanel offer />
      {guide === undefined || guide.closed ? null : (
        <Box mb="md">
          <GuideList me={me} close={() => change.mutate({ closed: true })} />
        </Box>
      )}
    </>
  )
}
