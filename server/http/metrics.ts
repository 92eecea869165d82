/**
 * Figures for Prometheus: each request by route and status, and the process's own.
 *
 * Promises: labels are route patterns, never addresses as sent: their number is bounded and nobody's data is in them.
 * Must not: be the place where other parts count; they make their own metrics on the same registry.
 */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { App } from './app-type.ts'

export function createMetrics(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}

export function registerMetrics(app: App, registry: Registry): void {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown')
    duration.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
  })
}

/** How late timers fire; a hold counts seconds. */
export function createTimerMetrics(registry: Registry): { fired(lateMs: number): void } {
  const late = new Histogram({
    name: 'fieldchart_timer_lateness_seconds',
    help: 'How long after its due time a timer fired',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 5, 60, 3600],
    registers: [registry],
  })
  return { fired: (lateMs) => late.observe(lateMs / 1000) }
}

/** @param free bytes of the disk that are free; what it throws leaves the figure as it was */
export function createDiskMetric(registry: Registry, free: () => Promise<number>): void {
  const gauge = new Gauge({
    name: 'fieldchart_disk_free_bytes',
    help: 'Room left on the disk of the data folder',
    registers: [registry],
    collect: async () => {
      const bytes = await free().catch(() => undefined)
      if (bytes !== undefined) gauge.set(bytes)
    },
  })
}
