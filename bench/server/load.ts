/**
 * A load generator: so many connections, each with one request open at a time, over bare sockets.
 *
 * Promises: every answer is read whole and its status looked at; a request that is not answered as wanted ends the
 * measurement. It costs its core less than any of the servers it measures.
 * Must not: pipeline, or ask for compression.
 */
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export type Ask = { method: string; path: string; token?: string; body?: string }
/** `cpu`: microseconds of the server's processor for each answer, which neighbours on the machine disturb least. */
export type Measured = { rps: number; p50: number; p99: number; cpu?: number }
export type Load = {
  port: number
  /** The process measured. */
  pid?: number
  seconds: number
  connections?: number
  /** The status of every answer. */
  wanted?: number
  ask(): Ask
}

const CONNECTIONS = 64
/** Not counted, as a share of what is: code is compiled and pages are read meanwhile; an event has its full speed after some 20,000. */
const WARM = 1
const SETTLED_WITHIN_MS = 30_000
const END_OF_HEAD = '\r\n\r\n'

/** Milliseconds and requests a second. */
export async function measure({
  port,
  pid,
  seconds,
  connections = CONNECTIONS,
  wanted = 200,
  ask,
}: Load): Promise<Measured> {
  const begun = performance.now()
  const counted = begun + seconds * 1000 * WARM
  const until = counted + seconds * 1000
  const times: number[] = []
  let all = 0
  const before = cpuOf(pid)
  const one = async (): Promise<void> => {
    const socket = await open(port)
    try {
      while (performance.now() < until) {
        const sent = performance.now()
        const { status, body } = await exchange(socket, head(ask()))
        const answered = performance.now()
        all += 1
        if (status !== wanted) throw new Error(`answered ${status}: ${body.slice(0, 500)}`)
        if (sent >= counted) times.push(answered - sent)
      }
    } finally {
      socket.destroy()
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  const took = (performance.now() - counted) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number): number => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(2))
  const cpu = pid === undefined ? {} : { cpu: Math.round((cpuOf(pid) - before) / all) }
  return { rps: Math.round(times.length / took), p50: at(0.5), p99: at(0.99), ...cpu }
}

/** Microseconds, counted by the system in hundredths of a second; 0 where it does not tell. */
function cpuOf(pid: number | undefined): number {
  try {
    // After the name, which may hold spaces: the 12th and 13th are the times in user and system mode.
    const [, text = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
    const fields = text.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  } catch {
    return 0
  }
}

/** Until the process has nothing more to do: a server prepares this and that when it has begun to listen. */
export async function settled(pid: number): Promise<void> {
  const until = performance.now() + SETTLED_WITHIN_MS
  for (let before = cpuOf(pid), idle = 0; idle < 2 && performance.now() < until; ) {
    await pause(200)
    const now = cpuOf(pid)
    idle = now - before > 20_000 ? 0 : idle + 1
    before = now
  }
}

/** One request on a connection of its own. */
export async function once(port: number, ask: Ask): Promise<{ status: number; body: string }> {
  const socket = await open(port)
  try {
    return await exchange(socket, head(ask))
  } finally {
    socket.destroy()
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

const head = ({ method, path, token, body }: Ask): string =>
  [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${body.length}`]),
    '',
    body ?? '',
  ].join('\r\n')

function exchange(socket: Socket, request: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    let text = ''
    let whole = Number.POSITIVE_INFINITY
    const done = (): void => {
      socket.off('data', read)
      socket.off('error', failed)
      socket.off('close', failed)
    }
    const failed = (error?: unknown): void => {
      done()
      reject(error instanceof Error ? error : new Error('the connection was closed'))
    }
    const read = (chunk: Buffer): void => {
      // Bytes as units, so that lengths are those of the header.
      text += chunk.toString('latin1')
      if (whole === Number.POSITIVE_INFINITY) {
        const end = text.indexOf(END_OF_HEAD)
        if (end < 0) return
        const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1]
        if (length === undefined) {
          failed(new Error(`no length: ${text.slice(0, end)}`))
          return
        }
        whole = end + END_OF_HEAD.length + Number(length)
      }
      if (text.length < whole) return
      done()
      resolve({
        status: Number(text.slice(9, 12)),
        body: Buffer.from(text.slice(text.indexOf(END_OF_HEAD) + 4), 'latin1').toString('utf8'),
      })
    }
    socket.on('data', read)
    socket.on('error', failed)
    socket.on('close', failed)
    socket.write(request)
  })
}
