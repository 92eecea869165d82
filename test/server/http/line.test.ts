/** What comes over the line and never reaches a route is answered as everything else: coded, with the headers, and no stack. */
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { PROBLEMS, type ProblemCode } from '../../../server/problem-table.ts'
import { createWorld, tokenOf, type World } from './harness.ts'

async function dial(world: World) {
  if (!world.app.server.listening) await world.app.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect(Number(new URL(world.app.listeningOrigin).port), '127.0.0.1')
  let text = ''
  socket.on('data', (data) => {
    text += data
  })
  const closed = new Promise<void>((resolve) => {
    socket.on('error', () => {})
    socket.on('close', () => resolve())
  })
  return { socket, closed, text: () => text }
}
function read(answer: string) {
  const [head = '', ...rest] = answer.split('\r\n\r\n')
  const [line = '', ...lines] = head.split('\r\n')
  const headers = new Map(
    lines.map((each) => {
      const [name = '', value = ''] = each.split(/: (.*)/s)
      return [name.toLowerCase(), value]
    }),
  )
  return { status: Number(line.split(' ')[1]), headers, body: rest.join('\r\n\r\n') }
}

const REFUSED: readonly (readonly [string, string, ProblemCode])[] = [
  ['no HTTP', 'hello\r\n\r\n', 'bad-request'],
  ['a request line of two words', 'GET /\r\n\r\n', 'bad-request'],
  ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'bad-request'],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 'bad-request'],
  ['two hosts', 'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 'bad-request'],
  ['no host, at no address', 'GET /api/none HTTP/1.1\r\n\r\n', 'bad-request'],
  ['an expectation', 'GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n', 'expectation-failed'],
  ['a tunnel', 'CONNECT 10.0.0.1:22 HTTP/1.1\r\nHost: a\r\n\r\n', 'bad-request'],
  [
    'headers too long',
    `GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    'headers-too-large',
  ],
  [
    'two lengths',
    'POST /api/jobs HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
    'bad-request',
  ],
]

describe('on the line', () => {
  it('every refusal is a problem with its code and the headers of every answer', async () => {
    const world = await createWorld()
    for (const [name, sent, code] of REFUSED) {
      const { socket, closed, text } = await dial(world)
      socket.write(sent)
      await closed
      const { status, headers, body } = read(text())
      expect([name, status]).toEqual([name, PROBLEMS[code].status])
      expect(JSON.parse(body)).toMatchObject({ code, status, type: `/api/problems/${code}` })
      expect({ name, ...Object.fromEntries(headers) }).toMatchObject({
        name,
        'content-type': expect.stringContaining('application/problem+json'),
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'permissions-policy': expect.stringContaining('camera=()'),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        connection: 'close',
      })
      expect(text()).not.toMatch(/node:|\.ts:|\n\s+at /)
    }
  })

  it('a request that never ends is told so', async () => {
    const world = await createWorld()
    await world.app.listen({ port: 0, host: '127.0.0.1' })
    const sockets: unknown[] = []
    world.app.server.on('connection', (each) => sockets.push(each))
    const { socket, closed, text } = await dial(world)
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n')
    // As Node does after a minute.
    const timeout = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
    await expect.poll(() => sockets.length).toBeGreaterThan(0)
    world.app.server.emit('clientError', timeout, sockets[0])
    await closed
    expect([read(text()).status, JSON.parse(read(text()).body).code]).toEqual([408, 'request-timeout'])
  })

  it('rubbish after a request does not come into the answer that is under way', async () => {
    const world = await createWorld()
    const { socket, closed, text } = await dial(world)
    const authorization = `Authorization: Bearer ${tokenOf('dispatcher')}`
    socket.write(
      `GET /api/changes HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n${authorization}\r\n\r\n`,
    )
    await expect.poll(text).toContain('event: ready')
    socket.write('hello\r\n\r\n')
    await closed
    expect(text().match(/HTTP\/1\.1/g)).toHaveLength(1)
    expect(text()).not.toContain('problem')
  })

  it('what HTTP/1.0 and `Expect: 100-continue` ask for is answered', async () => {
    const world = await createWorld()
    const old = await dial(world)
    old.socket.write('GET /healthz HTTP/1.0\r\n\r\n')
    await old.closed
    expect(read(old.text()).status).toBe(200)
    const patient = await dial(world)
    patient.socket.write(
      'POST /api/sign-in HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n',
    )
    await expect.poll(patient.text).toContain('100 Continue')
    patient.socket.write('{}')
    await patient.closed
    expect(patient.text()).toContain('"code":"body-invalid"')
  })

  it('while the server stops it is told so, on a connection that was open', async () => {
    const world = await createWorld()
    const { socket, closed, text } = await dial(world)
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')
    await expect.poll(text).toContain('200')
    const before = text().length
    const stopped = world.app.close()
    await pause(20)
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')
    await closed
    await stopped
    const { status, headers, body } = read(text().slice(before))
    expect([status, JSON.parse(body).code, headers.get('connection')]).toEqual([503, 'not-ready', 'close'])
    expect([headers.get('retry-after'), headers.get('x-content-type-options')]).toEqual(['5', 'nosniff'])
  })
})
