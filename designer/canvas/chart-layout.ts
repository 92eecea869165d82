/**
 * Runs ELK in a worker of the browser, and measures text so that the browser's font has room.
 *
 * Promises: a layout ends, in a drawing or an error: a worker that takes too long is stopped and made anew for the next.
 * Must not: run ELK on the page's own thread. The worker is a file of its own (content security policy).
 */
import elkApi, { type ELK } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { ChartGraph, PlacedChart } from '../../machines/drawing/graph.ts'
import { estimateWidth, FONT, type Measure } from '../../machines/drawing/metrics.ts'
import { layOut } from '../../machines/drawing/place.ts'

const TIMEOUT_MS = 30_000

// The class is the module, and its own `default` too: this name holds however the module is bundled.
const Elk = elkApi.default
type Started = {
  readonly elk: ELK
  /** Rejects once the worker cannot be loaded, or dies. */
  readonly broken: Promise<never>
}
let started: Started | undefined

function start(): Started {
  let fail: (error: Error) => void = () => undefined
  const broken = new Promise<never>((_, reject) => {
    fail = reject
  })
  broken.catch(() => undefined)
  const workerFactory = (url = workerUrl): Worker => {
    const worker = new Worker(url)
    worker.addEventListener('error', () => fail(new Error('the layout could not be run')))
    return worker
  }
  return { elk: new Elk({ workerUrl, workerFactory }), broken }
}

/** Begins to load ELK, where a layout is sure to be asked for. */
export function readyWorker(): void {
  started ??= start()
}

/** The placed drawing. Throws where ELK fails or takes longer than 30 s. */
export async function layOutInWorker(graph: ChartGraph): Promise<PlacedChart> {
  const used = started ?? start()
  started = used
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the layout took too long')), TIMEOUT_MS)
  })
  try {
    return await Promise.race([layOut(graph, used.elk), late, used.broken])
  } catch (error) {
    used.elk.terminateWorker()
    if (started === used) started = undefined
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/**
 * As wide as any usual font draws a text, remembered by text; wider only where this browser's font is. So a drawing laid
 * out elsewhere, by the server or on a colleague's machine, is the drawing that is laid out here.
 */
export function browserMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d')
  if (context === null) return estimateWidth
  const known = new Map<string, number>()
  return (text, size, weight) => {
    const key = `${weight} ${size} ${text}`
    const found = known.get(key)
    if (found !== undefined) return found
    context.font = `${weight} ${size}px ${FONT}`
    // A hair more than measured: browsers round glyphs differently on the page than on a canvas.
    const own = context.measureText(text).width * 1.01 + 0.5
    const width = Math.max(own, estimateWidth(text, size, weight))
    known.set(key, width)
    return width
  }
}
