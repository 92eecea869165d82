/**
 * The pages and their addresses.
 *
 * Promises: nothing but signing in and setting up is shown to someone unknown; the address stays, so that signing in
 * leads on to it. The drawing comes with the pages that draw, not with the first.
 */
import { lazy, type ReactElement } from 'react'
import { Route, Routes } from 'react-router'
import { SetUpPage } from './access/set-up-page.tsx'
import { SignInPage } from './access/sign-in-page.tsx'
import { ProcessListPage } from './processes/process-list-page.tsx'
import { ApiError } from './session/api.ts'
import { useMe } from './session/queries.ts'
import { NotFound } from './shell/not-found.tsx'
import { ProblemNotice, Waiting } from './shell/notices.tsx'
import { Shell } from './shell/shell.tsx'

const ProcessPage = lazy(() => import('./processes/process-page.tsx'))
const DesignPage = lazy(() => import('./design/design-page.tsx'))
const ProcessLifePage = lazy(() => import('./life/process-life-page.tsx'))
const NormReportPage = lazy(() => import('./life/norm-report-page.tsx'))
const MovePage = lazy(() => import('./move/move-page.tsx'))
const InboxPage = lazy(() => import('./inbox/inbox-page.tsx'))
const JobListPage = lazy(() => import('./jobs/job-list-page.tsx'))
const CallPage = lazy(() => import('./call/call-page.tsx'))
const JobPage = lazy(() => import('./jobs/job-page.tsx'))

export function App(): ReactElement {
  return (
    <Routes>
      <Route path="/setup" element={<SetUpPage />} />
      <Route element={<Gate />}>
        <Route index element={<ProcessListPage />} />
        <Route path="processes/:process" element={<ProcessPage />} />
        <Route path="processes/:process/design" element={<DesignPage />} />
        <Route path="processes/:process/move" element={<MovePage />} />
        <Route path="processes/:process/life" element={<ProcessLifePage />} />
        <Route path="norms" element={<NormReportPage />} />
        <Route path="jobs" element={<JobListPage />} />
        <Route path="jobs/:job" element={<JobPage />} />
        <Route path="call/:job?" element={<CallPage />} />
        <Route path="inbox" element={<InboxPage />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  )
}

/** Who is not signed in is asked to, at the very address he came to. */
function Gate(): ReactElement {
  const me = useMe()
  if (me.data !== undefined) return <Shell me={me.data} />
  if (me.isPending) return <Waiting />
  if (me.error instanceof ApiError && me.error.status === 401) return <SignInPage />
  return (
    <main style={{ maxWidth: 560, margin: '15vh auto 0', padding: 16 }}>
      <ProblemNotice error={me.error} retry={() => void me.refetch()} />
    </main>
  )
}
