/** Signatures against the published vector, and which addresses webhooks reach. */
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { isOpenAddress, type LookUp } from '../../../server/webhooks/addresses.ts'
import { createSender, type SenderOptions } from '../../../server/webhooks/sender.ts'
import { sign, signedHeaders } from '../../../server/webhooks/signing.ts'
import { receive, taken } from './receiver.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

describe('signatures', () => {
  it('are those of the specification’s vector', () => {
    expect(sign(SECRET, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    )
  })

  it('are by both secrets while one replaces the other, and by one afterwards', () => {
    const until = new Date(Date.now() + 1000).toISOString()
    const both = { secret: SECRET, oldSecret: { secret: 'whsec_b2xkIHNlY3JldA==', until } }
    const message = { id: 'm', body: '{"名":1}' }
    const headers = signedHeaders(both, message, Date.now())
    for (const secret of [SECRET, both.oldSecret.secret])
      expect(new Webhook(secret).verify(message.body, headers)).toEqual({ 名: 1 })
    const later = signedHeaders(both, message, Date.now() + 2000)
    expect(() => new Webhook(both.oldSecret.secret).verify(message.body, later)).toThrow()
  })
})

describe('addresses', () => {
  const own = [
    ...[
      '127.0.0.1',
      '127.255.0.9',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
    ],
    ...[
      '100.64.0.1',
      '100.127.255.255',
      '0.0.0.0',
      '224.0.0.1',
      '239.1.1.1',
      '255.255.255.255',
      '198.18.0.1',
    ],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::127.0.0.1',
    ],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:1::', 'localhost', ''],
  ]
  it.each(own)('refuse %s', (address) => expect(isOpenAddress(address)).toBe(false))
  it.each(['8.8.8.8', '100.128.0.1', '172.32.0.1', '2606:4700::1111'])('allow %s', (address) =>
    expect(isOpenAddress(address)).toBe(true),
  )

  /** Answers with each of these in turn. */
  function resolving(...answers: string[][]): { lookup: LookUp; asked: () => number } {
    let asked = 0
    const lookup: LookUp = (_host, _options, done) => {
      const found = answers[Math.min(asked, answers.length - 1)] ?? []
      asked += 1
      done(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }
    return { lookup, asked: () => asked }
  }
  const send = async (url: string, options: Partial<SenderOptions> = {}) => {
    const sender = createSender({ privateAddresses: false, timeoutMs: 1000, ...options })
    try {
      return await sender.send(url, {}, '{}')
    } finally {
      await sender.close()
    }
  }

  it('are refused however they are written', async () => {
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '127.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
    ])
      expect([host, await send(`http://${host}:9/`)]).toEqual([host, { reason: 'address' }])
  })

  it('are judged where the connection is made, from the one look-up that it uses', async () => {
    const { url, received } = await receive(taken)
    const { port } = new URL(url)
    expect(await send(`http://localhost:${port}/`)).toEqual({ reason: 'address' })
    const rebinding = resolving(['127.0.0.1'], ['8.8.8.8'])
    expect(await send(`http://inside.example:${port}/`, { lookup: rebinding.lookup })).toEqual({
      reason: 'address',
    })
    expect(rebinding.asked()).toBe(1)
    const mapped = resolving(['::ffff:127.0.0.1', 'fd00::1'])
    expect(await send(`http://inside.example:${port}/`, { lookup: mapped.lookup })).toEqual({
      reason: 'address',
    })
    expect(received).toEqual([])
  })

  it('of the own network are reached where a setting allows them', async () => {
    const { url, received } = await receive(taken)
    expect(await send(url, { privateAddresses: true })).toBeUndefined()
    expect(received).toHaveLength(1)
  })
})
