/**
 * The pages and their addresses.
 *
 * Promises: nothing but signing in and setting up is shown to someone unknown; the address stays, so that signing in
 * leads on to it. The drawing comes with the pages that draw, not with the first.
 */
import { lazy, type ReactElement, useEffect } from 'react'
import { Route, Routes, useLocation } from 'react-router'
import { SetUpPage } from './access/set-up-page.tsx'
import { SignInPage } from './access/sign-in-page.tsx'
import { ProcessListPage } from './processes/process-list-page.tsx'
import { ApiError } from './session/api.ts'
import { keepMe, keptMe } from './session/kept-me.ts'
import { useMe } from './session/queries.ts'
import { NotFound } from './shell/not-found.tsx'
import { ProblemNotice, Waiting } from './shell/notices.tsx'
import { Shell } from './shell/shell.tsx'

const ProcessPage = lazy(() => import('./processes/process-page.tsx'))
const DesignPage = lazy(() => import('./design/design-page.tsx'))
const ProcessLifePage = lazy(() => import('./life/process-life-page.tsx'))
const NormReportPage = lazy(() => import('./life/norm-report-page.tsx'))
const ReviewListPage = lazy(() => import('./reviews/review-list-page.tsx'))
const ReviewPage = lazy(() => import('./reviews/review-page.tsx'))
const WorkLogPage = lazy(() => import('./reviews/work-log-page.tsx'))
const SurveyPage = lazy(() => import('./reviews/survey-page.tsx'))
const FindingsPage = lazy(() => import('./findings/findings-page.tsx'))
const MovePage = lazy(() => import('./move/move-page.tsx'))
const WorkFrame = lazy(() => import('./work/work-frame.tsx'))
const WorkListPage = lazy(() => import('./work/work-list-page.tsx'))
const WorkJobPage = lazy(() => import('./work/work-job-page.tsx'))
const PrivacyPage = lazy(() => import('./privacy/privacy-page.tsx'))
const AuditPage = lazy(() => import('./audit/audit-page.tsx'))
const WebhooksPage = lazy(() => import('./webhooks/webhooks-page.tsx'))
const InboxPage = lazy(() => import('./inbox/inbox-page.tsx'))
const BoardPage = lazy(() => import('./desk/board-page.tsx'))
const JobListPage = lazy(() => import('./jobs/job-list-page.tsx'))
const CallPage = lazy(() => import('./call/call-page.tsx'))
const FirstPage = lazy(() => import('./first/first-page.tsx'))
const PeoplePage = lazy(() => import('./people/people-page.tsx'))
const PersonPage = lazy(() => import('./people/person-page.tsx'))
const DispatchPage = lazy(() => import('./dispatch/dispatch-page.tsx'))
const MyTrainingPage = lazy(() => import('./training/mine/my-page.tsx'))
const JoinPage = lazy(() => import('./training/mine/join-page.tsx'))
const ScenarioPage = lazy(() => import('./training/desk/edit/editor-page.tsx'))
const AssignmentsPage = lazy(() => import('./training/desk/assignments-page.tsx'))
const ResultsPage = lazy(() => import('./training/desk/results-page.tsx'))
const SessionPage = lazy(() => import('./training/desk/session-page.tsx'))
const LibraryPage = lazy(() => import('./training/desk/library-page.tsx'))
const AttemptPage = lazy(() => import('./training/room/attempt-page.tsx'))
const TryDraftPage = lazy(() => import('./training/room/try-draft-page.tsx'))
const TryJobPage = lazy(() => import('./training/room/try-job-page.tsx'))
const JobPage = lazy(() => import('./jobs/job-page.tsx'))

export function App(): ReactElement {
  return (
    <Routes>
      <Route path="/setup" element={<SetUpPage />} />
      <Route element={<Gate />}>
        <Route index element={<ProcessListPage />} />
        <Route path="processes/:process" element={<ProcessPage />} />
        <Route path="processes/:process/design" element={<DesignPage />} />
        <Route path="processes/:process/try" element={<TryDraftPage />} />
        <Route path="processes/:process/move" element={<MovePage />} />
        <Route path="processes/:process/life" element={<ProcessLifePage />} />
        <Route path="norms" element={<NormReportPage />} />
        <Route path="reviews" element={<ReviewListPage />} />
        <Route path="reviews/:period/:person" element={<ReviewPage />} />
        <Route path="worklog" element={<WorkLogPage />} />
        <Route path="surveys" element={<SurveyPage />} />
        <Route path="findings" element={<FindingsPage />} />
        <Route path="jobs" element={<JobListPage />} />
        <Route path="jobs/board" element={<BoardPage />} />
        <Route path="jobs/:job" element={<JobPage />} />
        <Route path="jobs/:job/try" element={<TryJobPage />} />
        <Route path="call/:job?" element={<CallPage />} />
        <Route path="work" element={<WorkFrame />}>
          <Route index element={<WorkListPage />} />
          <Route path=":job" element={<WorkJobPage />} />
        </Route>
        <Route path="people" element={<PeoplePage />} />
        <Route path="people/:person" element={<PersonPage />} />
        <Route path="first" element={<FirstPage />} />
        <Route path="dispatch" element={<DispatchPage />} />
        <Route path="training" element={<MyTrainingPage />} />
        <Route path="training/join" element={<JoinPage />} />
        <Route path="training/assignments" element={<AssignmentsPage />} />
        <Route path="training/results" element={<ResultsPage />} />
        <Route path="training/sessions/:code" element={<SessionPage />} />
        <Route path="training/scenarios" element={<LibraryPage />} />
        <Route path="training/scenarios/new" element={<LibraryPage />} />
        <Route path="training/scenarios/:scenario" element={<ScenarioPage />} />
        <Route path="training/attempts/:attempt" element={<AttemptPage />} />
        <Route path="inbox" element={<InboxPage />} />
        <Route path="privacy" element={<PrivacyPage />} />
        <Route path="audit" element={<AuditPage />} />
        <Route path="webhooks" element={<WebhooksPage />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  )
}

const isAtWork = (pathname: string): boolean => pathname === '/work' || pathname.startsWith('/work/')

/** Who is not signed in is asked to, at the very address he came to. */
function Gate(): ReactElement {
  const me = useMe()
  const { pathname } = useLocation()
  const { data } = me
  useEffect(() => {
    if (data !== undefined) keepMe(data)
  }, [data])
  if (data !== undefined) return <Shell me={data} />
  const isRefused = me.error instanceof ApiError && me.error.status !== 0
  // The telephone's pages open without a connection, for who was here last.
  const last = isRefused || !isAtWork(pathname) ? undefined : keptMe()
  if (last !== undefined) return <Shell me={last} />
  if (me.isPending) return <Waiting />
  if (me.error instanceof ApiError && me.error.status === 401) return <SignInPage />
  return (
    <main style={{ maxWidth: 560, margin: '15vh auto 0', padding: 16 }}>
      <ProblemNotice error={me.error} retry={() => void me.refetch()} />
    </main>
  )
}
