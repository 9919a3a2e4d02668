/** Short sounds, made here: a tone as a WAVE file, and one as programs of old mail sent it. */

const RATE = 8000;

/** Samples of a tone of 440 Hz, from -1 to 1. */
function tone(seconds: number): readonly number[] {
  return Array.from({ length: RATE * seconds }, (_, at) =>
    Math.sin((at * 440 * 2 * Math.PI) / RATE),
  );
}

/** 16 bits, one channel, 8000 Hz; four seconds. */
export function wave(): Buffer {
  return waveOf(tone(4));
}

/** The same tone for as long as one wants. */
export function longWave(seconds: number): Buffer {
  const second = tone(1);
  return waveOf(Array.from({ length: RATE * seconds }, (_, at) => second[at % RATE] ?? 0));
}

function waveOf(samples: readonly number[]): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples.length * 2, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples.length * 2, 40);
  const data = Buffer.alloc(samples.length * 2);
  for (const [at, sample] of samples.entries())
    data.writeInt16LE(Math.round(sample * 12_000), at * 2);
  return Buffer.concat([head, data]);
}

/** Sun's `.au`: 16-bit samples, the high byte first; four seconds. */
export function au(): Buffer {
  const samples = tone(4);
  const file = Buffer.alloc(28 + samples.length * 2);
  file.write('.snd', 0, 'latin1');
  for (const [at, value] of [28, samples.length * 2, 3, RATE, 1].entries()) {
    file.writeUInt32BE(value, 4 + at * 4);
  }
  for (const [at, sample] of samples.entries()) {
    file.writeInt16BE(Math.round(sample * 12_000), 28 + at * 2);
  }
  return file;
}
