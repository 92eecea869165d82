/** The first steps on a page of their own, for who put them away, and the sample day. */
import './first.css'
import { type ReactElement, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/queries.ts'
import { ProblemNotice, Waiting } from '../shell/notices.tsx'
import { Page } from '../shell/page.tsx'
import { useGuide, useGuideChange } from './first-queries.ts'
import { GuideList } from './guide-list.tsx'
import { SamplePanel } from './sample-panel.tsx'

export default function FirstPage(): ReactElement {
  const { t } = useTranslation()
  const me = useMe().data
  const guide = useGuide()
  const { mutate } = useGuideChange()
  const closed = guide.data?.closed
  // Who comes here wants it back.
  useEffect(() => {
    if (closed === true) mutate({ closed: false })
  }, [closed, mutate])
  return (
    <Page title={t('first.title')}>
      <SamplePanel offer />
      {guide.isError ? <ProblemNotice error={guide.error} retry={() => void guide.refetch()} /> : null}
      {guide.isPending ? <Waiting /> : null}
      {me === undefined ? null : <GuideList me={me} />}
    </Page>
  )
}
