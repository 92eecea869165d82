/** The drawing, fetched when a page first draws. */
import { lazy } from 'react'

export const LazyChart = lazy(() => import('./chart.tsx'))
