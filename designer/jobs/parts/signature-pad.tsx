/**
 * A signature: drawn with a finger, a pen or the mouse, or typed by who cannot draw; always with the name of who signs.
 *
 * Promises: no scrolling while one draws; what was drawn stays when the page is turned.
 * Must not: send.
 */
import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { type PointerEvent, type ReactElement, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  drawnSignature,
  isSigned,
  type Point,
  PROPORTION,
  pathOf,
  type Stroke,
  typedSignature,
} from './ink.ts'
import './parts.css'
import type { FormSize } from './payload-input.tsx'
import { useAddressOf } from './photo-field.tsx'

/** Of the pad's own drawing, whatever its size on the page. */
const WIDTH = 600
/** A name is drawn once nothing was typed for so long. */
const PAUSE_MS = 200

type Signed = { file?: Blob; signedBy: string }

export function SignaturePad({
  signed,
  put,
  size = 'sm',
}: {
  signed: Signed
  put(signed: Signed): void
  size?: FormSize
}): ReactElement {
  const { t } = useTranslation()
  const [way, setWay] = useState<'draw' | 'type'>('draw')
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  const { signedBy, file } = signed
  const latest = useRef({ signedBy, strokes })
  latest.current.signedBy = signedBy
  const change = (next: readonly Stroke[]): void => {
    setStrokes(next)
    latest.current.strokes = next
    if (!isSigned(next)) put({ signedBy })
    else
      void drawnSignature(next).then((made) => {
        // Another stroke or letter may have come while the picture was made.
        if (latest.current.strokes === next && made !== undefined)
          put({ signedBy: latest.current.signedBy, file: made })
      })
  }
  useTypedName(way === 'type', signedBy, put)
  const turn = (chosen: string): void => {
    setWay(chosen === 'type' ? 'type' : 'draw')
    change([])
  }
  const hasOld = way === 'draw' && strokes.length === 0 && file !== undefined
  return (
    <Stack gap="xs">
      <TextInput
        label={t('jobForm.sign.name')}
        withAsterisk
        size={size}
        maxLength={200}
        autoComplete="off"
        value={signedBy}
        onChange={(event) => put({ ...signed, signedBy: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label={t('jobForm.sign.way')}
        size={size}
        value={way}
        onChange={turn}
        data={[
          { value: 'draw', label: t('jobForm.sign.draw') },
          { value: 'type', label: t('jobForm.sign.type') },
        ]}
      />
      {way === 'type' ? (
        <Paper file={file} />
      ) : (
        <>
          {hasOld ? <Paper file={file} /> : <Pad strokes={strokes} change={change} name={signedBy.trim()} />}
          <Group gap="xs">
            <Button
              size={size}
              variant="default"
              disabled={strokes.length === 0}
              onClick={() => change(strokes.slice(0, -1))}
            >
              {t('jobForm.sign.undo')}
            </Button>
            <Button
              size={size}
              variant="default"
              disabled={strokes.length === 0 && !hasOld}
              onClick={() => change([])}
            >
              {t('jobForm.sign.clear')}
            </Button>
          </Group>
        </>
      )}
      <Text size="xs" c="dimmed" role="status">
        {file === undefined ? '' : t('jobForm.sign.drawn')}
      </Text>
    </Stack>
  )
}

/** Draws the name anew whenever it was typed differently. */
function useTypedName(typing: boolean, name: string, put: (signed: Signed) => void): void {
  const last = useRef(put)
  last.current = put
  useEffect(() => {
    if (!typing) return
    let isOver = false
    const timer = setTimeout(() => {
      const signer = name.trim()
      if (signer === '') last.current({ signedBy: name })
      else
        void typedSignature(signer).then((file) => {
          if (!isOver && file !== undefined) last.current({ signedBy: name, file })
        })
    }, PAUSE_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [typing, name])
}

/** What was signed already, or is typed. */
function Paper({ file }: { file: Blob | undefined }): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="fc-pad">
      {file === undefined ? null : <Picture file={file} label={t('jobForm.sign.typed')} />}
    </div>
  )
}
function Picture({ file, label }: { file: Blob; label: string }): ReactElement {
  return <img src={useAddressOf(file)} alt={label} />
}

function Pad({
  strokes,
  change,
  name,
}: {
  strokes: readonly Stroke[]
  change(strokes: readonly Stroke[]): void
  name: string
}): ReactElement {
  const { t } = useTranslation()
  const hint = useId()
  const [stroke, setStroke] = useState<Stroke>()
  const at = ({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>): Point => {
    const { left, top, width } = currentTarget.getBoundingClientRect()
    const inside = (part: number, most: number): number => Math.min(most, Math.max(0, part))
    return {
      x: inside((clientX - left) / width, 1),
      y: inside((clientY - top) / width, PROPORTION),
    }
  }
  const end = (): void => {
    if (stroke !== undefined) change([...strokes, stroke])
    setStroke(undefined)
  }
  const drawn = stroke === undefined ? strokes : [...strokes, stroke]
  return (
    <div className="fc-pad">
      <svg
        viewBox={`0 0 ${WIDTH} ${WIDTH * PROPORTION}`}
        role="img"
        aria-label={name === '' ? t('jobForm.sign.padUnnamed') : t('jobForm.sign.pad', { name })}
        data-signature-pad
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setStroke([at(event)])
        }}
        onPointerMove={(event) => {
          if (stroke !== undefined) setStroke([...stroke, at(event)])
        }}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <line x1="30" x2={WIDTH - 30} y1={WIDTH * 0.31} y2={WIDTH * 0.31} className="fc-pad-line" />
        <path d={drawn.map((each) => pathOf(each, WIDTH)).join('')} className="fc-pad-ink" />
      </svg>
      {drawn.length === 0 ? (
        <span className="fc-pad-hint" id={hint} aria-hidden="true">
          {t('jobForm.sign.here')}
        </span>
      ) : null}
    </div>
  )
}
