/**
 * Errors about requests themselves: their form, their conditions, the clock, the server's own state.
 *
 * Must not: be read but through the whole table (`problem-table.ts`).
 */
import { type Row, row, words } from './row.ts'

export const REQUESTS = {
  'bad-request': row(
    400,
    words('The request cannot be understood', '无法理解该请求'),
    words('A header, a parameter or the form of the body is wrong.', '请求头、参数或请求体的形式有误。'),
  ),
  'bad-cursor': row(
    400,
    words('The cursor is not one of ours', '游标无效'),
    words(
      'Send `next` of the previous page unchanged, with the same sort order.',
      '请原样传回上一页的 `next`，并保持相同的排序。',
    ),
  ),
  'body-invalid': row(
    400,
    words('The body or a parameter does not fit its schema', '请求体或参数不符合规定的结构'),
    words('`errors` names each wrong place by a JSON pointer.', '`errors` 以 JSON 指针逐一指出有误的位置。'),
  ),
  'too-deep': row(
    400,
    words('The JSON is nested too deeply', 'JSON 嵌套层数过多'),
    words('A body may be nested 64 levels deep.', '请求体最多嵌套 64 层。'),
  ),
  'too-large': row(
    413,
    words('The body is too large', '请求体过大'),
    words('JSON bodies may have 1 MiB, files 10 MiB.', 'JSON 请求体不得超过 1 MiB，文件不得超过 10 MiB。'),
  ),
  'media-type': row(
    415,
    words('This kind of content is not accepted', '不接受此类内容'),
    words(
      'Send `application/json`, or `multipart/form-data` where a file is sent. Evidence is PNG, JPEG, WebP, HEIC or PDF by its content, whatever its name says.',
      '请发送 `application/json`；上传文件时使用 `multipart/form-data`。凭证文件按其内容判断，须为 PNG、JPEG、WebP、HEIC 或 PDF，与文件名无关。',
    ),
  ),
  'not-found': row(
    404,
    words('There is nothing at this address', '该地址下没有内容'),
    words('The route, or the thing it names, does not exist.', '接口或其所指的对象不存在。'),
  ),
  'precondition-failed': row(
    412,
    words('It has changed since you read it', '内容在您读取之后已被修改'),
    words(
      '`If-Match` names another revision than the present one. Read again, then decide again.',
      '`If-Match` 与当前版本不一致。请重新读取后再决定。',
    ),
  ),
  'precondition-required': row(
    428,
    words('Say which revision you mean', '请指明所依据的版本'),
    words(
      'This change needs `If-Match` with the ETag that you read.',
      '此修改须在 `If-Match` 中带上读取时得到的 ETag。',
    ),
  ),
  'idempotency-key-invalid': row(
    400,
    words('The idempotency key is not usable', '幂等键不可用'),
    words(
      '`Idempotency-Key` is 1 to 255 printable characters, best a UUID in double quotes.',
      '`Idempotency-Key` 应为 1 到 255 个可打印字符，建议使用带双引号的 UUID。',
    ),
  ),
  'idempotency-in-progress': row(
    409,
    words('The same request is still being worked on', '相同的请求正在处理中'),
    words(
      'Wait for the first request with this key, then send again.',
      '请等待使用此键的第一个请求完成后再重试。',
    ),
  ),
  'idempotency-mismatch': row(
    422,
    words('The idempotency key belongs to another request', '幂等键已用于其他请求'),
    words(
      'A key may only be sent again with the same method, path and body.',
      '同一个键只能随相同的方法、路径和请求体重发。',
    ),
  ),
  'clock-not-manual': row(
    409,
    words('The clock cannot be set', '时钟不可设置'),
    words(
      'Time moves by hand only on a server started with FIELDCHART_CLOCK=manual.',
      '只有以 FIELDCHART_CLOCK=manual 启动的服务器才能手动推进时间。',
    ),
  ),
  'clock-backwards': row(
    409,
    words('Time does not run backwards', '时间不能倒退'),
    words('Name an instant after the present one.', '请指定晚于当前时间的时刻。'),
  ),
  'upgrade-required': row(
    426,
    words('This address speaks WebSocket', '该地址仅支持 WebSocket'),
    words(
      'Open it as a WebSocket: `GET` with `Upgrade: websocket` (RFC 6455).',
      '请以 WebSocket 方式连接：使用带 `Upgrade: websocket` 的 `GET` 请求（RFC 6455）。',
    ),
  ),
  'too-many-requests': row(
    429,
    words('Too many requests', '请求过于频繁'),
    words('`Retry-After` says when to come again.', '请按 `Retry-After` 指示的时间后重试。'),
  ),
  'expectation-failed': row(
    417,
    words('What `Expect` asks for cannot be met', '无法满足 `Expect` 请求头的要求'),
    words(
      'Only `Expect: 100-continue` is known; any other is left out.',
      '仅支持 `Expect: 100-continue`，请勿发送其他值。',
    ),
  ),
  'headers-too-large': row(
    431,
    words('The headers are too long', '请求头过长'),
    words('All headers together may have 16 KiB.', '全部请求头合计不得超过 16 KiB。'),
  ),
  'request-timeout': row(
    408,
    words('The request took too long to arrive', '请求传输超时'),
    words('The whole request must arrive within a minute.', '整个请求须在 1 分钟内送达。'),
  ),
  'not-ready': row(
    503,
    words('The server is not ready', '服务器尚未就绪'),
    words(
      'It is starting, stopping, overloaded, or its store does not answer.',
      '服务器正在启动、停止或过载，或存储没有响应。',
    ),
  ),
  'disk-low': row(
    507,
    words('There is no room for files', '没有存放文件的空间'),
    words(
      'The disk is nearly full: files are not taken, so that jobs can still go on. Tell whoever runs the server.',
      '磁盘将满：为保证工单继续运行，暂不接受文件。请告知服务器管理人员。',
    ),
  ),
  'too-much-sent': row(
    429,
    words('You have sent too much today', '您今天发送的数据过多'),
    words(
      'Within 24 hours a person may send as much as the server is set to take (`SENT_PER_DAY`). Try again after `Retry-After`; reading goes on.',
      '每人 24 小时内可发送的数据量有上限（`SENT_PER_DAY`）。请按 `Retry-After` 指示的时间重试；读取不受影响。',
    ),
  ),
  'disk-full': row(
    503,
    words('The disk is full', '磁盘已满'),
    words(
      'Nothing is taken until there is room again; reading goes on. Try again after `Retry-After`, with the same `Idempotency-Key`.',
      '磁盘腾出空间之前，服务器不接受任何修改；读取不受影响。请按 `Retry-After` 指示的时间，以相同的 `Idempotency-Key` 重试。',
    ),
  ),
  'disk-failing': row(
    503,
    words('The disk cannot be written', '磁盘无法写入'),
    words(
      'What cannot be kept is not acknowledged; reading goes on. Try again after `Retry-After`, with the same `Idempotency-Key`.',
      '无法可靠保存的内容一律不予确认；读取不受影响。请按 `Retry-After` 指示的时间，以相同的 `Idempotency-Key` 重试。',
    ),
  ),
  internal: row(
    500,
    words('Something went wrong here', '服务器内部出错'),
    words(
      'The fault is ours and was logged under the request id.',
      '这是服务器的故障，已按请求编号记入日志。',
    ),
  ),
} as const satisfies Record<string, Row>
